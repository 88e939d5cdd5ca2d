import { expect, it } from 'vitest'
import { z } from 'zod'
import { AtHand, snapshotAtHand } from '../../src/bot/pushes/at-hand.ts'
import { emptyRoster } from '../../src/bot/roster/world.ts'
import { calendarOf } from '../../src/campaign/calendar/calendar.ts'
import { recordTable } from '../../src/forms/record.ts'
import type { Store } from '../../src/store/store.ts'
import { campaign2022 } from '../documents/samples.ts'
import { beijing } from '../support/beijing.ts'
import { onBothEngines } from '../support/engines.ts'

const words = recordTable('words-of-a-test', z.string())
const reads = [words] as const
const campaign = campaign2022()
const calendar = calendarOf({})
const channels = new Map([['wecom', { cards: true, forms: false, files: true, push: true }]] as const)
const at = (now: string) => ({ campaign, calendar, channels, roster: emptyRoster, now: beijing(now) })

const write = (store: Store, unit: string, content: string): Promise<boolean> => {
  const value = { content, version: 1, by: 'p1', at: '2022-04-18T09:00:00+08:00' }
  return store.commit([{ put: words.key(campaign.id, unit), value: { value, chain: { n: 1, head: 'h' } } }])
}

onBothEngines((open) => {
  const contents = async (store: Store, now = '2022-04-18 09:00'): Promise<string[]> =>
    (await snapshotAtHand(store, at(now), reads)).kept.of(words).map(({ value }) => value.content)

  it('what is at hand is what is stored, after every write of anybody', async () => {
    const store = await open()
    expect(await contents(store)).toEqual([])
    await write(store, 'b1', 'one')
    expect(await contents(store)).toEqual(['one'])
    await write(store, 'b2', 'two')
    await write(store, 'b1', 'more')
    expect(await contents(store)).toEqual(['more', 'two'])
    await store.commit([{ delete: words.key(campaign.id, 'b1') }])
    expect(await contents(store)).toEqual(['two'])
  })

  it('all who ask within an hour share it, whatever else is written; the next hour has its own', async () => {
    const store = await open()
    await write(store, 'b1', 'one')
    const first = await snapshotAtHand(store, at('2022-04-18 09:00'), reads)
    await store.commit([{ put: ['session', 'p1'], value: true }])
    expect(await snapshotAtHand(store, at('2022-04-18 09:59'), reads)).toBe(first)
    const next = await snapshotAtHand(store, at('2022-04-18 10:00'), reads)
    expect(next.world.now.hour).toBe(10)
    expect(next.kept.of(words)).toEqual(first.kept.of(words))
  })

  it('another mark tells that anything of its tables was written', async () => {
    const store = await open()
    const mark = async (): Promise<string> => (await AtHand.of(store, reads)).mark
    const before = await mark()
    await store.commit([{ put: ['session', 'p1'], value: true }])
    expect(await mark()).toBe(before)
    await write(store, 'b1', 'one')
    expect(await mark()).not.toBe(before)
  })
})
