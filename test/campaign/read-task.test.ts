import { describe, expect, it } from 'vitest'
import { readState, readTask } from '../../src/campaign/tasks/read-task.ts'
import { currentOf, milestonesOf, roleOf } from '../../src/campaign/tasks/task-roles.ts'
import { beijing } from '../support/beijing.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

const campaign = campaignOf(plan2022)

describe('what is said of a task', () => {
  it.each([
    ['已完成 已报组织部', '已完成', '已报组织部'],
    ['征求了意见', undefined, '征求了意见'],
    ['征求了意见，已完成', '已完成', '征求了意见'],
    ['都完成了', '已完成', ''],
    ['还没开始', '未开始', ''],
    ['进行中：正在摸底', '进行中', '正在摸底'],
    ['尚未完成，还差两个支部', undefined, '尚未完成，还差两个支部'],
  ])('“%s” is %s', (text, state, words) => {
    expect(readState(text)).toEqual({ ...(state ? { state } : {}), words })
  })

  it.each(['已完成征求意见', '已完成，未开始'])('“%s” is asked back', (text) => {
    expect(readState(text)).toHaveProperty('say')
  })

  it.each([
    ['1 已完成', 1, undefined, '已完成'],
    ['１：已完成', 1, undefined, '已完成'],
    [' 厘清支部划分 ：， 已完成', 1, undefined, '已完成'],
    [' 1 已完成', 1, undefined, '已完成'],
    ['第1项 12月 已开始', 1, '2022-12-31', '已开始'],
    ['1 12月底前已开始', 1, '2022-12-31', '已开始'],
    ['1 12月31日 已开始', 1, '2022-12-31', '已开始'],
    ['1 5月12日报了组织部', 1, undefined, '5月12日报了组织部'],
    ['1 4月召开了会议', 1, undefined, '4月召开了会议'],
    ['厘清支部划分 已完成', 1, undefined, '已完成'],
    ['4 12月 已完成', 4, undefined, '12月 已完成'],
  ])('“%s” is task %d', (text, number, milestone, rest) => {
    const said = readTask(campaign, text)
    if ('say' in said) throw new Error(said.say)
    expect([said.task.number, said.milestone?.toString(), said.rest]).toEqual([number, milestone, rest])
  })

  it.each([
    ['1 9月 已完成', '5月、12月'],
    ['99 已完成', '没有第99项'],
    ['5月 已完成', '哪一项'],
    ['都做完了', '哪一项'],
  ])('“%s” is asked back', (text, words) => {
    expect(readTask(campaign, text)).toEqual({ say: expect.stringContaining(words) })
  })
})

it('the current milestone is the first whose last day is not past, then the last one', () => {
  const [task] = campaign.tasks
  if (!task) throw new Error('no task')
  const days = milestonesOf(campaign, task)
  const current = (day: string): string | undefined =>
    currentOf(days, beijing(`${day} 10:00`).toPlainDate())?.toString()
  expect(['2022-05-31', '2022-06-01', '2023-01-05'].map(current)).toEqual(['2022-05-31', '2022-12-31', '2022-12-31'])
})

it('the numbers of the tasks that records count are data of the campaign file', () => {
  expect(campaign.tasks.map(({ number }) => roleOf(campaign, number))).toEqual([
    undefined,
    'grading',
    'meetings',
    'regulations',
    'development',
    undefined,
    'training',
    'liaison-report',
    'brand',
    'secretary-lectures',
    'committee-lectures',
  ])
})
