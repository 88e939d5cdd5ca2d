import { z } from 'zod'
import { table } from '../../store/table.ts'

/** `of` says what is filled in: by the form's name, the id of the subject. */
const Delegation = z.strictObject({ at: z.string(), of: z.record(z.string(), z.string()) })
export type Delegation = z.infer<typeof Delegation>
/** A delegation from the time before every form had them: of a month's liaison report, or else of the scores. */
const OfBefore = z
  .strictObject({ at: z.string(), month: z.string().exactOptional() })
  .transform(({ at, month }): Delegation => ({ at, of: month === undefined ? { score: '' } : { report: month } }))

/**
 * Who fills in for whom. Keys: delegate, principal. What the delegate enters is a draft of the principal, and only the principal can submit
 * it.
 */
export const delegations = table<Delegation>('delegation', z.union([Delegation, OfBefore]))

/** A delegation ends by itself after this many days. */
export const delegatedDays = 30
