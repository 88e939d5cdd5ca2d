import { z } from 'zod'
import { brandStages } from '../../src/campaign/brand/read-brand.ts'
import type { Unit } from '../../src/forms/own-units.ts'
import { recordTable } from '../../src/forms/record.ts'

/** A unit's 一支部一品牌, in the secretary's words. Plan, 三（九）. */
export const Brand = z.strictObject({ name: z.string(), stage: z.enum(brandStages), about: z.string() })
export type Brand = z.infer<typeof Brand>
/** Keys: campaign, `branch` or `general`, id of the unit. */
export const brands = recordTable('brand', Brand)

export const honours = ['特色支部', '特色院系', '党建品牌'] as const
/** The honour of a recognised unit. Keys: campaign, honour, `branch` or `general`, id of the unit. */
export const recognitions = recordTable('recognition', z.strictObject({ honour: z.enum(honours) }))

export const unitKey = ({ kind, id }: Pick<Unit, 'kind' | 'id'>): string => `${kind}~${id}`
