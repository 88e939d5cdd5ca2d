import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Can } from '../../src/bot/messages/message.ts'
import { outbox } from '../../src/bot/messages/outbox.ts'
import { announced, tellDepartment } from '../../src/bot/notices/announce.ts'
import { flush, sendNotice, waitingNotices } from '../../src/bot/notices/notices.ts'
import { tellUnreachable } from '../../src/bot/notices/unreachable.ts'
import { Changes } from '../../src/bot/records/changes.ts'
import type { World } from '../../src/bot/roster/world.ts'
import { isPushTime } from '../../src/campaign/calendar/ladder.ts'
import type { Person } from '../../src/campaign/roster/roster.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import type { Store } from '../../src/store/store.ts'
import { beijing } from '../support/beijing.ts'
import { answerOf, botOn, calendar, enroll, event, listening, textOf, waiting } from '../support/bots.ts'

let folder = ''
let store: Store
let world: World
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notices-'))
  store = await openEmbedded(folder, { kind: 'platform' })
  await enroll(store)
  world = await botOn(store).world()
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

const named = (name: string): Person => {
  const person = world.roster.people.find((one) => one.name === name)
  if (!person) throw new Error(`nobody is ${name}`)
  return person
}
/** Makes a store in which nothing was said to this person before. */
const afresh = async (person: Person): Promise<void> => {
  const rows = await waiting(store, person.id)
  await store.commit([
    { delete: waitingNotices.key(person.id) },
    ...rows.map((row) => ({ delete: outbox.key(row.lane, row.id) })),
  ])
}
const at = (now: Temporal.ZonedDateTime): World => ({ ...world, now })
/** Somebody does something of which this person is told. Returns the message that is sent now. */
const told = async (person: Person, now: Temporal.ZonedDateTime, text: string, urgent = false): Promise<string> => {
  const changes = new Changes(store)
  const row = await sendNotice(changes, at(now), {
    person,
    notice: { text, about: 'grading', urgent },
    instance: 'one',
  })
  await store.commit(changes.writes)
  return row ? textOf(row) : ''
}
/** Does what the program does every minute with waiting notices. */
const minute = async (person: Person, now: Temporal.ZonedDateTime): Promise<string> => {
  const changes = new Changes(store)
  const kept = await changes.read(waitingNotices, person.id)
  if (!kept || kept.notices.length === 0) return ''
  const row = await flush(changes, at(now), { person, waiting: kept, instance: 'one' })
  if (row) await store.commit(changes.writes)
  return row ? textOf(row) : ''
}

