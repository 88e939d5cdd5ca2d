import { describe, expect, it } from 'vitest'
import { campaignOf } from '../campaign/campaign-files.ts'
import { anyPlan } from '../support/any-plan.ts'
import { both, sampleOf } from './sample.ts'

/** F: the general branch proposes, the committee decides, 公示, filing. */
const f = sampleOf('F')
const scored = async (now = '2024-10-10 10:00') => {
  const college = await f.at(now)
  await college.on('wecom', '曹永生', '评分 音乐 全部满分')
  await college.on('wecom', '曹永生', '提交')
  return college
}

describe('F, the committee decides what a general branch proposed', () => {
  it.each(both)('from submission to filing, each step in its turn, on %s', async (channel) => {
    const { on, later, hears, at } = await scored()
    const grader = hears('曹永生')
    expect(await on(channel, '周志刚', '备案 音乐')).toContain('音乐教研室还没有经党委审定，审定后再公示、备案')
    expect(await on(channel, '周志刚', '公示')).toContain('没有公示：音乐教研室还没有经党委审定，审定后再公示')
    expect(await on(channel, '周志刚', '审定')).toMatch(/党委审定 1个支部[^]*音乐教研室 100 分 五星[^]*全部同意/)
    expect(await on(channel, '周志刚', '审定 音乐 四星')).toContain('音乐教研室改定为四星要写明理由')
    expect(await on(channel, '周志刚', '审定 音乐 10月9日 四星 品牌还不够。')).toContain(
      '已记下党委审定：音乐教研室 100 分 四星。下一步请回复“公示”。',
    )
    await at('2024-10-10 11:30')
    expect(grader().join()).toContain('音乐教研室党支部经党委审定，改定为四星：品牌还不够。')
    expect(await on(channel, '周志刚', '审定 音乐 四星 品牌还不够')).toContain(
      '音乐教研室已审定：党委10月9日改定为四星：品牌还不够',
    )
    expect(await on(channel, '周志刚', '待审 音乐')).toContain('党委10月9日改定为四星：品牌还不够。')
    expect(await on(channel, '周志刚', '公示')).toContain('已公示1个支部，到10月16日（周三）')
    expect(await on(channel, '周志刚', '审定 音乐 五星')).toContain('已公示到10月16日（周三），要改请先退回')
    later('2024-10-18 10:00')
    expect(await on(channel, '周志刚', '备案 音乐')).toContain('音乐教研室已备案')
    expect(await on(channel, '周志刚', '审定 音乐 五星')).toContain('音乐教研室已备案，确需修改请先重开')
    expect(await on(channel, '陶雨晴', '音乐教研室多少分')).toContain(
      '总分 100 分，定级：四星（党委10月9日改定为四星：品牌还不够）',
    )
  })

  it.each(both)('by one button for all; what changed meanwhile is shown anew, on %s', async (channel) => {
    const { on, taps, button } = await scored()
    await on(channel, '周志刚', '审定')
    const before = button(channel, '周志刚', '全部同意')
    await on('wecom', '曹永生', '评分 美术 全部满分')
    await on('wecom', '曹永生', '提交')
    expect(await taps(channel, '周志刚', before)).toMatch(/有变化，没有记下[^]*美术教研室 100 分 五星/)
    const now = button(channel, '周志刚', '全部同意')
    expect(await taps(channel, '周志刚', now)).toContain('已记下党委审定：2个支部。')
    expect(await taps(channel, '周志刚', now)).toContain('目前没有等党委审定的评分')
  })

  it.each(both)('refuses who may not, and what is not clear, on %s', async (channel) => {
    const { on } = await scored()
    expect(await on(channel, '曹永生', '审定 音乐 同意')).toContain('党委的审定由组织部办理')
    expect(await on(channel, '周志刚', '审定 美术 同意')).toContain('美术教研室还没有评分')
    expect(await on(channel, '周志刚', '审定 音乐')).toMatch(/请说明党委怎样审定音乐教研室/)
    expect(await on(channel, '周志刚', '审定 音乐 六星')).toContain('“六星”没有读懂，没有记下')
    expect(await on(channel, '周志刚', '审定 音乐 12月1日同意')).toContain('“12月1日”还没到')
    expect(await on(channel, '周志刚', '审定 舞蹈系 同意')).toContain('没有读懂是哪个支部，没有记下')
    expect(await on(channel, '周志刚', '公示')).toContain('还没有经党委审定')
  })

  it('a veto holds for the committee too; what is sent back is decided anew', async () => {
    const { on, hears, at } = await f.at('2024-10-10 10:00')
    await on('wecom', '曹永生', '评分 美术 全部满分，一票否决：弄虚作假')
    await on('wecom', '曹永生', '提交')
    expect(await on('wecom', '周志刚', '审定 美术 四星 表现突出')).toContain(
      '美术教研室有一票否决，最高二星，不能改定为四星',
    )
    const grader = hears('曹永生')
    expect(await on('wecom', '周志刚', '审定 美术 退回')).toContain('退回美术教研室要写明原因')
    expect(await on('wecom', '周志刚', '审定 美术 退回 请附处理材料')).toContain('美术教研室已退回')
    await at('2024-10-10 11:30')
    expect(grader().join()).toContain('党委意见：“请附处理材料”')
    expect(await on('wecom', '周志刚', '审定 美术 同意')).toContain('美术教研室已退回，等重新提交')
    await on('wecom', '曹永生', '评分 美术 第3项8')
    await on('wecom', '曹永生', '提交')
    expect(await on('wecom', '周志刚', '审定 美术 一星 情节严重')).toContain('美术教研室 98 分 一星')
    expect(await on('wecom', '周志刚', '审定 美术 二星')).toContain('美术教研室 98 分 二星')
    await on('wecom', '周志刚', '退回 美术 再核对')
    await on('wecom', '曹永生', '评分 美术 第3项7')
    await on('wecom', '曹永生', '提交')
    expect(await on('wecom', '周志刚', '公示')).toContain('还没有经党委审定')
  })

  it('stands in 进度, 谁没交, history, attachment 1 and the summary', async () => {
    const { on, paper } = await scored()
    expect(await on('wecom', '周志刚', '进度')).toContain('审定 0/7')
    expect(await on('wecom', '周志刚', '帮助')).toContain('待审定1个支部')
    await on('wecom', '周志刚', '审定 音乐 10月9日 四星 品牌还不够')
    expect(await on('wecom', '周志刚', '进度')).toContain('审定 1/7')
    expect(await on('wecom', '周志刚', '谁没交审定')).toMatch(/审定（6）：美术/)
    expect(await on('wecom', '周志刚', '历史 音乐')).toMatch(/周志刚党委审定评分第1版，100 分 四星，原因：品牌还不够/)
    const card = await paper('scorecard', { branch: '音乐教研室党支部', self: false, deciding: true })
    expect(card.text).toContain('定级：四星')
    expect(card.text).toContain('审定：党委10月9日改定为四星：品牌还不够。')
    const table = await paper('summary-table', { unit: '艺术学院党总支', by: '曹永生' })
    expect(table.text).toMatch(/音乐教研室党支部\n100\n四星[^]*五星数 0　四星数 1/)
    expect((await paper('summary-workbook', { unit: '艺术学院党总支', by: '曹永生' })).text).toContain('四星')
  })
})

