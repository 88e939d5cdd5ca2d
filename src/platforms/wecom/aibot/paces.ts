import type { Pace, Parcel } from '../../../bot/messages/channel.ts'

/**
 * The limits for answers and pushes together: 30 a minute and 1,000 an hour for each chat (wecom.md §15). Our windows are a little longer,
 * because a message that we sent in time may arrive late.
 */
export function chatPaces({ to, handle }: Parcel): Pace[] {
  const group = 'group' in to ? to.group.key : handle?.['inGroup'] === true ? handle['chat'] : undefined
  const chat = group ?? ('account' in to ? to.account.toLowerCase() : '')
  return limited(`aibot chat ${String(chat)}`, 30)
}

export const uploadPaces = (): Pace[] => limited('aibot uploads', 30)

const limited = (bucket: string, aMinute: number): Pace[] => [
  { bucket, count: aMinute, ms: 61_000 },
  { bucket: `${bucket} hour`, count: 1000, ms: 3_610_000 },
]
