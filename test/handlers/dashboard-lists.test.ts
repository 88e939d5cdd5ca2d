import { describe, expect, it } from 'vitest'
import { laggingCollege } from '../support/lagging-college.ts'
import { looksAt } from '../support/looks.ts'
import { sampleCollege } from '../support/sample-college.ts'

const department = '周组安'
const office = '邓书文'
const secretary = '许一鸣'
const general = '杨晓东'
const own = '信息工程学院党总支'

describe('lagging branches on the dashboard', () => {
  it('shows the conversion against its goal, and each figure leads to its branches', async () => {
    const college = await laggingCollege()
    const { says } = college
    const { rows, page, follow } = looksAt(college)
    expect((await page(department, 'conversion'))?.note).toBe('转化率 0/1，目标50%以上。')
    expect(await rows(department, 'conversion')).toEqual([`${own} 1 0 1 0%`])
    await says(department, '后进 网络 包扶 宋志明 帮扶 软件')
    await says('郑雨桐', '措施 1.每月集中学习一次，负责人郑雨桐，6月30日前；2.补选组织委员，负责人杨晓东，5月31日前')
    await says('郑雨桐', '提交')
    await says('郑雨桐', '措施2 已完成 已选出')
    expect(await rows(department, 'lagging')).toEqual([
      `${own} 网络教研室党支部 60 分 后进 宋志明 软件教研室党支部 1/2 未开始 未转化`,
    ])
    expect(await rows(department, 'measures', { 党支部: '网络教研室党支部' })).toEqual([
      expect.stringMatching(/ 1 每月集中学习一次 郑雨桐 6月30日\S* 未开始 $/),
      expect.stringMatching(/ 2 补选组织委员 杨晓东 5月31日\S* 已完成 已选出$/),
    ])
    expect(await says(department, '复评 后进')).toMatch(/第2轮/)
    expect(await rows(department, 'regrading')).toEqual([`${own} 网络教研室党支部 第2轮 未评 60 分 后进   `])
    await says(general, '评分 网络 除3扣1，其余满分')
    await says(general, '提交')
    expect(await rows(office, 'rounds')).toEqual([`${own} 第2轮 1/1 0 0 0 0`])
    await says(department, '备案 网络')
    expect(await rows(department, 'rounds')).toEqual([`${own} 第2轮 1/1 1 1 0 0`])
    expect(await rows(department, 'conversion')).toEqual([`${own} 1 1 0 100%`])
    expect(await rows(department, 'regrading')).toEqual([
      `${own} 网络教研室党支部 第2轮 已备案 60 分 后进 99 分 先进 先进 `,
    ])
    for (const name of ['conversion', 'rounds', 'lagging'])
      for (const person of [department, office, secretary, general])
        expect(`${person} ${(await follow(person, name)).wrong.join()}`).toBe(`${person} `)
    expect((await follow(department, 'conversion')).followed).toBe(4)
    expect((await follow(department, 'rounds')).followed).toBe(5)
  })

  it('are for a general branch its own; for the party office counts; for the leading secretaries what 后进 says', async () => {
    const college = await laggingCollege()
    const { rows, follow } = looksAt(college)
    await college.says(department, '复评 后进')
    const other = '陈志刚'
    expect(await rows(general, 'lagging')).toHaveLength(1)
    for (const name of ['conversion', 'lagging', 'measures', 'regrading', 'rounds'])
      expect(`${name} ${(await rows(other, name))?.length}`).toBe(`${name} 0`)
    expect(await rows(office, 'lagging')).toBeUndefined()
    expect((await follow(office, 'conversion')).followed).toBe(0)
    expect(await rows(secretary, 'lagging')).toHaveLength(1)
    expect(await rows(secretary, 'regrading')).toBeUndefined()
    expect((await rows(secretary, 'rounds'))?.join()).not.toContain('网络')
    expect(await rows(office, 'regrading')).toEqual([`${own} 网络教研室党支部 第2轮 未评    `])
  })
})

describe('tasks on the dashboard', () => {
  it('are counted by state, and each figure leads to its owners', async () => {
    const college = await sampleCollege('2022-05-10 10:00')
    const { says } = college
    const { rows, follow } = looksAt(college)
    await says(general, '任务 1 已完成 已报组织部')
    const [first = ''] = (await rows(department, 'tasks')) ?? []
    expect(first).toMatch(/^1 厘清支部划分 5月31日（周二） \d+ 0 1 本人$/)
    expect(await rows(department, 'task-owners', { 编号: '1', 状态: '已完成' })).toEqual([
      expect.stringMatching(/ 杨晓东 信息工程学院党总支 党总支书记 已完成 已报组织部 $/),
    ])
    const { wrong, followed } = await follow(department, 'tasks')
    expect(wrong).toEqual([])
    expect(followed).toBe(33)
    const said = /任务 (\d+)\/(\d+)/.exec(await says(department, '进度'))
    const owners = (await rows(department, 'task-owners')) ?? []
    expect(owners.length).toBe(Math.min(50, Number(said?.[2])))
  })

  it('show a general branch its own part and the leading secretaries figures without names', async () => {
    const college = await sampleCollege('2022-05-10 10:00')
    const { rows, follow } = looksAt(college)
    const mine = ((await rows(general, 'task-owners')) ?? []).join('\n')
    expect(mine).toMatch(/杨晓东[^]*软件教研室/)
    expect(mine).not.toMatch(/机电|经济/)
    expect(((await rows(general, 'task-figures')) ?? []).join('\n')).not.toMatch(/机电|经济/)
    expect((await follow(general, 'tasks')).wrong).toEqual([])
    expect((await follow(secretary, 'tasks')).followed).toBe(0)
    for (const name of ['task-owners', 'task-figures', 'training']) expect(await rows(secretary, name)).toBeUndefined()
  })

  it('lead from a counted task to what it is counted from', async () => {
    const college = await sampleCollege('2022-06-12 10:00')
    await college.says(department, '培训 6月10日 线下 杨晓东')
    const { rows, page } = looksAt(college)
    expect(await rows(department, 'training', { 状态: '已参加' })).toEqual(['杨晓东 已参加 0 1'])
    const links = ((await page(department, 'task-figures'))?.rows ?? []).flatMap((row) =>
      row.flatMap((cell) => (typeof cell === 'object' && cell.link ? [cell.link.list] : [])),
    )
    expect(new Set(links)).toEqual(new Set(['grading', 'reports', 'training']))
  })
})
