import { z } from 'zod'
import { table } from '../../store/table.ts'

/** `of`: what is filled in, the id of what was meant by the form's name. */
const Delegation = z.strictObject({ at: z.string(), of: z.record(z.string(), z.string()) })
export type Delegation = z.infer<typeof Delegation>
/** A delegation of before every form had them: of a month's liaison report, else of the scores. */
const OfBefore = z
  .strictObject({ at: z.string(), month: z.string().exactOptional() })
  .transform(({ at, month }): Delegation => ({ at, of: month === undefined ? { score: '' } : { report: month } }))

/** Who fills in for whom. Keys: delegate, principal. What they enter is a draft of the principal, who alone submits it. */
export const delegations = table<Delegation>('delegation', z.union([Delegation, OfBefore]))

/** Days after which a delegation ends by itself. */
export const delegatedDays = 30
