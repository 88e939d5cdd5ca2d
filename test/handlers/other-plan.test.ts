import { describe, expect, it } from 'vitest'
import { campaignOf, changed, otherCollege } from '../campaign/campaign-files.ts'
import { rows as peopleOf } from '../campaign/invented-college.ts'
import { anyPlan, rosterOf } from '../support/any-plan.ts'
import { rosterWorkbook } from '../support/roster-workbook.ts'

const campaign = campaignOf(otherCollege)
const people = peopleOf(`
林书远 学院党委书记   linshuyuan d1
梁文 学院党委委员   liangwen d2 机电系党支部
陈组织 组织人事部   chenzuzhi d3
方政 党政办公室   fangzheng d4
沈宣 宣传统战部   shenxuan d5
何立 二级党组织书记 工学院党委  heli d6
周琳 支部书记 工学院党委 机电系党支部 zhoulin d7
吴越 支部书记 工学院党委 自动化党支部 wuyue d8
`)
const roster = rosterOf(await rosterWorkbook({ people }), campaign)
const college = () => anyPlan(campaign, roster, '2025-12-15 10:00')
/** Words that only the plan of 2022 uses. */
const of2022 = /分类定级|基层组织建设年|18 ?项|第1[78]项|附件|先进|后进|西安/

describe('a plan of 12 items, 4 bands and other names', () => {
  it.each(['wecom', 'dingtalk'] as const)(
    'is scored in one line, reviewed and counted in its own words, on %s',
    async (channel) => {
      const { on } = await college()
      const heard = [
        await on(channel, '何立', '评分 机电系 除3扣1、12扣4，其余满分'),
        await on(channel, '何立', '预览'),
        await on(channel, '何立', '细则'),
        await on(channel, '何立', '提交'),
        await on(channel, '何立', '评分 自动化 10 8 8，8 8 8，8 8 8，6 6 10'),
        await on(channel, '何立', '提交'),
        await on(channel, '陈组织', '退回'),
        await on(channel, '陈组织', '待审'),
        await on(channel, '陈组织', '全部备案 工学院'),
        await on(channel, '沈宣', '进度'),
        await on(channel, '何立', '帮助'),
        await on(channel, '陈组织', '帮助'),
        await on(channel, '陈组织', '待提升'),
        await on(channel, '陈组织', '复评 待提升'),
        await on(channel, '何立', '待提升'),
        await on(channel, '梁文', '我联系的支部还差几分'),
      ]
      expect(heard[0]).toMatch(/总分 115 分，定级：五星/)
      expect(heard[4]).toMatch(/总分 96 分，定级：四星/)
      expect(heard[6]).toMatch(/如“退回 软件教研室 第12项请补充依据”/)
      expect(heard[9]).toMatch(/的星级：已备案 2\/2\n五星 1、四星 1、三星 0、待提升 0/)
      expect(heard[10]).toMatch(/“汇总表” 星级汇总表/)
      expect(heard[11]).toMatch(/“待提升” 待提升党支部和转化率/)
      expect(heard[12]).toMatch(/^无待提升党支部/)
      expect(heard[14]).toMatch(/无权使用“待提升”。待提升党支部的包扶/)
      for (const text of heard) expect(text).not.toMatch(of2022)
    },
  )

  it('has papers with its own names, heads and covers', async () => {
    const { on, paper } = await college()
    await on('wecom', '何立', '评分 机电系 除3扣1，其余满分')
    await on('wecom', '何立', '提交')
    const card = await paper('scorecard', { branch: '机电系党支部', self: true, deciding: true })
    expect(card.text).toMatch(/附表1\n支部提质评分表/)
    expect(card.text).toContain('总分（120分）')
    const table = await paper('summary-table', { unit: '工学院党委', by: '何立' })
    expect(table.name).toBe('工学院党委星级汇总表.docx')
    expect(table.text).toContain('星级结果')
    expect(table.text).toContain('五星数 1　四星数 0　三星数 0　待提升数 0')
    const all = await paper('summary-table', { unit: 'college', by: '陈组织' })
    expect(all.name).toBe('中共平湖技术学院委员会支部星级汇总表.docx')
    expect(all.text).toMatch(/^\s*支部星级汇总\n/)
    const workbook = await paper('summary-workbook', { unit: '工学院党委', by: '何立' })
    expect(workbook.name).toBe('工学院党委星级汇总表.xlsx')
    const tasks = await paper('task-list', {})
    expect(tasks.text).toMatch(/附表3\n支部提质行动任务表/)
    for (const { name, text } of [card, table, all, workbook, tasks]) expect(name + text).not.toMatch(of2022)
  })

  it('is reminded of and shown in its own words', async () => {
    const { pushed, rows: shown } = await college()
    const all = pushed('2025-12-08', '2025-12-23')
    expect(all.join('\n')).toMatch(/支部评分 0\/2，12月19日/)
    for (const text of all) expect(text).not.toMatch(of2022)
    expect(await shown('陈组织', 'bands')).toEqual(['工学院党委 0/2 0 0 0 0 0 0'])
  })

  it('calls posts by its own names in every text, also where it refuses', async () => {
    const { on, paper, pushed, page, rows } = await college()
    const refused = [
      '待审',
      '月报',
      '汇总表',
      '通报',
      '待提升',
      '议题',
      '抽查',
      '督查 自动化 请补开',
      '看板',
      '谁没交',
      '复评 自动化',
    ]
    const heard: string[] = []
    const say = async (name: string, ...texts: string[]): Promise<void> => {
      for (const text of texts) heard.push(await on('wecom', name, text))
    }
    await say(
      '周琳',
      ...refused,
      '培训',
      '季报汇总',
      '整改台账',
      '月报汇总',
      '任务进度',
      '帮助',
      '经验 结对党课',
      '匿名意见 表太多',
    )
    await say('方政', '评分', '三会一课', '措施', '品牌', '季报', '经验', '帮助')
    await say('沈宣', '发展', '双重组织生活', '党课', '帮助')
    await say('陈组织', '帮助', '党课', '发展 积极分子1', '督查 自动化 请补开')
    await say(
      '何立',
      '评分 机电系 除3扣1，其余满分',
      '预览',
      '提交',
      '评分 自动化 全部满分',
      '提交',
      '汇总表 全院',
      '帮助',
    )
    await say('陈组织', '全部备案 工学院', '通报', '复评 自动化', '品牌 机电系 认定特色支部')
    await say('何立', '评分 机电系', '品牌 机电系 认定特色支部', '重开 机电系 数字错了')
    await say('周琳', '评分 全部满分')
    await say('梁文', '月报 12月 到机电系看了，都好，没有难点', '提交', '帮助')
    const card = await paper('scorecard', { branch: '机电系党支部', self: true, deciding: true })
    const reports = await paper('reports', { month: '2025-12' })
    const notes = await Promise.all(['bands', 'burden'].map(async (name) => (await page('陈组织', name))?.note ?? ''))
    const usual =
      /组织部|党委办公室|宣传部|党校(?!办)|(?<!学院)党委书记|(?<!学院党委)副书记|(?<!学院)党委委员|总支书记|党总支|党支部书记/
    const said = [...heard, ...pushed('2025-12-01', '2026-01-20'), ...notes, card.text, reports.text]
    const texts = [...said, ...((await rows('陈组织', 'dates')) ?? [])]
    expect(texts.flatMap((text) => text.split('\n').filter((line) => usual.test(line)))).toEqual([])
    expect(heard.join('\n')).toMatch(/审核备案由组织人事部办理/)
    expect(heard.join('\n')).toMatch(/机电系党支部 · 二级党组织评分/)
    expect(card.text).toMatch(/支部书记（签名）：＿+　二级党组织书记（签名）/)
  })

  it('takes a meeting by any of its names, and gives examples of its own meetings', async () => {
    const { on } = await college()
    expect(await on('wecom', '周琳', '三会一课')).toMatch(/“三会一课 4月12日支部党员大会，/)
    expect(await on('wecom', '周琳', '三会一课 12月10日，应到10实到9，议题：学习')).toMatch(/如“支部党员大会”/)
    expect(await on('wecom', '周琳', '党员大会')).toMatch(/12月10日 支部党员大会 应到10 实到9/)
  })

  it('names the quarters that are reported where these are not all', async () => {
    const half = changed(otherCollege, [[['duties', 'quarterly-report', 'deadline'], '12月/6月']])
    const { on } = await anyPlan(campaignOf(half), roster, '2026-02-10 10:00')
    expect(await on('wecom', '周琳', '季报 1季度')).toMatch(/没有1季度的季报，要报的是4季度、2季度。/)
  })

  it('keeps the words of its own units where one is renamed', async () => {
    const { on } = await college()
    expect(await on('wecom', '陈组织', '改名 工学院党委 工程学院党委')).toMatch(/工学院党委已改名为工程学院党委，/)
  })

  it('takes its fourth task for its own and not for 2022’s 制度', async () => {
    const { on } = await college()
    const tasks = await on('wecom', '何立', '任务')
    expect(tasks).toMatch(/4 经验材料 12月19日（周五）前 未开始/)
    expect(tasks).not.toMatch(/这些词也算数/)
  })
})
