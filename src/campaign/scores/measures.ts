import { z } from 'zod'

export const measureStates = ['未开始', '进行中', '已完成'] as const
export type MeasureState = (typeof measureStates)[number]

/** A measure of a branch: what, by whom, by when (ISO day), and its state. `note` holds the last words about its state. */
export const Measure = z.strictObject({
  what: z.string(),
  who: z.string(),
  by: z.string(),
  state: z.enum(measureStates),
  note: z.string().exactOptional(),
  /** The reason for taking it back. The measure keeps its number and no longer counts. */
  withdrawn: z.string().exactOptional(),
})
export type Measure = z.infer<typeof Measure>
