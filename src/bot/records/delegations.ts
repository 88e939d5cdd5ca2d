import { z } from 'zod'
import { table } from '../../store/table.ts'

/** Who fills in for whom. Keys: delegate, principal. What they enter is a draft of the principal, who alone submits it. */
export const delegations = table('delegation', z.strictObject({ at: z.string() }))
