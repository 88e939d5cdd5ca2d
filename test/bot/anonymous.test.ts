import { expect, it } from 'vitest'
import type { OutboxRow } from '../../src/bot/messages/outbox.ts'
import { passAnonymous, passKept } from '../../src/bot/notices/anonymous.ts'
import { Changes } from '../../src/bot/records/changes.ts'
import type { Roster } from '../../src/campaign/roster/roster.ts'
import type { Store } from '../../src/store/store.ts'
import { textOf, waiting } from '../support/bots.ts'
import { contentsOf, onBothEngines } from '../support/engines.ts'
import type { RawRow } from '../support/raw-rows.ts'
import { talkingCollege } from '../support/talking-college.ts'

const people = ['xuyiming', 'gaowenjing', 'majianguo', 'dengshuwen', 'chenzhigang', 'zhaomingyuan', 'qianlixin']
const department = 'zhouzuan'
const said = Array.from({ length: 28 }, (_, n) => `${String.fromCodePoint(0x7532 + n)}号会议太多`)
const day = '2022-04-25'

onBothEngines((open, raw) => {
  /** Everybody says something anonymous several times, between other messages. */
  const begun = async (store: Store) => {
    const college = await talkingCollege(store, { at: `${day} 10:00` })
    for (const [n, words] of said.entries()) {
      const who = people[n % people.length] ?? ''
      if (n % 2 === 0) expect(await college.reads(who, `匿名意见 ${words}`)).toContain('已转')
      else {
        await college.reads(who, '匿名意见')
        expect(await college.reads(who, words)).toContain('已转')
      }
      await college.reads(people[(n + 3) % people.length] ?? '', '帮助')
    }
    return college
  }

  it('no row of the store leads from anonymous words to who said them, nor does any order', async () => {
    const store = await open()
    await begun(store)
    const rows = await raw(store)
    const kept = said.map((words) => rows.filter(({ text }) => text.includes(words)))
    expect(kept.filter((found) => found.length !== 1)).toEqual([])
    // How many messages somebody got a month is counted by the message's id, which is drawn too.
    const ids = kept.flat().flatMap(({ text }) => text.match(/\d{15}-\d{6}-talking/g) ?? [])
    const counted = ids.flatMap((id) =>
      rows.filter((row) => isCount(row) && !isOrderOfKeys(row) && row.text.includes(id)),
    )
    expect(counted.length).toBeGreaterThanOrEqual(said.length)
    const own = new Set([...kept.flat(), ...counted])
    const marks = new Set(kept.flat().flatMap(marksIn))
    expect(marks.size).toBeGreaterThanOrEqual(2 * said.length)
    const sharing = rows.filter(
      (row) => !own.has(row) && !isOrderOfKeys(row) && marksIn(row).some((mark) => marks.has(mark)),
    )
    expect(sharing).toEqual([])
    for (const [column, correlation] of [...correlations(kept.flat()), ...correlations(counted)])
      expect(Math.abs(correlation), column).toBeLessThan(0.75)
  })

  it('said while a report of one’s own is open, they do not become part of it; with the name, the bot asks whose they are', async () => {
    const store = await open()
    const college = await talkingCollege(store, { at: `${day} 10:00` })
    await college.reads('gaowenjing', '月报 4月')
    await college.reads('gaowenjing', '走访了软件教研室。支部活动正常。没有难点。')
    expect(await college.reads('gaowenjing', '匿名意见 会议太多')).toContain('已转')
    const kept = (await contentsOf(store)).filter(([key]) => !key.startsWith('["outbox"'))
    expect(JSON.stringify(kept)).not.toContain('会议太多')
    const told = async () => (await college.rows()).filter(({ kind }) => kind !== 'answer').map(textOf)
    await college.says('gaowenjing', '意见 表格太多')
    expect(await told()).toEqual(['匿名意见：会议太多'])
    await college.says('gaowenjing', '意见')
    expect((await told()).some((text) => text.includes('的意见：表格太多'))).toBe(true)
    expect(await college.reads('gaowenjing', '预览')).not.toContain('太多')
  })

  it('they reach the department at once, without name and with the day alone', async () => {
    const store = await open()
    const { bot } = await begun(store)
    const receiver = (await bot.world()).roster.people.find(({ accounts }) => accounts.wecom === department)?.id ?? ''
    const told = (await waiting(store, receiver)).filter(({ about }) => about.includes('suggestion'))
    expect(told.map(textOf).toSorted()).toEqual(said.map((words) => `匿名意见：${words}`).toSorted())
    expect(new Set(told.map(({ queued }) => queued % 86_400_000))).toEqual(new Set([0]))
    const order = told.map((row) => said.indexOf(textOf(row).replace('匿名意见：', '')))
    expect(Math.abs(rankCorrelation(order))).toBeLessThan(0.75)
  })

  it('where nobody can be reached they are kept, until somebody can', async () => {
    const store = await open()
    const { bot } = await begun(store)
    const world = await bot.world()
    const changes = new Changes(store)
    const unreachable = { ...world, channels: new Map() }
    expect(await passAnonymous({ changes, world: unreachable, instance: 'one' }, '会议太长')).toEqual([])
    await store.commit(changes.writes)
    const rows: OutboxRow[] = []
    const parts = { instance: 'one', queued: (some: readonly OutboxRow[]) => rows.push(...some) }
    await passKept(store, unreachable, parts)
    expect(rows).toEqual([])
    await passKept(store, world, parts)
    await passKept(store, world, parts)
    expect(rows.map(textOf)).toEqual(rows.map(() => '匿名意见：会议太长'))
    expect(rows.length).toBeGreaterThan(0)
    expect(await contentsOf(store, 'anonymous-words')).toEqual([])
  })

  it.each([
    { others: [], heard: ['匿名意见：会议太长'] },
    { others: ['杨晓东'], heard: [] },
  ])(
    'who follows somebody who never could be reached gets what nobody but them was to get ($others)',
    async ({ others, heard }) => {
      const store = await open()
      const { bot } = await talkingCollege(store, { at: `${day} 10:00` })
      const world = await bot.world()
      const changes = new Changes(store)
      const before = { ...world, roster: departmentOf(world.roster, ['周组安', ...others], ['周组安']) }
      await passAnonymous({ changes, world: before, instance: 'one' }, '会议太长')
      await store.commit(changes.writes)
      const rows: OutboxRow[] = []
      const parts = { instance: 'one', queued: (some: readonly OutboxRow[]) => rows.push(...some) }
      const successor = others[0] ?? '杨晓东'
      const nobody = { ...world, roster: departmentOf(world.roster, [], []) }
      await passKept(store, nobody, parts)
      await passKept(store, { ...world, roster: departmentOf(world.roster, [successor], [successor]) }, parts)
      expect(rows).toEqual([])
      const after = { ...world, roster: departmentOf(world.roster, [successor], []) }
      await passKept(store, after, parts)
      await passKept(store, after, parts)
      expect(rows.map(textOf)).toEqual(heard)
      expect(await contentsOf(store, 'anonymous-words')).toEqual([])
    },
  )
})

