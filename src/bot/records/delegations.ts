import { z } from 'zod'
import { table } from '../../store/table.ts'

/**
 * Who fills in for whom. Keys: delegate, principal. What they enter is a draft of the principal, who alone submits it. `month`: of the liaison
 * report that is meant; without it the scores are.
 */
export const delegations = table('delegation', z.strictObject({ at: z.string(), month: z.string().exactOptional() }))
export type Delegation = z.infer<typeof delegations.schema>

/** Days after which a delegation ends by itself. */
export const delegatedDays = 30
