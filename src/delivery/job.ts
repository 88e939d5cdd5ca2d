import type { Channel, Outcome, Parcel } from '../bot/messages/channel.ts'
import type { OutboxRow, Progress } from '../bot/messages/outbox.ts'

/** A row on its way. `state.attempted`: a request was begun and its result is unknown. */
export type Job = { channel: Channel; to: Parcel['to']; row: OutboxRow; state: Progress }
/** The result of a request that did not go out. */
export type Failed = Exclude<Outcome, { kind: 'sent' | 'anew' }>

export const fresh: Progress = { sent: 0, attempts: 0, attempted: false, anew: false }

export const parcelOf = ({ row, to, state: { anew } }: Pick<Job, 'row' | 'to' | 'state'>): Parcel => ({
  id: anew ? `${row.id}-anew` : row.id,
  to,
  message: row.message,
  ...(row.handle && !anew ? { handle: row.handle } : {}),
  inPlace: row.inPlace && !anew && row.handle !== undefined,
  unique: row.unique,
})

/** Whether the platform itself drops the repeat of a message that schedules started. */
export const deduplicates = (row: OutboxRow): boolean => row.to === 'person' && row.channel === 'wecom'
