import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { currentRoster, importRoster, tellChanged } from '../../src/bot/roster-import/roster-import.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import type { Store } from '../../src/store/store.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { college as people, without } from '../campaign/invented-college.ts'
import { rosterWorkbook, type SheetRow } from '../support/roster-workbook.ts'
import { type TalkingCollege, talkingCollege } from '../support/talking-college.ts'

const campaign = campaignOf(plan2022)
let dir: string
let store: Store
let college: TalkingCollege
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'units-'))
  store = await openEmbedded(dir, { kind: 'platform' })
  college = await talkingCollege(store)
})
afterEach(async () => {
  await store.close()
  await rm(dir, { recursive: true })
})
const says = (text: string, account = 'zhouzuan'): Promise<string> => college.reads(account, text)
const scored = async (branch: string, scores = '5545 5555 5555 5555 9 10', account = 'yangxiaodong'): Promise<void> => {
  await says(`评分 ${branch} ${scores}`, account)
  await says('提交', account)
}
const imports = async (rows: readonly SheetRow[]) =>
  importRoster(store, await rosterWorkbook({ people: rows }), { campaign })
/** The rows with one name replaced by another in every place. */
const called = (from: string, to: string): SheetRow[] =>
  people.map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, textOf(cell).replaceAll(from, to)])),
  )
const textOf = (cell: SheetRow[string] | undefined): string => (typeof cell === 'string' ? cell : '')
const software = (rows: readonly SheetRow[]): SheetRow[] =>
  rows
    .filter(({ 党支部 }) => 党支部 !== '软件教研室党支部')
    .map((row) => ({ ...row, 联系支部: textOf(row['联系支部']).replace(/、?软件教研室党支部/, '') }))
const counted = async (): Promise<string | undefined> => /评分 (\d+\/\d+)/.exec(await says('进度'))?.[1]

it('a branch with a score that a newer file does not name stays with card and counts, and 组织部 is told at once', async () => {
  await scored('软件教研室')
  const before = await counted()
  const done = await imports(software(people))
  expect(done).toMatchObject({ absent: ['软件教研室党支部'] })
  expect(await counted()).toBe(before)
  expect(await says('历史 软件教研室')).toContain('98 分')
  const rows = await tellChanged(store, await college.bot.world(), { imported: done, instance: 'one' })
  expect(rows.map(({ message }) => (message.kind === 'text' ? message.text : ''))).toEqual([
    expect.stringContaining('“改名 软件教研室党支部 新名称”'),
  ])
})

it('a branch without records goes with its last row', async () => {
  const before = await counted()
  expect(await imports(software(without('钱立新')))).toMatchObject({ absent: [] })
  await says('确认移除')
  expect(await counted()).not.toBe(before)
  expect((await currentRoster(store)).branches.map(({ name }) => name)).not.toContain('软件教研室党支部')
})

it('改名 keeps card, counts and history under the name of the newer file', async () => {
  await scored('软件教研室')
  const [before, id] = [
    await counted(),
    (await currentRoster(store)).branches.find(({ name }) => name.startsWith('软件'))?.id,
  ]
  await imports(called('软件教研室党支部', '人工智能教研室党支部'))
  expect(await says('改名 软件教研室 人工智能教研室')).toContain('软件教研室党支部已改名为人工智能教研室党支部')
  expect(await counted()).toBe(before)
  expect(await says('历史 人工智能')).toMatch(/^人工智能教研室党支部的评分历史\n.*98 分/)
  const { branches, people: now } = await currentRoster(store)
  expect(branches.filter(({ name }) => /软件|人工/.test(name))).toEqual([
    expect.objectContaining({ id, name: '人工智能教研室党支部' }),
  ])
  expect(now.filter(({ seats }) => seats.some(({ branch }) => branch === id)).map(({ name }) => name)).toEqual([
    '钱立新',
  ])
  // The same file again finds the branch under its new name, and no id is given twice.
  expect(await imports([...called('软件教研室党支部', '人工智能教研室党支部')])).toMatchObject({
    absent: [],
    missing: [],
  })
  expect(await says('历史 人工智能')).toContain('98 分')
})

