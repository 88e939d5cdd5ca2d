import type { Turn } from '../bot/turn/turn.ts'

/**
 * A text as a card can hold it: the text itself, or `instead` if it is longer than `most` characters. Then a message before the card holds
 * the whole text, under `head`.
 */
export function fitted(
  turn: Turn,
  text: string,
  {
    most = 150,
    head = [],
    instead = '全文见上一条。',
  }: { most?: number; head?: readonly string[]; instead?: string } = {},
): string {
  if (Array.from(text).length <= most) return text
  turn.say([...head, text].join('\n'))
  return instead
}
