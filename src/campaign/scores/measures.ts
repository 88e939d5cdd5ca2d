import { z } from 'zod'

export const measureStates = ['未开始', '进行中', '已完成'] as const
export type MeasureState = (typeof measureStates)[number]

/** A measure of a branch: what, by whom, by when (ISO day), how far. `note`: what was said of its state last. */
export const Measure = z.strictObject({
  what: z.string(),
  who: z.string(),
  by: z.string(),
  state: z.enum(measureStates),
  note: z.string().exactOptional(),
  /** Taken back, with the reason: it keeps its number and counts no more. */
  withdrawn: z.string().exactOptional(),
})
export type Measure = z.infer<typeof Measure>
