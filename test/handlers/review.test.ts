import { describe, expect, it } from 'vitest'
import { sample } from '../schedules/played.ts'
import { sampleCollege } from '../support/sample-college.ts'

/** Three branches of 经济管理学院 wait for review. */
async function waiting() {
  const college = await sampleCollege('2022-04-25 10:00')
  await college.says('刘慧敏', '评分 会计 除3扣1，其余满分\n电商 除3扣1，其余满分\n物流 除3扣1，其余满分')
  await college.says('刘慧敏', '提交')
  return college
}

describe('review in words', () => {
  it('退回 with branch and reason reaches the grader, without a card before', async () => {
    const { says, hears } = await waiting()
    const liu = hears('刘慧敏')
    expect(await says('周组安', '退回 电商教研室 第2项请核实')).toMatch(/电商教研室已退回/)
    expect(liu().join('\n')).toMatch(/已退回：电商教研室党支部。组织部意见：“第2项请核实”。修改后请在4月30日（周六）前/)
  })

  it('备案 files one or several, 全部备案 a general branch, 待审 and 审核 show what is meant', async () => {
    const { says, hears } = await waiting()
    expect(await says('周组安', '待审 经济管理')).toMatch(/经济管理学院待审3个/)
    expect(await says('周组安', '审核')).toMatch(/待审3个/)
    expect(await says('周组安', '审核 物流')).toMatch(/物流教研室党支部[^]*备案[^]*退回/)
    const liu = hears('刘慧敏')
    expect(await says('周组安', '备案 物流')).toMatch(/物流.*已备案/)
    expect(await says('周组安', '备案 物流')).toMatch(/物流.*已由周组安在4月25日\d+:\d\d备案/)
    expect(await says('周组安', '备案 会计、没有的')).toMatch(/“没有的”没有读懂.*都没有备案/)
    expect(await says('周组安', '全部备案 没有的')).toMatch(/没有找到总支“没有的”/)
    expect(await says('周组安', '全部备案 经济管理')).toMatch(/经济管理学院党总支2个支部已备案/)
    expect(await says('袁秋月', '全部备案 经济管理')).toMatch(/已由周组安在4月25日\d+:\d\d备案/)
    expect(liu()).toEqual([expect.stringMatching(/^组织部已备案：物流.*的评分。$/)])
    expect(await says('周组安', '待审 经济管理')).toMatch(/经济管理学院党总支没有待审的评分/)
    expect(await says('刘慧敏', '备案 会计')).toContain('无权')
  })

  it('who taps 全部备案 second is told who did it and when', async () => {
    const { says } = await waiting()
    await says('周组安', '待审 经济管理')
    await says('袁秋月', '待审 经济管理')
    expect(await says('周组安', '全部备案')).toMatch(/3个支部已备案/)
    expect(await says('袁秋月', '全部备案')).toMatch(
      /会计教研室、电商教研室、物流教研室已由周组安在4月\d+日\d+:\d\d备案[^]*没有待审/,
    )
  })

  it('the words of a card at hand are its buttons', async () => {
    const { says } = await waiting()
    await says('周组安', '待审')
    await says('周组安', '逐个看')
    expect(await says('周组安', '备案')).toMatch(/已备案/)
    expect(await says('周组安', '退回')).toMatch(/请直接发退回原因/)
    await says('周组安', '取消')
    expect(await says('周组安', '备案')).toMatch(/请说明备案哪个支部/)
  })

  it.each(['备案 依据不足，请补充', '月报 也没有交，请一并补齐', '评分 偏高，第17项请核实', '谁没交 的材料请补齐'])(
    'while a reason is awaited “%s” is the reason',
    async (reason) => {
      const { says, hears } = await waiting()
      await says('周组安', '退回 物流')
      const liu = hears('刘慧敏')
      expect(await says('周组安', reason)).toMatch(/物流.*已退回/)
      expect(liu().join('\n')).toContain(`组织部意见：“${reason}”`)
    },
  )

  it('a reason is kept while the branch is asked for', async () => {
    const { says, hears } = await waiting()
    const liu = hears('刘慧敏')
    expect(await says('周组安', '退回 物理 数字对不上')).toMatch(/退回哪个支部/)
    expect(await says('周组安', '物流')).toMatch(/已退回/)
    expect(liu().join('\n')).toContain('“数字对不上”')
  })

  it('a reason is kept, too, where the name fits several branches', async () => {
    const { says, hears } = await waiting()
    const liu = hears('刘慧敏')
    expect(await says('周组安', '退回 教研室 数字对不上')).toMatch(/退回哪个支部[^]*物流教研室/)
    expect(await says('周组安', '物流教研室党支部')).toMatch(/已退回/)
    expect(liu().join('\n')).toContain('“数字对不上”')
  })

  it.each(['退回 物流', '重开 会计'])('who loses the post in the middle of “%s” may not finish it', async (words) => {
    const { says, hears, puts } = await waiting()
    await says('袁秋月', '备案 会计')
    expect(await says('周组安', words)).toContain('原因')
    await puts({
      ...sample,
      people: sample.people.map((one) =>
        one.name === '周组安' ? { ...one, seats: [{ post: 'publicity-department' }] } : one,
      ),
    })
    const liu = hears('刘慧敏')
    expect(await says('周组安', '请补充依据')).toContain('无权')
    expect(liu()).toEqual([])
  })
})

