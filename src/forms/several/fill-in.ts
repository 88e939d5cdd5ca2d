import type { Fillable } from '../../bot/turn/handler.ts'
import { shortName } from '../../campaign/roster/branch-names.ts'
import { splitBranch } from '../../campaign/roster/names.ts'
import { find } from './focus.ts'
import type { OfBranch, SeveralForm } from './form.ts'
import { namesOf, sorted } from './proceed.ts'

/** What a delegate may fill in: all of one branch at a time. */
export function fillable<F, S extends OfBranch>(form: SeveralForm<F, S>): Fillable {
  const { name, word, by, sample } = form
  return {
    name,
    word,
    by,
    sample: `支部名 ${sample}`,
    meant: (turn) => Promise.resolve(form.subjects(turn).length > 0 ? { id: '', title: `支部${word}` } : undefined),
    async isDone(turn) {
      const { done } = await sorted(form, turn, form.subjects(turn))
      return done.length === form.subjects(turn).length
    },
    async fill(turn, text) {
      const begun = splitBranch(text, namesOf(turn, form.subjects(turn)))
      const subject = begun?.match.kind === 'one' ? find(form, turn, begun.match.id) : undefined
      if (!begun || !subject || form.tells(turn, subject, begun.rest) === undefined)
        return { say: `没有读懂是哪个支部的${word}。请写“代填 ${turn.who.name} 支部名 ${sample}”。` }
      const filled = await form.fills(turn, subject, begun.rest)
      if ('say' in filled) return filled
      return { title: `${subject.label}${word}`, lines: filled.lines, how: `${word} ${shortName(subject.label)}` }
    },
  }
}
