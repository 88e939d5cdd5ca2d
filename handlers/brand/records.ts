import { z } from 'zod'
import { recordTable } from '../../src/forms/record.ts'

export const stages = ['申报', '培育', '成型'] as const

/** A unit's 一支部一品牌, in the secretary's words. Plan, 三（九）. */
export const Brand = z.strictObject({ name: z.string(), stage: z.enum(stages), about: z.string() })
export type Brand = z.infer<typeof Brand>
/** Keys: campaign, `branch` or `general`, id of the unit. */
export const brands = recordTable('brand', Brand)

export const honours = ['特色支部', '特色院系', '党建品牌'] as const
export type Honour = (typeof honours)[number]
/** What a unit was recognised as. Keys: campaign, honour, `branch` or `general`, id of the unit. */
export const recognitions = recordTable('recognition', z.strictObject({ honour: z.enum(honours) }))
