import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { isPushTime } from '../../campaign/calendar/ladder.ts'
import type { Person } from '../../campaign/roster/roster.ts'
import { table } from '../../store/table.ts'
import type { ChannelName } from '../messages/message.ts'
import { drawnId, type Kind, nextId, type OutboxRow, outbox, startOfDay } from '../messages/outbox.ts'
import type { Changes } from '../records/changes.ts'
import { scorecards } from '../records/records.ts'
import { queuesIn } from '../records/review-queue.ts'
import { sessions } from '../records/session.ts'
import { messagesTold, toldIds } from '../records/told.ts'
import { pushWays, type World, waysTo } from '../roster/world.ts'

/** The notices that wait for one person: at night, on days off, and within the hour after the last notice (R5, R6). */
export const Waiting = z.strictObject({
  /** The ISO instant of the last notice that began an hour. */
  last: z.string().exactOptional(),
  notices: z.array(
    z.strictObject({
      text: z.string(),
      about: z.string(),
      urgent: z.boolean(),
      /** If it is said late or together with others, it becomes one line with the number of cards that wait for review by then. */
      counted: z.literal(true).exactOptional(),
    }),
  ),
})
export type Waiting = z.infer<typeof Waiting>
export type Notice = Waiting['notices'][number]
export const waitingNotices = table('notices', Waiting)

/** Splits the waiting notices into those that may be said now and the others. */
function sayable({ last, notices }: Waiting, world: World): { now: Notice[]; later: Notice[] } {
  if (!isPushTime(world.now, world.calendar)) return { now: [], later: notices }
  return isWithinHour(last, world)
    ? { now: notices.filter((one) => one.urgent), later: notices.filter((one) => !one.urgent) }
    : { now: notices, later: [] }
}
const isWithinHour = (last: string | undefined, world: World): boolean =>
  last !== undefined && world.now.toInstant().since(last).total('seconds') < 3600

const textsOf = (notices: readonly Notice[]): string => notices.map((one) => one.text).join('\n')

/** One text for several notices. Those that count become one line with the present number, or none if nothing waits any more. */
async function merged(changes: Changes, world: World, notices: readonly Notice[]): Promise<string> {
  const own = notices.filter((one) => !one.counted)
  if (own.length === notices.length) return textsOf(own)
  const queues = queuesIn(world, await changes.list(scorecards, world.campaign.id))
  return [...own.map((one) => one.text), ...queues.map(({ words, word }) => `${words}请回复“${word}”。`)].join('\n')
}

/**
 * The row for a message that this person did not just ask for; undefined where no channel reaches them. `apart`: neither the row nor what is
 * counted of it tells in which commit or at what time it was written.
 */
export async function pushTo(
  changes: Changes,
  world: World,
  {
    person,
    message,
    instance,
  }: {
    person: Person
    message: { text: string; kind: Kind; about: string[]; push?: OutboxRow['push']; apart?: true }
    instance: string
  },
): Promise<OutboxRow | undefined> {
  const channel = await channelFor(changes, world, person)
  if (!channel) return undefined
  const { apart } = message
  const row: OutboxRow = {
    id: apart ? drawnId(instance) : nextId('', instance),
    lane: person.id,
    to: 'person',
    channel,
    kind: message.kind,
    about: message.about,
    message: { kind: 'text', text: message.text },
    inPlace: false,
    unique: message.push !== undefined,
    queued: apart ? startOfDay() : Date.now(),
    ...(message.push ? { push: message.push } : {}),
  }
  const how = apart ? { apart } : {}
  changes.append(outbox, [row.lane, row.id], { value: row, ...how })
  const date = message.push?.date ?? world.now.toPlainDate().toString()
  changes.append(messagesTold, toldIds(world.campaign, row, date), { value: true, ...how })
  return row
}

const channelFor = async (changes: Changes, world: World, person: Person): Promise<ChannelName | undefined> =>
  pushWays(person, world.channels, await changes.read(sessions, person.id))[0]

/** Says a notice now, or keeps it until it may be said. */
export async function sendNotice(
  changes: Changes,
  world: World,
  { person, notice, instance }: { person: Person; notice: Notice; instance: string },
): Promise<OutboxRow | undefined> {
  if (waysTo(person, world.channels).length === 0) return undefined
  const before = (await changes.read(waitingNotices, person.id)) ?? { notices: [] }
  const waiting = { ...before, notices: [...before.notices, notice] }
  await changes.put(waitingNotices, [person.id], { value: waiting })
  return flush(changes, world, { person, waiting, instance, asGiven: before.notices.length === 0 })
}

/** The waiting notices for a person to whom we cannot write first. They are said with the person's next answer. */
export async function takeWaiting(changes: Changes, world: World, person: Person): Promise<string | undefined> {
  const waiting = await changes.read(waitingNotices, person.id)
  if (!waiting || waiting.notices.length === 0) return undefined
  await changes.put(waitingNotices, [person.id], { value: { ...waiting, notices: [] } })
  return (await merged(changes, world, waiting.notices)) || undefined
}

/**
 * Says the part of `waiting` that may be said as one message and keeps the rest. Writes nothing if the rest is everything. `asGiven`: the
 * only notice was just made, so its text is true.
 */
export async function flush(
  changes: Changes,
  world: World,
  {
    person,
    waiting,
    instance,
    asGiven = false,
  }: { person: Person; waiting: Waiting; instance: string; asGiven?: boolean },
): Promise<OutboxRow | undefined> {
  const { now, later } = sayable(waiting, world)
  if (now.length === 0) return undefined
  const text = asGiven ? textsOf(now) : await merged(changes, world, now)
  const message = { text, kind: 'notice' as const, about: [...new Set(now.map((one) => one.about))] }
  const row = text === '' ? undefined : await pushTo(changes, world, { person, message, instance })
  if (!row && text !== '') return undefined
  // A notice that does not wait for the hour does not make others wait for another hour.
  const last = row && !isWithinHour(waiting.last, world) ? instantOf(world.now) : waiting.last
  await changes.put(waitingNotices, [person.id], { value: { ...(last === undefined ? {} : { last }), notices: later } })
  return row
}

const instantOf = (now: Temporal.ZonedDateTime): string => now.toInstant().toString()
