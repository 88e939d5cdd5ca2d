import { expect, it } from 'vitest'
import { passAnonymous } from '../../src/bot/notices/anonymous.ts'
import type { Store } from '../../src/store/store.ts'
import { beijing } from '../support/beijing.ts'
import { textOf, waiting } from '../support/bots.ts'
import { onBothEngines } from '../support/engines.ts'
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
    const own = new Set(kept.flat())
    const marks = new Set(kept.flat().flatMap(marksIn))
    expect(marks.size).toBeGreaterThanOrEqual(2 * said.length)
    const sharing = rows.filter(
      (row) => !own.has(row) && !isOrderOfKeys(row) && marksIn(row).some((mark) => marks.has(mark)),
    )
    expect(sharing).toEqual([])
    for (const [column, correlation] of correlations(kept.flat()))
      expect(Math.abs(correlation), column).toBeLessThan(0.75)
  })

  it('they are passed on together on a later day, without name, in an order of their own', async () => {
    const store = await open()
    const { bot } = await begun(store)
    const parts = { instance: 'one', queued: () => {} }
    const at = async (now: string) => ({ ...(await bot.world()), now: beijing(now) })
    const receiver = (await bot.world()).roster.people.find(({ accounts }) => accounts.wecom === department)?.id ?? ''
    const told = async (): Promise<string[]> =>
      (await waiting(store, receiver)).filter(({ kind }) => kind === 'notice').map(textOf)
    await passAnonymous(store, await at(`${day} 18:00`), parts)
    expect(await told()).toEqual([])
    await passAnonymous(store, await at('2022-04-26 09:07'), parts)
    await passAnonymous(store, await at('2022-04-26 09:08'), parts)
    const [text = '', ...more] = await told()
    expect(more).toEqual([])
    const lines = text.split('\n')
    expect(lines.map((line) => line.replace('匿名意见：', '')).sort()).toEqual([...said].sort())
    expect(lines.every((line) => line.startsWith('匿名意见：'))).toBe(true)
    const order = lines.map((line) => said.indexOf(line.replace('匿名意见：', '')))
    expect(Math.abs(rankCorrelation(order))).toBeLessThan(0.75)
    expect((await raw(store)).filter(({ text: one }) => one.includes(said[0] ?? '')).length).toBe(1)
  })

  it('where nobody can be told they are kept until somebody can', async () => {
    const store = await open()
    const college = await talkingCollege(store, { at: `${day} 10:00` })
    await college.reads('xuyiming', '匿名意见 会议太多')
    const world = { ...(await college.bot.world()), now: beijing('2022-04-26 09:07') }
    await passAnonymous(store, { ...world, channels: new Map() }, { instance: 'one', queued: () => {} })
    expect((await raw(store)).filter(({ text }) => text.includes('会议太多'))).toHaveLength(1)
  })
})

const known = new Set(['anonymous-words', 'text', 'day', day])
/** The parts of a row that could also stand in another row: ids, versions, numbers. The table's name and the day are no secret. */
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
