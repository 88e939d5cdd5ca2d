import { describe, expect, it } from 'vitest'
import { all } from '../../src/store/store.ts'
import { sampleCollege } from '../support/sample-college.ts'

const june = '2022-06-15 10:00'

describe('development of members', () => {
  it('takes numbers, asks once who was told, and is the task of that milestone', async () => {
    const { says } = await sampleCollege(june)
    expect(await says('孙文静', '任务')).toMatch(/5 党员发展 6月30日（周四）前 未开始/)
    expect(await says('孙文静', '发展')).toMatch(/机电学生党支部 6月发展人数：还没有报[^]*6月30日（周四）前/)
    expect(await says('孙文静', '发展 积极分子12 发展对象3 预备党员2 转正1')).toContain('已明确意见并告知本人')
    expect(await says('孙文静', '4')).toMatch(/6月发展人数[^]*积极分子 12[^]*告知本人 4[^]*提交/)
    expect(await says('孙文静', '提交')).toMatch(/已提交[^]*任务5/)
    expect(await says('孙文静', '任务')).toMatch(/5 党员发展 6月30日（周四）前 已完成/)
    const sums = await says('周组安', '发展')
    expect(sums).toMatch(/机电工程学院党总支（1\/4）积极分子12、发展对象3/)
    expect(sums).toMatch(/还没报：.*软件教研室/)
    expect(await says('陈志刚', '发展')).not.toContain('软件教研室')
    expect(await says('彭立德', '发展')).toMatch(/还没报：27个支部/)
    expect(await says('陈志刚', '发展 积极分子1')).toContain('无权')
  })

  it('a name is refused, quoted nowhere, stored nowhere, and changes nothing', async () => {
    const { says, store } = await sampleCollege(june)
    await says('孙文静', '发展 积极分子12 发展对象3')
    const refused = await says('孙文静', '发展 积极分子欧阳娜、刘洋，预备党员2')
    expect(refused).toContain('只记人数')
    expect(refused).not.toContain('欧阳娜')
    expect(await says('孙文静', '其中欧阳娜一人')).toContain('只记人数')
    await says('孙文静', '预备党员2 转正1 告知0')
    expect(await says('孙文静', '提交')).toContain('已提交')
    await says('孙文静', '季报 完成情况：开展主题党日')
    expect(await says('孙文静', '发展 积极分子欧阳娜')).toContain('只记人数')
    const kept: string[] = []
    for await (const { value } of all(store, [])) kept.push(JSON.stringify(value))
    expect(kept.join('\n')).toContain('开展主题党日')
    expect(kept.join('\n')).not.toContain('欧阳娜')
  })

  it('a milestone and a branch may be named, and a report be taken back', async () => {
    const { says } = await sampleCollege('2022-07-04 10:00')
    await says('杨晓东', '发展 6月 软件教研室 积极分子1 发展对象0 预备党员0 转正0 告知0')
    expect(await says('杨晓东', '提交')).toMatch(/已提交。记为7月4日（逾期2个工作日）/)
    expect(await says('杨晓东', '发展 撤销 6月 数错了')).toMatch(/已撤销：软件教研室党支部6月发展人数/)
    expect(await says('杨晓东', '发展')).toMatch(/12月发展人数：已报 0\/4[^]*软件教研室党支部 12月发展人数：还没有报/)
  })
})
