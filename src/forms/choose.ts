import type { Ask, Card } from '../bot/messages/message.ts'
import { buttonKey, readButtonKey, type Tap } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'

/** The most choices that a card can offer (src/bot/messages/message.ts). */
const most = { buttons: 6, selection: 10, list: 20 }
/** The key under which the choice of a selection or a list comes back. */
const choiceQuestion = 'choice'

export type Choosable = { id: string; text: string }

/**
 * How choices are offered. `handler` and `action` begin the tap's key; `args` come next, and then the chosen id.
 * `what` names the choices (`党总支`). If it is given, seven to ten choices may stand in a selection. A selection is preset to its first
 * entry, so it is used only if a choice by mistake does nothing but show something, or with `apart`: then the first choice has its own
 * button. `confirm` is the word on the button of a selection or list.
 */
type Offered = {
  handler: string
  action: string
  args?: readonly string[]
  what?: string
  confirm?: string
  apart?: true
} & Pick<Card, 'desc' | 'rows' | 'text' | 'words'>

/** Offers any number of choices: as buttons, a selection, a list, or numbers in text. It never drops one. */
export function choose(
  turn: Turn,
  title: string,
  { options, offered }: { options: readonly Choosable[]; offered: Offered },
): void {
  const { handler, action, args = [], what, confirm = '确定', apart, ...above } = offered
  const keyOf = (id: string): string => buttonKey(handler, action, ...args, id)
  const one = options.map(({ id, text }) => ({ text, key: keyOf(id) }))
  if (options.length > most.list) return turn.offer(headOf({ title, ...above }), one)
  turn.show({ title, ...above, ask: asking() })

  function asking(): Ask {
    if (options.length <= most.buttons) return { kind: 'buttons', buttons: one }
    const all = options.map(({ id, text }) => ({ id, text }))
    const submit = { text: confirm, key: keyOf(''), style: 'primary' } as const
    const [first] = one
    const among = apart ? all.slice(1) : all
    if (what === undefined || !first || among.length > most.selection)
      return { kind: 'list', question: choiceQuestion, options: all, submit }
    const selection = { question: choiceQuestion, title: what, options: among }
    return { kind: 'buttons', buttons: apart ? [submit, first] : [submit], selection }
  }
}

const headOf = ({ title, desc, rows = [], text }: Pick<Card, 'title' | 'desc' | 'rows' | 'text'>): string =>
  [title, desc, ...rows.map(({ name, value }) => `${name} ${value}`), text].filter(Boolean).join('\n')

/**
 * The id that a tap means; empty if nothing was picked. `at` is the number of `args` before it. A card asks one thing, so the question's
 * name at that time does not matter.
 */
export const chosenId = ({ args, picked }: Pick<Tap, 'args' | 'picked'>, at = 0): string =>
  args[at] || (Object.values(picked)[0]?.[0] ?? '')

/**
 * The tap that a number of an offered choice or a part of its label means: `难点` for 难点堵点热点. Undefined if it is a part of none or of
 * several.
 */
export function tapBy(
  { session }: Turn,
  { handler, action }: Pick<Offered, 'handler' | 'action'>,
  text: string,
): Tap | undefined {
  const typed = text.trim()
  const choices = session.choices.flatMap(({ text: label, button, picked }) => {
    const key = readButtonKey(button)
    return key?.handler === handler && key.action === action ? [{ label, tap: { action, args: key.args, picked } }] : []
  })
  if (/^\d{1,2}$/.test(typed)) return choices[Number(typed) - 1]?.tap
  const [fit, ...more] = choices.filter(({ label }) => typed.length > 1 && label.includes(typed))
  return more.length === 0 ? fit?.tap : undefined
}
