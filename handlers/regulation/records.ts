import { z } from 'zod'
import { recordTable } from '../../src/forms/record.ts'

/** A proposal to revise a regulation, by field. Plan, 三（四）. */
export const Proposal = z.record(z.string(), z.string())
/** Keys: campaign, person, number of the person's proposal with leading zeros. */
export const proposals = recordTable('regulation', Proposal)
