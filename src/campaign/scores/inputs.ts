import { z } from 'zod'

/** The masses' appraisal (群众评议): percent, and where it comes from. Decision 12. */
export const Appraisal = z.strictObject({ percent: z.number(), source: z.string() })
export type Appraisal = z.infer<typeof Appraisal>

/** What stands beside a score and is never reckoned (J4): the masses' appraisal, 年度考核 and 调查摸底 in the grader's words. */
export const inputFields = {
  appraisal: Appraisal.exactOptional(),
  annual: z.string().exactOptional(),
  survey: z.string().exactOptional(),
}
const Inputs = z.object(inputFields)
export type Inputs = z.infer<typeof Inputs>

/** Those of a card or a draft that holds more. */
export const inputsOf = (card: Inputs | undefined): Inputs => Inputs.parse(card ?? {})
