import type { Temporal } from 'temporal-polyfill'
import { once } from '../once.ts'

/** A day as `2022-06-30`, reckoned once for each object: thousands of people share the object of one deadline. */
export const isoOf = once((day: Temporal.PlainDate) => day.toString())
