import { Temporal } from 'temporal-polyfill'
import { once } from '../../campaign/once.ts'
import type { LiaisonReport } from '../../campaign/reports/liaison-report.ts'
import type { Scorecard } from '../../campaign/scores/scorecard.ts'
import type { Row, Table } from '../../store/table.ts'
import { dayOf } from '../clock.ts'
import { Kept } from '../records/kept.ts'
import { liaisonReports, scorecards } from '../records/records.ts'
import { sessions } from '../records/session.ts'
import type { World } from '../roster/world.ts'
import { awayUntil, reminders } from './reminders.ts'
import { nameOfLiaisonReport, recordName, type Snapshot } from './schedule.ts'

type Reader = { list<T>(table: Table<T>, ...prefix: string[]): Promise<readonly Row<T>[]> }

/** The tables that every snapshot reads, and those that pushes need besides. */
export const recordTables = [scorecards, liaisonReports] as const
export const pushTables = [...recordTables, awayUntil, reminders] as const

/** Finds thousands of rows by their ids. The same rows give the same map. */
const cardsBy = once(
  (rows: readonly Row<Scorecard>[]) =>
    new Map(rows.map(({ ids, value }) => [recordName(ids[1] ?? '', ids[2] ?? ''), value])),
)
const reportsBy = once(
  (rows: readonly Row<LiaisonReport>[]) =>
    new Map(rows.map(({ ids, value }) => [nameOfLiaisonReport(ids[1] ?? '', ids[2] ?? ''), value])),
)

/** Only the records. Absences and the permission to write matter only to pushes. `reads` are tables besides cards and reports. */
export const recordsOf = async (world: World, reader: Reader, reads: Iterable<Table<unknown>>): Promise<Snapshot> => ({
  world,
  scorecards: cardsBy(await reader.list(scorecards, world.campaign.id)),
  liaisonReports: reportsBy(await reader.list(liaisonReports, world.campaign.id)),
  kept: await Kept.read(reader, world.campaign.id, reads),
  away: new Map(),
  wrote: new Map(),
})

/**
 * What schedules look at, read now. A person who asked to be reminded on a day is left alone until then, like one who is away. The tables
 * of `readers` are read too.
 */
export async function snapshotOf(
  world: World,
  reader: Reader,
  readers: readonly { reads?: readonly Table<unknown>[] }[],
): Promise<Snapshot> {
  const records = await recordsOf(
    world,
    reader,
    readers.flatMap(({ reads = [] }) => reads),
  )
  const away = new Map<string, Temporal.PlainDate>()
  const pause = (person: string | undefined, until: Temporal.PlainDate): void => {
    const known = person === undefined ? undefined : away.get(person)
    if (person !== undefined && (!known || Temporal.PlainDate.compare(known, until) < 0)) away.set(person, until)
  }
  const today = world.now.toPlainDate().toString()
  for (const { ids, value } of await reader.list(awayUntil))
    if ((value.from ?? today) <= today) pause(ids[0], Temporal.PlainDate.from(value.until))
  for (const { ids, value } of await reader.list(reminders)) pause(ids[0], dayOf(value.at))
  const wrote = asksForWord(world)
    ? (await reader.list(sessions)).map(({ ids, value }) => [ids[0] ?? '', value.wrote ?? []] as const)
    : []
  return { ...records, away, wrote: new Map(wrote) }
}

/** Whether there is a channel on which we may write first only to people who have written. */
export const asksForWord = ({ channels }: World): boolean =>
  [...channels.values()].some(({ push }) => push === 'after-word')
