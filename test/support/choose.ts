import { preset } from '../../src/platforms/simulator/card-reading.ts'
import type { TemplateCard } from '../../src/platforms/simulator/template-card.ts'

/**
 * The choices before a tap, each named by the option's text, its first word (`3` of `3 班子建设`) or its id.
 * `pick`: the choice, or in a checklist all ticked options. `untick`: the options to untick in a checklist.
 */
export type Choose = { pick?: readonly string[]; untick?: readonly string[] }

/** The option ids by question key, and the number of actions that the choices cost a person: one for a tick, two for a select. */
export function chosen(card: TemplateCard, { pick = [], untick = [] }: Choose) {
  const picked: { [question: string]: string[] } = {}
  let actions = 0
  const unused = new Set([...pick, ...untick])
  for (const question of [card.checkbox, card.button_selection, ...(card.select_list ?? [])]) {
    if (!question) continue
    const named = (names: readonly string[]): string[] =>
      question.option_list.flatMap(({ id, text }) => {
        const name = names.find((one) => [id, text, text.split(' ')[0]].includes(one))
        if (name !== undefined) unused.delete(name)
        return name === undefined ? [] : [id]
      })
    const before = preset(card)[question.question_key] ?? []
    const wanted = named(pick)
    const off = named(untick)
    const after = (wanted.length > 0 ? wanted : before).filter((id) => !off.includes(id))
    picked[question.question_key] = after
    const changed = [...before, ...after].filter((id) => before.includes(id) !== after.includes(id)).length
    if (question === card.checkbox && card.checkbox.mode === 1) actions += changed
    else if (changed > 0) actions += question === card.checkbox ? 1 : 2
  }
  if (unused.size > 0)
    throw new Error(`no option ${[...unused].join('、')} on the card:\n${JSON.stringify(card, undefined, 1)}`)
  return { picked, actions }
}
