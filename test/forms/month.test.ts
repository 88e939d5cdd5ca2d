import { describe, expect, it } from 'vitest'
import { looksAt } from '../support/looks.ts'
import { sampleCollege } from '../support/sample-college.ts'
import { person, withMembers } from './two-units.ts'

const roster = {
  ...withMembers,
  people: [
    ...withMembers.people,
    person(
      'xu',
      '许书',
      { post: 'committee-secretary' },
      { post: 'committee-member' },
      { post: 'general-branch-secretary', generalBranch: 'g2' },
    ),
  ],
}
const reports = async (now = '2022-04-25 10:00') => {
  const college = await sampleCollege(now, roster)
  const gives = async (who: string, branches = '软件教研室', hard = '无'): Promise<void> => {
    await college.says(who, `月报 4月 到了${branches}，组织生活正常。解决：无。难点：${hard}`)
    await college.says(who, '提交')
  }
  return { ...college, gives, ...looksAt(college) }
}

describe('which month is counted', () => {
  it('the one before in the first days of a month while somebody’s is missing, then this one', async () => {
    const { says, gives, later } = await reports()
    expect(await says('周审', '谁没交月报')).toContain('4月月报（3）：马委、罗委、许书')
    await gives('马委')
    await gives('罗委')
    later('2022-05-05 10:00')
    expect(await says('周审', '进度')).toContain('月报 2/3')
    expect(await says('周审', '谁没交')).toMatch(/^4月月报（1）：许书$/m)
    await gives('许书')
    expect(await says('周审', '进度')).toContain('月报 0/3')
    expect(await says('周审', '谁没交')).toMatch(/^5月月报（3）：马委、罗委、许书$/m)
  })

  it('this one after those days, whoever is missing', async () => {
    const { says, gives, later } = await reports()
    await gives('马委')
    later('2022-05-12 10:00')
    expect(await says('周审', '进度')).toContain('月报 0/3')
  })

  it('a month that has not begun counts for nobody', async () => {
    const { says } = await reports('2022-04-05 10:00')
    expect(await says('周审', '进度')).toContain('月报 0/3')
    expect(await says('周审', '谁没交 5月')).toContain('5月还没到')
  })
})

describe('the lists of the months', () => {
  it('show who sees names every report of every month, the newest first', async () => {
    const { gives, later, page, rows } = await reports()
    await gives('马委')
    later('2022-05-05 10:00')
    await gives('罗委', '软件教研室、网络教研室', '经费不足')
    expect((await page('邓办', 'reports'))?.columns).toEqual([
      '月份',
      '委员',
      '职务',
      '状态',
      '走访支部',
      '难点',
      '提交',
    ])
    expect(await rows('邓办', 'reports')).toEqual([
      '5月 马委 党委副书记 未到期   ',
      '5月 罗委 党委副书记 未到期   ',
      '5月 许书 党委书记、党委委员 未到期   ',
      '4月 马委 党委副书记 已交 软件教研室党支部 无 4月25日',
      '4月 罗委 党委副书记 已交，逾期1个工作日 软件教研室党支部、网络教研室党支部 经费不足 5月5日',
      '4月 许书 党委书记、党委委员 未交   ',
    ])
    expect(await rows('许书', 'reports')).toBeUndefined()
  })

  it('show them each person’s months, and lead from each to its report; others see counts', async () => {
    const { gives, later, page, rows, follow } = await reports()
    await gives('马委')
    later('2022-05-05 10:00')
    await gives('罗委', '软件教研室、网络教研室')
    expect((await page('周审', 'coverage'))?.columns).toEqual(['委员', '联系支部', '4月', '5月'])
    expect(await rows('周审', 'coverage')).toEqual([
      '马委 1 走访1个 未到期',
      '罗委 2 走访2个 未到期',
      '许书 3 未交 未到期',
    ])
    expect(await follow('周审', 'coverage')).toEqual({ wrong: [], followed: 6 })
    expect((await page('许书', 'coverage'))?.columns).toEqual(['月份', '已交', '未交', '走访支部'])
    expect(await rows('许书', 'coverage')).toEqual(['4月 2 1 2', '5月 0 3 0'])
  })
})
