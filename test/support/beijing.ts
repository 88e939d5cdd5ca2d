import { Temporal } from 'temporal-polyfill'

/** `2022-04-26 09:07` in Beijing. */
export const beijing = (text: string): Temporal.ZonedDateTime =>
  Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime('Asia/Shanghai')
