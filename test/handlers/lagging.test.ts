import { describe, expect, it } from 'vitest'
import { laggingCollege } from '../support/lagging-college.ts'
import { sampleCollege } from '../support/sample-college.ts'

const given = '后进 网络 包扶 宋志明 帮扶 软件'
const two = '措施 1.每月集中学习一次，负责人郑雨桐，6月30日前；2.补选组织委员，负责人杨晓东，5月31日前'

describe('a lagging branch', () => {
  it('is one once filed, and shows sponsor, helper, measures, 复评 and the conversion rate', async () => {
    const { says } = await laggingCollege()
    expect(await says('周组安', '后进')).toMatch(
      /后进党支部1个，转化率 0\/1，目标50%以上。\n网络教研室党支部（第1轮 60 分 后进）\n　包扶：未确定；帮扶：未确定\n　措施：未提出\n　复评：未开始/,
    )
    expect(await says('许一鸣', '后进')).toMatch(/转化率 0\/1/)
    expect(await says('许一鸣', given)).toMatch(/无权确定包扶和帮扶：.*由组织部确定/)
    expect(await says('杨晓东', '后进')).toContain('无权')
  })

  it('none: 无后进党支部', async () => {
    const { says } = await sampleCollege('2022-04-25 10:00')
    expect(await says('周组安', '后进')).toBe('无后进党支部。')
  })

  it('is given sponsor and helper; each of the four hears once', async () => {
    const { says, hears } = await laggingCollege()
    const all = ['宋志明', '郑雨桐', '杨晓东'].map(hears)
    expect(await says('周组安', given)).toMatch(/已记下：网络教研室党支部，包扶：宋志明，帮扶：软件教研室党支部/)
    for (const heard of all)
      expect(heard()).toEqual([expect.stringMatching(/后进党支部网络教研室党支部，包扶：宋志明，帮扶：软件/)])
    expect(await says('周组安', given)).toContain('没有变化')
    for (const heard of all) expect(heard()).toHaveLength(1)
    expect(await says('周组安', '后进')).toMatch(/包扶：宋志明；帮扶：软件教研室党支部/)
    expect(await says('周组安', '后进 网络 由许一鸣书记包扶')).toMatch(/包扶：许一鸣，帮扶：软件/)
  })

  it('a sponsor without a committee post and a helper that is not 先进 are asked back; nothing is written until it is said', async () => {
    const { says, hears } = await laggingCollege()
    const sponsor = hears('宋志明')
    expect(await says('周组安', '后进 网络 包扶 钱立新 帮扶 软件')).toMatch(
      /“钱立新”不是党委书记、副书记或委员.*应是哪一位/,
    )
    expect(await says('周组安', '取消')).toMatch(/已取消/)
    expect(await says('周组安', '后进 网络 包扶 宋志明 帮扶 信息学生')).toMatch(
      /信息学生党支部还没有备案的定级，帮扶支部应是先进党支部/,
    )
    expect(sponsor()).toEqual([])
    expect(await says('周组安', '后进')).toMatch(/复评：未开始/)
    expect(await says('周组安', '后进')).toMatch(/包扶：未确定/)
    await says('周组安', '后进 网络 包扶 钱立新 帮扶 软件')
    expect(await says('周组安', '宋志明')).toMatch(/已记下.*包扶：宋志明，帮扶：软件教研室/)
    expect(await says('周组安', '后进 软件 包扶 宋志明')).toMatch(/软件教研室党支部不在后进党支部里/)
  })
})

