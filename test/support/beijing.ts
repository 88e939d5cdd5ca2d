import { Temporal } from 'temporal-polyfill'

/** An instant in Beijing, written `2022-04-26 09:07`. */
export const beijing = (text: string): Temporal.ZonedDateTime =>
  Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime('Asia/Shanghai')