/** The roster with these people as 组织部 and nobody else; `mute` have no account. */
const departmentOf = (roster: Roster, names: readonly string[], mute: readonly string[]): Roster => ({
  ...roster,
  people: roster.people.map((person) => ({
    ...person,
    accounts: mute.includes(person.name) ? {} : person.accounts,
    seats: [
      ...person.seats.filter(({ post }) => post !== 'organization-department'),
      ...(names.includes(person.name) ? [{ post: 'organization-department' as const }] : []),
    ],
  })),
})

/** Of a row of the outbox what all of them have in common, or what is the department's own. */
const known = new Set(
  'outbox lane person channel wecom kind notice about suggestion message text inPlace false unique queued talking true'.split(
    ' ',
  ),
)
const isCount = ({ text }: RawRow): boolean => /^(?:-?\d+\n)?\W*told/.test(text)
/** What in a row could stand in another one too: ids, versions, numbers. The name of the table and the day are no secret. */
const marksIn = ({ text }: RawRow): string[] => (text.match(/[\w.-]{3,}/g) ?? []).filter((mark) => !known.has(mark))
/** Whether a row is the engine's own list of its keys. */
const isOrderOfKeys = ({ place }: RawRow): boolean => place.endsWith(':order')

/** How far each column reveals the order in which the words were said; `kept` is in that order. */
function correlations(kept: readonly RawRow[]): [string, number][] {
  return Object.keys(kept[0]?.order ?? {}).map((column) => [
    column,
    rankCorrelation(kept.map(({ order }) => order[column] ?? 0)),
  ])
}

/** Spearman's correlation of these numbers with their places. */
function rankCorrelation(numbers: readonly number[]): number {
  const n = numbers.length
  const ranks = numbers.map((one) => numbers.filter((other) => other < one).length)
  const distance = ranks.reduce((sum, rank, i) => sum + (rank - i) ** 2, 0)
  return 1 - (6 * distance) / (n * (n * n - 1))
}
