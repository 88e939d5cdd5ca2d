/** The wordings of scores in test/cases, whose README explains a line. */
import { z } from 'zod'

const Values = z.record(z.string(), z.number())
const Want = z.union([z.literal('ask'), z.record(z.string(), z.union([z.number(), Values]))])
export const Wording = z.strictObject({
  kind: z.string(),
  before: z.array(z.string()).exactOptional(),
  text: z.string(),
  want: z.union([Want, z.array(Want)]),
  as: z.string().exactOptional(),
  branch: z.string().exactOptional(),
  open: z.array(z.number()).exactOptional(),
  kept: Values.exactOptional(),
  note: z.string().exactOptional(),
})
export type Wording = z.infer<typeof Wording>

export const wordingsOf = (lines: string): Wording[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => Wording.parse(JSON.parse(line)))