describe('measures', () => {
  it('are listed, confirmed, moved on by number, and count in 进度', async () => {
    const { says } = await laggingCollege()
    await says('周组安', given)
    expect(await says('郑雨桐', '措施')).toMatch(
      /网络教研室党支部整改措施：还没有，4月30日.*最后一个工作日4月29日|还没有，5月\d+日/,
    )
    expect(await says('郑雨桐', two)).toMatch(
      /支部措施\n网络教研室党支部\n1 每月集中学习一次，负责人郑雨桐，6月30日前\n2 补选组织委员，负责人杨晓东，5月31日前/,
    )
    expect(await says('郑雨桐', '提交')).toMatch(/已提交/)
    expect(await says('郑雨桐', '措施2 已完成 已选出')).toMatch(
      /已记下：网络教研室党支部\n2 补选组织委员，负责人杨晓东，5月31日前（已完成，已选出）/,
    )
    expect(await says('郑雨桐', '措施 1 7月15日前')).toMatch(
      /已记下[^]*1 每月集中学习一次，负责人郑雨桐，7月15日前（未开始）/,
    )
    expect(await says('周组安', '进度')).toMatch(/措施 1\/2/)
    expect(await says('周组安', '后进')).toMatch(/措施：已完成1\/2/)
    expect(await says('宋志明', '措施 网络')).toMatch(/已完成1\/2[^]*补选组织委员/)
    expect(await says('林晓燕', '措施 网络')).toContain('无权')
    expect(await says('钱立新', '措施 网络')).toContain('无权')
  })

  it('what is missing is asked in one question; a date that is none is asked back', async () => {
    const { says } = await laggingCollege()
    expect(await says('郑雨桐', '措施 1.每月集中学习一次；2.补选组织委员，负责人杨晓东，5月31日前')).toMatch(
      /第1条还差负责人和完成时间。请直接补充，如“1 负责人/,
    )
    expect(await says('郑雨桐', '郑雨桐，6月31日前')).toMatch(/第1条：没有“6月31日前”这一天/)
    expect(await says('郑雨桐', '6月30日前')).toMatch(/1 每月集中学习一次，负责人郑雨桐，6月30日前/)
    expect(await says('郑雨桐', '提交')).toMatch(/已提交/)
  })

  it('a number with new words replaces that one, a list replaces all and says so; unchanged words keep their state', async () => {
    const { says } = await laggingCollege()
    await says('郑雨桐', two)
    await says('郑雨桐', '提交')
    await says('郑雨桐', '措施 2 已完成')
    expect(await says('郑雨桐', '措施 1 每月集中学习两次')).toMatch(
      /替换第1条，其余不变。[^]*1 每月集中学习两次，负责人郑雨桐，6月30日前/,
    )
    await says('郑雨桐', '提交')
    expect(
      await says('郑雨桐', '措施 1.补选组织委员，负责人郑雨桐，7月31日前；2.按月开会，负责人郑雨桐，年底前'),
    ).toMatch(/替换现有的全部2条措施/)
    await says('郑雨桐', '提交')
    expect(await says('郑雨桐', '措施')).toMatch(
      /已完成1\/2\n1 补选组织委员，负责人郑雨桐，7月31日前（已完成）\n2 按月开会/,
    )
    for (const half of ['措施 2 已完成一半', '措施 2 完成了一半', '措施 2 已完成了大部分'])
      expect(await says('郑雨桐', half)).toMatch(/第2条：.*整条已完成，还是只完成了一步/)
    expect(await says('郑雨桐', '措施 2 还没完成')).toMatch(/已记下[^]*（进行中/)
    expect(await says('郑雨桐', '措施 2 撤销 重复')).toMatch(/已撤销/)
    expect(await says('郑雨桐', '措施')).toMatch(/已完成1\/1/)
    expect(await says('郑雨桐', '措施 9 已完成')).toMatch(/没有第9条措施/)
  })

  it('a general branch says for which branch; others have goals', async () => {
    const { says } = await laggingCollege()
    expect(await says('陈志刚', '措施 机电学生 建一个品牌，负责人赵明远，10月31日前')).toMatch(
      /机电学生党支部\n1 建一个品牌，负责人赵明远，10月31日前/,
    )
    expect(await says('陈志刚', '提交')).toMatch(/已提交/)
    expect(await says('陈志刚', '措施')).toMatch(/机电学生党支部提升目标：已完成0\/1/)
    expect(await says('陈志刚', '措施 网络')).toContain('无权')
  })
})
