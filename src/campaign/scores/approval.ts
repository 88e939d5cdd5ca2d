import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Post } from '../roster/roster.ts'

/** The posts that may record a level's decision on a proposed result. They are posts of the whole college. */
export const approverPosts = [
  'organization-department',
  'committee-secretary',
  'deputy-secretary',
] as const satisfies readonly Post[]

/** One level that decides between submission and filing: its name (`党委`), and the post that records its decision. */
export type Approver = { name: string; by: Post }

/**
 * One level's decision on a card. `name` is the level's name. `on` is the day of the decision, an ISO date. `band` is the band of the result
 * from then on. `reason` is there only if the level changed the proposed band. `by` is the id of the person who recorded the decision, `at`
 * the ISO instant at which they did.
 */
export const Approval = z.strictObject({
  name: z.string(),
  by: z.string(),
  at: z.string(),
  on: z.string(),
  band: z.string(),
  reason: z.string().exactOptional(),
})
export type Approval = z.infer<typeof Approval>

/** Says a decision in words: `党委10月12日同意`, `党委10月12日改定为四星：品牌不够`. */
export function approvalWords({ name, on, band, reason }: Approval): string {
  const { month, day } = Temporal.PlainDate.from(on)
  return `${name}${month}月${day}日${reason === undefined ? '同意' : `改定为${band}：${reason}`}`
}
