import { z } from 'zod'
import type { Card } from './message.ts'

/** What may be typed instead of tapping the card shown last: a label or, in numbered text, its number. */
export const Choice = z.strictObject({
  text: z.string(),
  button: z.string(),
  picked: z.record(z.string(), z.array(z.string())),
})
export type Choice = z.infer<typeof Choice>

/** What may be typed instead of tapping this card. Labels of buttons come last: options are what the numbers count. */
export function choicesOf(card: Card): Choice[] {
  const ask = card.ask
  if (!ask || card.closed !== undefined) return []
  const tap = (text: string, button: string, picked: Choice['picked'] = {}): Choice => ({ text, button, picked })
  if (ask.kind === 'list')
    return ask.options.map((option) => tap(option.text, ask.submit.key, { [ask.question]: [option.id] }))
  if (ask.kind === 'checklist' || ask.kind === 'form') return []
  const { selection, buttons } = ask
  const [confirm, ...others] = buttons
  if (!selection || !confirm) return buttons.map((button) => tap(button.text, button.key))
  return [
    ...selection.options.map((option) => tap(option.text, confirm.key, { [selection.question]: [option.id] })),
    ...others.map((button) => tap(button.text, button.key)),
  ]
}

const heading = (card: Card): string[] => [
  [card.title, card.desc].filter(Boolean).join('\n'),
  ...(card.rows ?? []).map((row) => `${row.name} ${row.value}`),
  ...(card.text ? [card.text] : []),
  ...(card.link ? [`${card.link.text}：${card.link.url}`] : []),
]

/** The choices as lines, to be answered by number. */
export const numberedLines = (choices: readonly Choice[]): string[] => [
  ...choices.map((choice, i) => `${i + 1}. ${choice.text}`),
  '请回复数字或名称。',
]

/**
 * A card as text, for people who see no cards. `numbered`: its choices are answered by number. A card that says in `words` how to answer is
 * not numbered.
 */
export function asText(card: Card): { text: string; choices: Choice[]; numbered: boolean } {
  const choices = choicesOf(card)
  const numbered = card.words === undefined && choices.length > 0
  const lines = heading(card)
  if (numbered) lines.push(...numberedLines(choices))
  if (card.words) lines.push(card.words)
  return { text: lines.join('\n'), choices, numbered }
}

/** A card as text on a channel that shows cards. There no number is a choice, so the names alone are offered. */
export function inNames(card: Card): string {
  const choices = choicesOf(card)
  const named = choices.length > 0 && card.words === undefined
  const offered = named ? [...choices.map(({ text }) => `· ${text}`), '请回复名称。'] : []
  return [...heading(card), ...offered, ...(card.words ? [card.words] : [])].join('\n')
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s。，,.!！？?“”"'「」]/g, '')
    .toLowerCase()

/** The choice that a text means: by its number, if they were numbered, or by its full label. */
export function chosen(text: string, choices: readonly Choice[], numbered: boolean): Choice | undefined {
  const typed = plain(text)
  if (numbered && /^\d{1,3}$/.test(typed)) return choices[Number(typed) - 1]
  const same = choices.filter((choice) => plain(choice.text) === typed)
  return same.length === 1 ? same[0] : undefined
}
