import { z } from 'zod'
import { recordTable } from '../../src/forms/record.ts'

const count = z.number().int().min(0).exactOptional()
/** How many people of each kind; numbers alone, no name. `told`: of those beyond their term, who were told. */
export const Counts = z.strictObject({
  applicants: count,
  candidates: count,
  probationary: count,
  confirmed: count,
  beyond: count,
  told: count,
})
export type Counts = z.infer<typeof Counts>

/** Keys: campaign, ISO day of the milestone, branch. */
export const developments = recordTable('development', Counts)
