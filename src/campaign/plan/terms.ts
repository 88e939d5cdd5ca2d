import { parse } from 'yaml'
import { z } from 'zod'

const words = z.array(z.string().min(1)).min(1)

/** General facts of Party practice for all plans: `campaigns/terms.yaml`. */
const Terms = z.strictObject({
  meetings: z.array(z.strictObject({ name: z.string(), heldBy: words, notHeldBy: words, instead: z.string() })),
  leaving: z.strictObject({ words, months: z.int().positive(), requires: z.string() }),
  selfScores: z.strictObject({ words, weights: words }),
})
export type Terms = z.infer<typeof Terms>

/** Reads that file. Throws if the text is no such file, because it is part of the program. */
export const readTerms = (text: string): Terms => Terms.parse(parse(text))
