import { z } from 'zod'
import { opaqueId } from '../../store/opaque-id.ts'
import type { Key, Versioned } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import type { Inbound } from '../messages/message.ts'
import type { Changes } from '../records/changes.ts'

/** The events that were taken. A repeat has no second effect, however late it comes. Kept until the campaign is purged. */
const taken = table('once', z.strictObject({ at: z.number() }))
/** The last event taken from a source that may send equal events on purpose or by accident (`Inbound.lastOf`). */
const lastTaken = table('once-last', z.strictObject({ once: z.string() }))

/**
 * Numbers of messages stay, because they rise with time and so new keys lie together. Everything else may hold an account and is hashed.
 */
export const idOf = (text: string): string => (/^\d{1,20}$/.test(text) ? text.padStart(20, '0') : opaqueId(text))

/** The key under which an event was taken, if it was. */
export const onceKey = ({ channel, once, lastOf }: Inbound): Key =>
  lastOf === undefined ? taken.key(channel, idOf(once)) : lastTaken.key(channel, idOf(lastOf))

/** Whether an event was taken before. `found` is what the store has under its key. */
export const isRepeat = ({ once, lastOf }: Inbound, found: Versioned | undefined): boolean =>
  found !== undefined && (lastOf === undefined || lastTaken.schema.parse(found.value).once === idOf(once))

/** Writes with the effects of an event that it was taken. */
export async function noteTaken(changes: Changes, inbound: Inbound): Promise<void> {
  const ids = onceKey(inbound).slice(1)
  if (inbound.lastOf === undefined) changes.append(taken, ids, { value: { at: Date.now() } })
  else await changes.put(lastTaken, ids, { value: { once: idOf(inbound.once) } })
}
