import { expect, it } from 'vitest'
import { pushTo } from '../../src/bot/notices/notices.ts'
import { unsaid } from '../../src/bot/pushes/said.ts'
import { Changes } from '../../src/bot/records/changes.ts'
import { percentile } from '../../src/campaign/reports/percentile.ts'
import { laggingCollege } from '../support/lagging-college.ts'
import { looksAt } from '../support/looks.ts'
import { sampleCollege } from '../support/sample-college.ts'

const department = '周组安'

it('counts messages that nobody had asked for, and what people wrote, a post a month', async () => {
  const college = await laggingCollege()
  const { says, hears } = college
  const { rows, page, follow } = looksAt(college)
  const heard = hears('宋志明')
  await says(department, '后进 网络 包扶 宋志明 帮扶 软件')
  expect(heard()).toHaveLength(1)
  const person = async (name: string) => (await rows(department, 'burden-persons', { 姓名: name }))?.[0]
  const before = await person('宋志明')
  expect(before).toMatch(/^4月 \S+ 宋志明 1 0 $/)
  for (let i = 0; i < 3; i++) await says('宋志明', '进度')
  expect(await person('宋志明')).toMatch(/ 1 3 $/)
  await says('宋志明', '帮助')
  expect(await person('宋志明')).toMatch(/ 1 4 超过3次$/)
  const byPost = await page(department, 'burden')
  expect(byPost?.columns).toEqual(['月份 职务', '人数', '消息中位数', '消息九成', '操作中位数', '操作九成', '超过3次'])
  const { wrong, followed } = await follow(department, 'burden')
  expect(wrong).toEqual([])
  expect(followed).toBeGreaterThan(8)
  expect(await rows('许一鸣', 'burden')).toEqual(await rows(department, 'burden'))
  expect((await follow('许一鸣', 'burden')).followed).toBe(0)
  expect(await rows('杨晓东', 'burden')).toBeUndefined()
})

it('a reminder counts when it is said, and no more once it is taken back', async () => {
  const college = await sampleCollege('2022-04-25 08:00')
  const { rows } = looksAt(college)
  await college.at('2022-04-25 09:30')
  const sums = async () => {
    const told = (await rows(department, 'burden-persons', { '月份 职务': '4月 党支部书记' })) ?? []
    return told.reduce((sum, row) => sum + Number(row.split(' ')[3]), 0)
  }
  const counted = await sums()
  expect(counted).toBeGreaterThan(0)
  const world = await college.college.bot.world()
  const person = world.roster.people.find(({ seats }) => seats.some(({ post }) => post === 'branch-secretary'))
  if (!person) throw new Error('no branch has a secretary')
  const changes = new Changes(college.store)
  const push = { date: '2022-04-26', ledger: [] }
  const row = await pushTo(changes, world, {
    person,
    message: { text: '提醒', kind: 'reminder', about: [], push },
    instance: 'one',
  })
  if (!row) throw new Error('nothing reaches them')
  await college.store.commit(changes.writes)
  expect(await sums()).toBe(counted + 1)
  await college.store.commit(await unsaid(college.store, world.campaign, row))
  expect(await sums()).toBe(counted)
})

it.each([
  [[], 0.5, 0],
  [[4], 0.9, 4],
  [[3, 1, 2], 0.5, 2],
  [[1, 2, 3, 4], 0.5, 2],
  [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.9, 9],
  [[0, 0, 0, 5], 1, 5],
])('of %j the share %d is at most %d', (values, share, expected) => {
  expect(percentile(values, share)).toBe(expected)
})
