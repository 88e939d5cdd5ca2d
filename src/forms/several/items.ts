import { buttonKey, type Tap } from '../../bot/turn/handler.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import { choose, chosenId } from '../choose.ts'
import type { Item, OfBranch, Open, SeveralForm } from './form.ts'

/** The most options of a checklist (src/bot/messages/message.ts). */
const mostTicks = 20

/**
 * All items at once: as a form if the channel has forms, otherwise to tick, or in words if there are too many for a card. `note` is said
 * first.
 */
export async function showItems<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { one, note = '' }: { one: Open<F, S>; note?: string },
): Promise<void> {
  const { subject, draft } = one
  const { title, ticks, fields, how, words } = await form.items(turn, one)
  if (turn.can.forms) {
    const submit = { text: '提交', key: buttonKey(form.name, 'form', subject.id) }
    const { all, ...head } = fields
    return turn.show({ ...head, ask: { kind: 'form', fields: all, submit }, words: how })
  }
  if (turn.can.cards && ticks.options.length <= mostTicks) {
    const key = buttonKey(form.name, 'ticked', subject.id, draft.stamp)
    const submit = { text: '下一步', key, style: 'primary' } as const
    const ask = { kind: 'checklist', question: 'items', options: ticks.options, submit } as const
    return turn.show({ title, desc: `${note}${ticks.desc}`, ask })
  }
  turn.session.choices = []
  turn.say(words)
}

/**
 * One item with a button for each choice. Many choices stand in a selection with the best one apart, because an item may be unticked by
 * mistake.
 */
export const showItem = <F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { one: { subject, draft }, item }: { one: Open<F, S>; item: Item },
): void => {
  const { number, options, title, ...above } = item
  const args = [subject.id, draft.stamp, String(number)]
  choose(turn, title, { options, offered: { handler: form.name, action: 'item', args, apart: true, ...above } })
}

/** A tap on a list or an item that is still current. Returns whether the conversation continues from there. Undefined: it is neither. */
export async function itemTapped<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { one, tap }: { one: Open<F, S>; tap: Tap },
): Promise<boolean | undefined> {
  const { action, args, picked } = tap
  if (action === 'item') {
    // Older cards have `picked` if the choice stands in the selection.
    const id = args[3] === 'picked' ? chosenId({ args: [], picked }) : chosenId(tap, 3)
    await form.takesItem(turn, one, { number: Number(args[2]), id })
    return true
  }
  if (action !== 'ticked') return undefined
  const ids = Object.values(picked)[0] ?? []
  // A submission with nothing ticked may arrive without its items, so it is never read as “no item at all”.
  if (ids.length > 0) await form.takesTicks(turn, one, ids)
  else {
    const note = `没有收到打勾的项，没有改动。各项都不是时请直接发全部${form.what}，如“4 4 3 …”。`
    await showItems(form, turn, { one, note })
  }
  return ids.length > 0
}