describe('what a grader says of a card that waits or came back', () => {
  it('reaches the reviewer with the card, also when nothing was asked, and stays until 备案', async () => {
    const { says, hears, at } = await waiting()
    await says('周组安', '退回 物流 第17项请补充测评依据')
    expect(await says('刘慧敏', '评分 物流')).toContain('退回意见：第17项请补充测评依据')
    await says('刘慧敏', '帮助')
    expect(await says('刘慧敏', '第17项依据：2021年群众满意度测评表，满意率96%')).toMatch(
      /已记下对物流教研室党支部的说明[^]*总分 99 分/,
    )
    await says('刘慧敏', '提交')
    expect(await says('周组安', '待审 物流')).toContain('填表人说明：第17项依据：2021年群众满意度测评表，满意率96%')
    const zhou = hears('周组安')
    expect(await says('刘慧敏', '物流 测评材料另附纸质件')).toContain('已转组织部')
    expect(await says('周组安', '待审 物流')).toMatch(/满意率96%\n测评材料另附纸质件/)
    await at('2022-04-25 11:30')
    expect(zhou().join('\n')).toContain('物流教研室党支部的评分，刘慧敏说明：“测评材料另附纸质件”。')
  })

  it('is asked which it is about where several wait, and filed cards take none', async () => {
    const { says } = await waiting()
    expect(await says('刘慧敏', '说明：分数都按年底考核核过')).toMatch(
      /对哪个支部[^]*会计教研室[^]*电商教研室[^]*物流教研室/,
    )
    expect(await says('刘慧敏', '电商教研室')).toContain('已记下对电商教研室党支部的说明')
    expect(await says('周组安', '待审 电商')).toContain('填表人说明：说明：分数都按年底考核核过')
    await says('周组安', '全部备案 经济管理')
    expect(await says('刘慧敏', '说明：分数都按年底考核核过')).toContain('您可以回复')
  })
})

describe('around a card', () => {
  it('the reason stands on a reopened card with its appraisal, and it is due two working days later', async () => {
    const { says, hears, later } = await waiting()
    await says('刘慧敏', '评分 物流')
    await says('刘慧敏', '群众评议 92%，来源民主测评会')
    await says('刘慧敏', '提交')
    await says('周组安', '备案 物流')
    later('2022-05-05 10:00')
    const liu = hears('刘慧敏')
    await says('周组安', '重开 物流 第3项核实后有误')
    expect(liu().join('\n')).toMatch(/第3项核实后有误.*请在5月7日（周六）前重新提交/)
    expect(await says('刘慧敏', '评分 物流')).toMatch(/重开原因：第3项核实后有误[^]*群众评议满意度 92%/)
    later('2022-05-07 10:00')
    await says('刘慧敏', '第3项5')
    expect(await says('刘慧敏', '提交')).not.toContain('逾期')
  })

  it('a filed branch takes no self-score', async () => {
    const { says } = await waiting()
    await says('周组安', '全部备案 经济管理')
    const secretary = sample.people.find(({ seats }) =>
      seats.some(({ post, branch }) => post === 'branch-secretary' && branch === branchNamed('物流教研室党支部')),
    )
    expect(await says(secretary?.name ?? '', '评分')).toMatch(/已备案，不再收支部自评/)
    expect(await says(secretary?.name ?? '', '评分 全部满分')).toMatch(/已备案，不再收支部自评/)
  })

  it('what is filled and not submitted shows in 帮助 and 评分; after the last branch comes what follows', async () => {
    const { says } = await waiting()
    await says('刘慧敏', '评分 经管学生 全部满分')
    expect(await says('刘慧敏', '帮助')).toContain('支部评分1张已填未提交')
    expect(await says('刘慧敏', '评分')).toContain('已填未提交 1张')
    await says('刘慧敏', '评分 经管学生')
    expect(await says('刘慧敏', '提交')).toContain(
      '本总支4个支部都已评完，等组织部审核；结果会告诉您。盖章的汇总表请回复“汇总表”。',
    )
    expect(await says('刘慧敏', '帮助')).not.toContain('未提交')
  })

  it('谁没交 names the person beside the branch and marks what was returned; 历史 says from what to what', async () => {
    const { says } = await waiting()
    await says('周组安', '退回 物流 请核实')
    expect(await says('周组安', '谁没交')).toMatch(/物流教研室（刘慧敏，已退回）/)
    expect(await says('刘慧敏', '谁没交')).toMatch(/经管学生、物流教研室（已退回）|物流教研室（已退回）/)
    await says('刘慧敏', '评分 物流')
    await says('刘慧敏', '第3项3')
    await says('刘慧敏', '提交')
    expect(await says('周组安', '历史 物流')).toMatch(/刘慧敏提交评分第2版，98 分 先进，第3项4改3/)
  })
})

const branchNamed = (name: string): string => sample.branches.find((one) => one.name === name)?.id ?? ''
