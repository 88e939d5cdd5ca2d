import type { Fillable } from '../../bot/turn/handler.ts'
import { inWords } from '../../campaign/plan/worded.ts'
import { linesOf, piecesOf } from '../../campaign/reading/pieces.ts'
import { namesOf as namesInCollege, shortName } from '../../campaign/roster/branch-names.ts'
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
    sample: (campaign) => `支部名 ${inWords(sample, campaign)}`,
    meant: (turn) => Promise.resolve(form.subjects(turn).length > 0 ? { id: '', title: `支部${word}` } : undefined),
    async isDone(turn) {
      const { done } = await sorted(form, turn, form.subjects(turn))
      return done.length === form.subjects(turn).length
    },
    async fill(turn, text) {
      const subjects = form.subjects(turn)
      const all = namesInCollege(turn.roster)
      const [only, ...others] = subjects
      // Whoever fills in for somebody with one branch need not name it.
      const isNameless = others.length === 0 && splitBranch(text, all) === undefined
      const { pieces, stop } = isNameless
        ? { pieces: only ? [{ id: only.id, text }] : [] }
        : piecesOf(linesOf(text), { own: namesOf(turn, subjects), all })
      const [piece, ...more] = pieces
      const subject = find(form, turn, piece?.id ?? '')
      if (piece && more.length > 0) return { say: '代填一次填一个支部，都还没有记下。请每个支部发一条。' }
      if (!piece || !subject || stop !== undefined || form.tells(turn, subject, piece.text) === undefined)
        return {
          say: `没有读懂是哪个支部的${word}。请写“代填 ${turn.who.name} 支部名 ${inWords(sample, turn.campaign)}”。`,
        }
      const filled = await form.fills(turn, subject, piece.text)
      if ('say' in filled) return filled
      return { title: `${subject.label}${word}`, lines: filled.lines, how: `${word} ${shortName(subject.label)}` }
    },
  }
}
