import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { nextWorkingDay } from '../../campaign/calendar/calendar.ts'
import { all } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import { OutboxRow, outbox, progress } from '../messages/outbox.ts'
import type { World } from '../roster/world.ts'
import type { PushParts } from './parts.ts'
import { ledgerEntry } from './push-plan.ts'
import { toldOn, unsaid } from './said.ts'
import type { Snapshot } from './schedule.ts'

/** The last day on which pushes were looked for. */
const lastRun = table('push-run', z.strictObject({ date: z.string() }))

/** Of thousands of rows in the outbox only the day is read. */
const Dated = z.object({ push: OutboxRow.shape.push })

/**
 * Takes back pushes of past days that did not go out, before deciding what is due now. If another instance has queued a push for a later
 * day, this instance was frozen and does not judge it.
 */
export async function releaseStale({ store }: PushParts, { campaign }: World, date: Temporal.PlainDate): Promise<void> {
  for await (const { key, value, version } of all(store, outbox.key())) {
    const { push } = Dated.parse(value)
    if (!push || push.asked !== undefined || push.date >= date.toString()) continue
    const row = outbox.schema.parse(value)
    const made = { delete: progress.key(row.lane, row.id) }
    await store.commit([{ delete: key, if: version }, made, ...(await unsaid(store, campaign, row))])
  }
}

/** After a standstill, duties of days before the last working day are not said any more. The log gives their number. */
export async function noteStandstill(
  { store, log, schedules }: PushParts,
  snapshot: Snapshot,
  date: Temporal.PlainDate,
): Promise<void> {
  const found = await store.get(lastRun.key())
  const last = found && Temporal.PlainDate.from(lastRun.schema.parse(found.value).date)
  if (last && Temporal.PlainDate.compare(last, date) >= 0) return
  await store.commit([{ put: lastRun.key(), value: { date: date.toString() } }])
  const { calendar } = snapshot.world
  const days: Temporal.PlainDate[] = []
  for (let day = last ?? date; Temporal.PlainDate.compare(day, date) < 0; day = nextWorkingDay(calendar, day))
    days.push(day)
  const stale = days.slice(0, -1)
  if (stale.length === 0) return
  const told = await toldOn(store, date)
  const steps = stale
    .flatMap((day) => schedules.flatMap((schedule) => schedule.due(snapshot, day)))
    .filter((due) => !told.said(ledgerEntry(due))).length
  if (steps > 0)
    log.info(
      { workingDays: stale.length, steps },
      'schedules: after a standstill, steps older than one working day are dropped',
    )
}
