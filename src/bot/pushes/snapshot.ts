import { Temporal } from 'temporal-polyfill'
import type { Row, Table } from '../../store/table.ts'
import { dayOf } from '../clock.ts'
import { Kept } from '../records/kept.ts'
import { reports, scorecards } from '../records/records.ts'
import { awayUntil, reminders } from '../records/reminders.ts'
import type { World } from '../roster/world.ts'
import { sessions } from '../turn/session.ts'
import { nameOfReport, recordName, type Snapshot } from './schedule.ts'

type Reader = { list<T>(table: Table<T>, ...prefix: string[]): Promise<Row<T>[]> }

/**
 * What schedules look at, read now. Who asked to be reminded on a day is left alone until then, as who is away. `readers`: whose tables
 * are read besides.
 */
export async function snapshotOf(
  world: World,
  reader: Reader,
  readers: readonly { reads?: readonly Table<unknown>[] }[],
): Promise<Snapshot> {
  const cards = await reader.list(scorecards, world.campaign.id)
  const reported = await reader.list(reports, world.campaign.id)
  const away = new Map<string, Temporal.PlainDate>()
  const pause = (person: string | undefined, until: Temporal.PlainDate): void => {
    const known = person === undefined ? undefined : away.get(person)
    if (person !== undefined && (!known || Temporal.PlainDate.compare(known, until) < 0)) away.set(person, until)
  }
  const today = world.now.toPlainDate().toString()
  for (const { ids, value } of await reader.list(awayUntil))
    if ((value.from ?? today) <= today) pause(ids[0], Temporal.PlainDate.from(value.until))
  for (const { ids, value } of await reader.list(reminders)) pause(ids[0], dayOf(value.at))
  const asks = [...world.channels.values()].some(({ push }) => push === 'after-word')
  const wrote = asks
    ? (await reader.list(sessions)).map(({ ids, value }) => [ids[0] ?? '', value.wrote ?? []] as const)
    : []
  return {
    world,
    scorecards: new Map(cards.map(({ ids, value }) => [recordName(ids[1] ?? '', ids[2] ?? ''), value])),
    reports: new Map(reported.map(({ ids, value }) => [nameOfReport(ids[1] ?? '', ids[2] ?? ''), value])),
    kept: await Kept.read(
      reader,
      world.campaign.id,
      readers.flatMap(({ reads = [] }) => reads),
    ),
    away,
    wrote: new Map(wrote),
  }
}
