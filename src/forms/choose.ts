import { buttonKey } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'

/** How many a card can offer (src/bot/messages/message.ts). */
const most = { buttons: 6, list: 20 }
/** The key under which a list's choice comes back. */
const choiceQuestion = 'choice'

export type Choosable = { id: string; text: string }

/**
 * Offers any number of choices: buttons, a list, or numbers in text; never drops one. `key`: handler and action of the tap, before the
 * chosen id; `args` come between.
 */
export function choose(
  turn: Turn,
  title: string,
  options: readonly Choosable[],
  { handler, action, args = [], text }: { handler: string; action: string; args?: readonly string[]; text?: string },
): void {
  const keyOf = (id: string): string => buttonKey(handler, action, ...args, id)
  const above = text === undefined ? {} : { text }
  if (options.length <= most.buttons)
    return turn.show({
      title,
      ...above,
      ask: { kind: 'buttons', buttons: options.map(({ id, text: label }) => ({ text: label, key: keyOf(id) })) },
    })
  if (options.length <= most.list)
    return turn.show({
      title,
      ...above,
      ask: {
        kind: 'list',
        question: choiceQuestion,
        options: options.map(({ id, text: label }) => ({ id, text: label })),
        submit: { text: '确定', key: keyOf(''), style: 'primary' },
      },
    })
  turn.offer(
    [title, ...(text === undefined ? [] : [text])].join('\n'),
    options.map(({ id, text: label }) => ({ text: label, key: keyOf(id) })),
  )
}

/** The id that a tap on what was offered means; empty where nothing was picked. `at`: how many `args` stand before it. */
export const chosenId = (
  { args, picked }: { args: string[]; picked: { [question: string]: string[] } },
  at = 0,
): string => args[at] || (picked[choiceQuestion]?.[0] ?? '')
