import { z } from 'zod'

/** The masses' appraisal (群众评议): the percentage and its source. Decision 12. */
export const Appraisal = z.strictObject({ percent: z.number(), source: z.string() })
export type Appraisal = z.infer<typeof Appraisal>

/** Facts beside a score that never change it (J4): the masses' appraisal, and 年度考核 and 调查摸底 in the grader's words. */
export const inputFields = {
  appraisal: Appraisal.exactOptional(),
  annual: z.string().exactOptional(),
  survey: z.string().exactOptional(),
}
const Inputs = z.object(inputFields)
export type Inputs = z.infer<typeof Inputs>

/** The inputs of a card or draft. */
export const inputsOf = (card: Inputs | undefined): Inputs => Inputs.parse(card ?? {})