it('改名 before the newer file comes is a new name for the same branch', async () => {
  await scored('软件教研室')
  expect(await says('改名 软件教研室 人工智能')).toContain('已改名为人工智能党支部')
  expect(await imports(called('软件教研室党支部', '人工智能党支部'))).toMatchObject({ absent: [], missing: [] })
  expect(await says('历史 人工智能')).toContain('98 分')
})

it('改名 takes a general branch too: its branches keep everything', async () => {
  await scored('软件教研室')
  const before = await counted()
  const done = await imports(called('信息党总支', '智能制造学院党总支'))
  expect(done.absent).toEqual(['信息党总支/软件教研室党支部'])
  expect(await says('改名 信息党总支 智能制造学院党总支')).toContain('信息党总支已改名为智能制造学院党总支')
  expect(await counted()).toBe(before)
  expect(await says('历史 软件教研室')).toMatch(/^软件教研室党支部的评分历史\n.*98 分/)
  const { generalBranches } = await currentRoster(store)
  expect(generalBranches.map(({ name }) => name)).not.toContain('信息党总支')
  // Its secretary continues to score.
  await scored('软件教研室', '全部满分')
  expect(await says('历史 软件教研室')).toContain('第2版，100 分')
})

it('并入 ends a branch: it leaves the counts, its history is read as before, and a lagging one leaves the rate', async () => {
  await scored('软件教研室', '0000 0000 5555 5555 0 0')
  await imports(software(without('钱立新')))
  const answer = await says('并入 软件教研室 机关')
  expect(answer).toContain('软件教研室党支部已并入机关党支部')
  expect(answer).toContain('转化率')
  expect((await currentRoster(store)).branches.map(({ name }) => name)).not.toContain('软件教研室党支部')
  expect(await says('历史 软件教研室')).toMatch(/^软件教研室党支部（已并入机关党支部）的评分历史\n.*40 分/)
  expect(await says('历史 软件教研室', 'zhaomingyuan')).toContain('无权')
})

it('确认移除 with a branch takes it out of the counts; the bare word leaves it in', async () => {
  await scored('软件教研室')
  const before = await counted()
  await imports(software(without('钱立新')))
  expect(await says('确认移除')).toContain('已移除1人：钱立新')
  expect(await counted()).toBe(before)
  expect(await says('确认移除 软件教研室')).toContain('已移除')
  expect(await counted()).not.toBe(before)
  expect(await says('历史 软件教研室')).toContain('98 分')
})

it('a branch of the newest file is not ended, an unknown one is asked for, and others have no right', async () => {
  expect(await says('确认移除 软件教研室')).toContain('还在最新的名册里')
  expect(await says('并入 没有的支部 机关')).toContain('没有找到“没有的支部”')
  expect(await says('改名 软件教研室')).toContain('改名 原名称 新名称')
  await scored('软件教研室')
  await scored('机关', '全部满分', 'zhouzuan')
  expect(await says('改名 软件教研室 机关')).toContain('并入')
  for (const word of ['改名 软件教研室 人工智能', '并入 软件教研室 机关', '确认移除 软件教研室'])
    expect(await says(word, 'yangxiaodong')).toContain('无权')
})

it('a file that was in force before a later one is taken only with --again, which says what it undoes', async () => {
  const first = await rosterWorkbook({ people })
  await importRoster(store, first, { campaign })
  await imports(without('马建国'))
  const now = await currentRoster(store)
  for (const again of ['never', 'last'] as const)
    expect(await importRoster(store, first, { campaign, again })).toMatchObject({
      older: true,
      unchanged: true,
      imported: 0,
    })
  expect(await currentRoster(store)).toEqual(now)
  const done = await importRoster(store, first, { campaign, again: 'always' })
  expect(done.undone).toContain('又有了马建国')
  expect(done.unchanged).toBe(false)
})