/** The committee's secretary says what the committee decided. */
const bySecretary = f.text.replace('{name: 党委, by: organization-department', '{name: 党委, by: committee-secretary')

describe('a level of another post that decides first', () => {
  it('is told of what was submitted; 组织部 once it is theirs', async () => {
    const channel = 'wecom'
    const { on, hearsOn, at } = await anyPlan(campaignOf(bySecretary), f.roster, '2024-10-10 10:00')
    const department = hearsOn(channel, '周志刚')
    const secretary = hearsOn(channel, '杨子谦')
    await on('wecom', '曹永生', '评分 音乐 全部满分')
    await on('wecom', '曹永生', '提交')
    await at('2024-10-10 11:30')
    expect(secretary()).toContain('等党委审定，请回复“审定”')
    expect(await on(channel, '周志刚', '帮助')).not.toContain('待审评分')
    await at('2024-10-16 10:00')
    expect(department()).not.toMatch(/待审评分|评分已提交/)
    await on(channel, '杨子谦', '审定 音乐 同意')
    await at('2024-10-16 11:30')
    expect(department()).toContain('1个支部的结果等公示，请回复“公示”')
    expect(await on(channel, '周志刚', '帮助')).toContain('待审评分1张（艺术学院1），请回复“待审”。')
    await at('2024-10-21 10:00')
    expect(department()).toContain('待审评分1张（艺术学院1），最早的等了3个工作日。')
  })
})

/** Three levels: the general branch proposes, 组织部 looks at it, the committee's secretary says what the committee decided. */
const threeLevels = f.text.replace(
  '  - {name: 党委, by: organization-department',
  '  - {name: 组织部, by: organization-department}\n  - {name: 党委, by: committee-secretary',
)

describe('a plan of three levels', () => {
  it.each(both)('is decided in its order, each level by its post, on %s', async (channel) => {
    const { on, hearsOn, at, later } = await anyPlan(campaignOf(threeLevels), f.roster, '2024-10-10 10:00')
    await on('wecom', '曹永生', '评分 音乐 全部满分')
    await on('wecom', '曹永生', '提交')
    expect(await on(channel, '杨子谦', '审定 音乐 同意')).toContain('还没有经组织部审定，审定后再请党委审定')
    expect(await on(channel, '杨子谦', '审定 组织部 音乐 同意')).toContain('无权审定：组织部的审定由组织部办理')
    const secretary = hearsOn(channel, '杨子谦')
    expect(await on(channel, '周志刚', '审定 音乐 四星 特色不足')).toContain('100 分 四星。下一步由党委审定。')
    await at('2024-10-10 11:30')
    expect(secretary()).toContain('1个支部的结果等党委审定，请回复“审定”')
    expect(await on(channel, '周志刚', '公示')).toContain('还没有经党委审定')
    const department = hearsOn(channel, '周志刚')
    expect(await on(channel, '杨子谦', '审定 全部 同意')).toContain('音乐教研室 100 分 四星。下一步由组织部办理。')
    await at('2024-10-10 13:30')
    expect(department()).toContain('1个支部的结果等公示，请回复“公示”')
    expect(await on(channel, '周志刚', '审定 音乐 五星')).toContain(
      '已审定：组织部10月10日改定为四星：特色不足，要改请先退回',
    )
    expect(await on(channel, '周志刚', '公示')).toContain('已公示1个支部')
    later('2024-10-21 10:00')
    expect(await on(channel, '周志刚', '备案 音乐')).toContain('音乐教研室已备案')
  })

  it('reads on what was stored; the same name twice is an error', () => {
    expect(f.lint(threeLevels)).toEqual([])
    expect(f.lint(threeLevels.replace('{name: 组织部,', '{name: 党委,'))[0]).toMatch(
      /错误 review\.approvals\[1\]\.name “党委”写了两次/,
    )
    expect(f.lint(f.text.replace('by: organization-department, decision', 'by: party-school, decision'))[0]).toMatch(
      /应为 organization-department、committee-secretary、deputy-secretary 之一/,
    )
  })
})