describe('what another person did', () => {
  it('is told at once, further ones within the hour as one at its end', async () => {
    const zhou = named('周组安')
    await afresh(zhou)
    expect(await told(zhou, beijing('2022-04-25 10:00'), '甲')).toBe('甲')
    expect(await told(zhou, beijing('2022-04-25 10:10'), '乙')).toBe('')
    expect(await told(zhou, beijing('2022-04-25 10:50'), '丙')).toBe('')
    expect(await minute(zhou, beijing('2022-04-25 10:59'))).toBe('')
    expect(await minute(zhou, beijing('2022-04-25 11:00'))).toBe('乙\n丙')
    expect(await told(zhou, beijing('2022-04-25 11:30'), '丁')).toBe('')
    expect(await told(zhou, beijing('2022-04-25 12:01'), '戊')).toBe('丁\n戊')
  })

  it('a return or an answer never waits for that hour, nor prolongs it for the others', async () => {
    const zhao = named('赵明远')
    await afresh(zhao)
    expect(await told(zhao, beijing('2022-04-25 10:00'), '甲')).toBe('甲')
    expect(await told(zhao, beijing('2022-04-25 10:05'), '乙')).toBe('')
    expect(await told(zhao, beijing('2022-04-25 10:50'), '已退回', true)).toBe('已退回')
    expect(await minute(zhao, beijing('2022-04-25 11:00'))).toBe('乙')
  })

  it.each([
    ['2022-04-25 22:30', '2022-04-26 08:30'],
    ['2022-04-30 10:00', '2022-05-05 09:00'],
  ])('waits at %s, urgent or not, for the next moment at which people may be written to', async (when, then) => {
    const zhao = named('赵明远')
    await afresh(zhao)
    expect(await told(zhao, beijing(when), '甲')).toBe('')
    expect(await told(zhao, beijing(when), '已退回', true)).toBe('')
    expect(await minute(zhao, beijing(when).add({ minutes: 1 }))).toBe('')
    expect(await minute(zhao, beijing(then))).toBe('甲\n已退回')
  })

  it('comes to each once whatever happens when: by day, none later than the hour, no two at ease within an hour', async () => {
    const zhou = named('周组安')
    const something = fc.record({ minute: fc.nat(3 * 24 * 6), urgent: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(something, { minLength: 1, maxLength: 25 }), async (all) => {
        await afresh(zhou)
        const start = beijing('2022-04-27 08:00')
        const said: { now: Temporal.ZonedDateTime; texts: string[] }[] = []
        const hear = (now: Temporal.ZonedDateTime, text: string): void => {
          if (text !== '') said.push({ now, texts: text.split('\n') })
        }
        for (let step = 0; step <= 8 * 24 * 6; step++) {
          const now = start.add({ minutes: 10 * step })
          for (const [i, one] of all.entries())
            if (one.minute === step) hear(now, await told(zhou, now, `事${i}${one.urgent ? '急' : ''}`, one.urgent))
          hear(now, await minute(zhou, now))
        }
        expect(said.flatMap(({ texts }) => texts).sort()).toEqual(
          all.map((one, i) => `事${i}${one.urgent ? '急' : ''}`).sort(),
        )
        for (const { now } of said) expect(isPushTime(now, calendar)).toBe(true)
        const atEase = said.filter(({ texts }) => texts.some((text) => !text.endsWith('急')))
        for (const [i, { now }] of atEase.entries()) {
          const before = atEase[i - 1]
          if (before) expect(now.since(before.now).total('minutes')).toBeGreaterThanOrEqual(60)
        }
        for (const { now, texts } of said)
          for (const text of texts) {
            const happened = start.add({ minutes: 10 * (all[Number.parseInt(text.slice(1), 10)]?.minute ?? 0) })
            const allowed = text.endsWith('急') ? 0 : 60
            if (isPushTime(happened, calendar) && isPushTime(happened.add({ minutes: 60 }), calendar))
              expect(now.since(happened).total('minutes')).toBeLessThanOrEqual(allowed)
          }
      }),
      { numRuns: 6 },
    )
  })

  it('is told with the next answer where nobody can be written to first, once', async () => {
    const answersOnly: Can = { cards: true, forms: false, files: false, push: false }
    const bot = botOn(store, { channels: new Map([['aibot', answersOnly]]), handlers: [listening] })
    const zhao = named('赵明远')
    await afresh(zhao)
    const changes = new Changes(store)
    const silent = { ...at(beijing('2022-04-25 10:00')), channels: new Map([['aibot' as const, answersOnly]]) }
    for (const text of ['甲', '乙'])
      expect(
        await sendNotice(changes, silent, {
          person: zhao,
          notice: { text, about: 'grading', urgent: false },
          instance: 'one',
        }),
      ).toBeUndefined()
    await store.commit(changes.writes)
    const asks = async (more = {}): Promise<string> =>
      answerOf(await bot.receive(event('zhaomingyuan', '帮助', { channel: 'aibot', ...more })))
    expect(await asks({ group: 'wr1' })).not.toContain('甲')
    expect(await asks()).toBe('能做的事\n甲\n乙')
    expect(await asks()).toBe('能做的事')
  })

  it('reaches 组织部 even when several things happen to it in the same moment', async () => {
    const zhou = named('周组安')
    await afresh(zhou)
    const now = at(beijing('2022-04-25 10:00'))
    await Promise.all([
      ...['钱立新', '高文静', '马建国'].map((name) =>
        tellUnreachable(store, now, { id: named(name).id, instance: 'one' }),
      ),
      tellUnreachable(store, now, { id: named('钱立新').id, instance: 'two' }),
      announced(store, (changes) => tellDepartment(changes, now, { text: '额度', about: 'quota', instance: 'one' })),
    ])
    const kept = (await new Changes(store).read(waitingNotices, zhou.id))?.notices.map(({ text }) => text) ?? []
    const all = [...(await waiting(store, zhou.id)).map(textOf), ...kept].join('\n')
    for (const name of ['钱立新', '高文静', '马建国', '额度']) expect(all.match(new RegExp(name, 'g'))).toHaveLength(1)
  })
})
