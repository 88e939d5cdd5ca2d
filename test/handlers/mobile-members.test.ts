import { describe, expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'

const now = '2022-04-22 10:00'

describe('mobile members', () => {
  it('are kept by their secretary, who alone sees names', async () => {
    const { says } = await sampleCollege(now)
    expect(await says('孙文静', '流动党员 王小明 实习学生 4月6日起')).toMatch(
      /已记下：王小明 实习学生 4月6日起 最近联系无 最近参加无/,
    )
    expect(await says('孙文静', '流动党员 王小明 4月12日 电话联系')).toMatch(/最近联系4月12日 最近参加无/)
    expect(await says('孙文静', '流动党员 王小明 4月20日 参加网络党课')).toMatch(/最近联系4月20日 最近参加4月20日/)
    expect(await says('孙文静', '流动党员')).toMatch(/流动党员1人\n王小明 实习学生/)
    expect(await says('陈志刚', '流动党员')).toMatch(/机电学生党支部 1人/)
    expect(await says('陈志刚', '流动党员')).not.toContain('王小明')
    expect(await says('周组安', '流动党员')).not.toContain('王小明')
    expect(await says('赵明远', '流动党员')).not.toContain('王小明')
    expect(await says('邓书文', '流动党员')).toContain('无权')
  })

  it('of two with one name it is asked which', async () => {
    const { says } = await sampleCollege(now)
    await says('孙文静', '流动党员 王小明 实习学生 4月6日起')
    expect(await says('孙文静', '流动党员 王小明 离职未转 3月1日起')).toMatch(/是哪一位[^]*另一位/)
    expect(await says('孙文静', '另一位')).toMatch(/已记下：王小明 离职未转/)
    expect(await says('孙文静', '流动党员 王小明 4月12日 电话联系')).toMatch(/是哪一位[^]*第1位[^]*第2位/)
  })

  it('what lacks is asked for, a day ahead is refused, and a transfer or a mistake takes off the list', async () => {
    const { says } = await sampleCollege(now)
    expect(await says('孙文静', '流动党员 王小明 4月12日 电话联系')).toMatch(/名单里还没有王小明。请先登记/)
    expect(await says('孙文静', '流动党员 王小明 4月12日起')).toMatch(/属于哪一类/)
    expect(await says('孙文静', '流动党员 王小明 实习学生 2021年9月1日起')).toContain('实习学生 2021年9月1日起')
    expect(await says('孙文静', '流动党员 王小明 4月29日 电话联系')).toMatch(/还没到/)
    expect(await says('孙文静', '流动党员 王小明 电话联系')).toMatch(/请写明日期/)
    expect(await says('孙文静', '流动党员 王小明 转出 4月21日')).toMatch(/已于4月21日转出/)
    for (const which of ['4月21日', '转出', '4月21日转出', '转出 4月21日']) {
      expect(await says('孙文静', `流动党员 撤销 王小明 ${which} 没转成`)).toMatch(
        /已撤销：王小明转出。原因：没转成。\n王小明 实习学生 2021年9月1日起/,
      )
      expect(await says('孙文静', '流动党员 王小明 转出 4月21日')).toMatch(/已于4月21日转出/)
    }
    expect(await says('孙文静', '流动党员 撤销 王小明 转出')).toMatch(/请写明原因/)
    expect(await says('孙文静', '流动党员 撤销 王小明 记错了')).toMatch(/已撤销/)
    expect(await says('孙文静', '流动党员')).not.toContain('王小明')
  })

  it('what lacks may be said alone afterwards', async () => {
    const { says } = await sampleCollege(now)
    expect(await says('孙文静', '流动党员 赵六 实习学生')).toMatch(/请写明日期/)
    expect(await says('孙文静', '4月31日起')).toMatch(/没有“4月31日”这一天/)
    expect(await says('孙文静', '4月1日起')).toMatch(/已记下：赵六 实习学生 4月1日起/)
    expect(await says('孙文静', '流动党员 钱七 4月2日起')).toMatch(/属于哪一类/)
    expect(await says('孙文静', '离职未转')).toMatch(/已记下：钱七 离职未转 4月2日起/)
    expect(await says('孙文静', '流动党员 孙八 4月12日电话联系')).toMatch(/还没有孙八/)
    expect(await says('孙文静', '实习学生 4月1日起')).toMatch(/已记下：孙八 实习学生 4月1日起 最近联系4月12日/)
    expect(await says('孙文静', '流动党员 赵六 4月20日 网络党课')).toMatch(/参加了，还是只联系过/)
    expect(await says('孙文静', '参加了')).toMatch(/最近参加4月20日/)
    await says('孙文静', '流动党员 赵六')
    expect(await says('孙文静', '4月1日起')).not.toMatch(/已记下/)
  })

  it('of several in one message each is kept, and who cannot be read is asked about', async () => {
    const { says } = await sampleCollege(now)
    const answer = await says(
      '孙文静',
      '流动党员\n钱一 实习学生 4月2日起\n钱二 离职未转\n钱三 4月3日起\n钱四 其他 3月1日起，4月12日电话联系',
    )
    expect(answer).toMatch(/已记下：钱一[^]*已记下：钱四 其他 3月1日起 最近联系4月12日[^]*钱二：请写明日期/)
    expect(await says('孙文静', '2021年12月1日起')).toMatch(/已记下：钱二 离职未转 2021年12月1日起[^]*钱三属于哪一类/)
    expect(await says('孙文静', '实习学生')).toMatch(/已记下：钱三 实习学生 4月3日起/)
    expect(await says('孙文静', '流动党员 钱一、钱二 4月20日参加主题党日')).toMatch(
      /钱一 [^\n]*最近参加4月20日[^]*钱二 [^\n]*最近参加4月20日/,
    )
    expect(await says('孙文静', '流动党员 钱一 4月21日 打电话没人接')).toMatch(/没有记/)
    expect(await says('孙文静', '流动党员')).not.toMatch(/最近联系4月21日/)
  })

  it('one contact is taken back by its day, and one branch is looked at by its name', async () => {
    const { says } = await sampleCollege(now)
    await says('孙文静', '流动党员 王小明 实习学生 4月6日起，4月12日电话联系，4月20日参加网络党课')
    expect(await says('孙文静', '流动党员 撤销 王小明 4月13日 记错了')).toMatch(/没有联系或参加的记录/)
    expect(await says('孙文静', '流动党员 撤销 王小明 4月20日 其实没来')).toMatch(
      /已撤销[^]*其实没来[^]*最近联系4月12日 最近参加无/,
    )
    expect(await says('孙文静', '流动党员 机电学生')).toMatch(/流动党员1人\n王小明/)
    expect(await says('陈志刚', '流动党员 机电学生')).toMatch(/^流动党员人数\n机电学生党支部 1人$/m)
    expect(await says('周组安', '流动党员 数控教研室')).toMatch(/数控教研室党支部 0人/)
  })

  it('three months without taking part are said once, by name to the secretary alone; six as lawful steps', async () => {
    const { says, hears, at } = await sampleCollege(now)
    await says('孙文静', '流动党员 王小明 实习学生 4月6日起')
    await says('孙文静', '流动党员 王小明 4月20日 参加网络党课')
    const secretary = hears('孙文静')
    const department = hears('周组安')
    for (const day of ['2022-07-19', '2022-07-20', '2022-07-21']) await at(`${day} 09:07`)
    const careFor = secretary().filter((text) => text.includes('联系关心'))
    expect(careFor).toHaveLength(1)
    expect(careFor[0]).toContain('王小明（实习学生）')
    expect(department().filter((text) => text.includes('联系关心'))).toEqual([
      expect.stringMatching(/有1名流动党员满3个月/),
    ])
    expect(department().join('\n')).not.toContain('王小明')
    await at('2022-10-20 09:07')
    expect(secretary().join('\n')).toMatch(/满6个月[^]*王小明[^]*支委会研究[^]*支部大会/)
    expect(department().join('\n')).toMatch(/满6个月[^]*王小明/)
    expect([...secretary(), ...department()].join('\n')).not.toMatch(/脱党|退党|除名/)
  })
})
