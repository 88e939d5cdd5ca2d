import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Post } from '../roster/roster.ts'

/** Who may say what was decided of a proposed result: posts of the whole college. */
export const approverPosts = [
  'organization-department',
  'committee-secretary',
  'deputy-secretary',
] as const satisfies readonly Post[]

/** One level between submission and filing: `党委`, and the post that says or records what it decided. */
export type Approver = { name: string; by: Post }

/**
 * What one level decided of a card. `name`: of the level; `on`: the day of the decision, an ISO date; `band`: what the result is from then
 * on; `reason`: only where it differs from what was proposed. `by`: id of who said it, `at`: ISO instant.
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

/** `党委10月12日同意`, `党委10月12日改定为四星：品牌不够`. */
export function approvalWords({ name, on, band, reason }: Approval): string {
  const { month, day } = Temporal.PlainDate.from(on)
  return `${name}${month}月${day}日${reason === undefined ? '同意' : `改定为${band}：${reason}`}`
}
