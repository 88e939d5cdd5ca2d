import { z } from 'zod'
import type { Campaign } from '../../campaign/plan/campaign.ts'
import { table } from '../../store/table.ts'
import type { OutboxRow } from '../messages/outbox.ts'

/**
 * Counts by month that somebody was told something they had not just asked for, without its words. Keys: campaign, month, person, message.
 */
export const messagesTold = table('told', z.literal(true))

/** `date` is the ISO day on which it is said. */
export const toldIds = ({ id }: Pick<Campaign, 'id'>, row: Pick<OutboxRow, 'lane' | 'id'>, date: string): string[] => [
  id,
  date.slice(0, 7),
  row.lane,
  row.id,
]
