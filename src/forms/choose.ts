import type { Ask, Card } from '../bot/messages/message.ts'
import { buttonKey, type Tap } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'

/** How many a card can offer (src/bot/messages/message.ts). */
const most = { buttons: 6, selection: 10, list: 20 }
/** The key under which a selection's or a list's choice comes back. */
const choiceQuestion = 'choice'

export type Choosable = { id: string; text: string }

/**
 * How a choice is offered. `handler` and `action` are the tap's key before the chosen id, `args` come between. `what` is chosen (`党总支`):
 * where it is given seven to ten may stand in a selection, which is preset to its first entry, so only where a choice by mistake does
 * nothing but show, or with the first of them `apart`: on a button of its own beside. `confirm`: the word on the button of a selection or
 * list.
 */
type Offered = {
  handler: string
  action: string
  args?: readonly string[]
  what?: string
  confirm?: string
  apart?: true
} & Pick<Card, 'desc' | 'rows' | 'text' | 'words'>

/** Offers any number of choices: buttons, a selection, a list, or numbers in text; never drops one. */
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
 * The id that a tap on what was offered means; empty where nothing was picked. `at`: how many `args` stand before it. A card asks one
 * thing, whatever its question was called when it was sent.
 */
export const chosenId = ({ args, picked }: Pick<Tap, 'args' | 'picked'>, at = 0): string =>
  args[at] || (Object.values(picked)[0]?.[0] ?? '')
