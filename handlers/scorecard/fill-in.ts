import { keepDraft } from '../../src/bot/records/drafts.ts'
import { resultFor, rubricOf } from '../../src/bot/records/results.ts'
import { cardOf } from '../../src/bot/records/rounds.ts'
import type { Fillable } from '../../src/bot/turn/handler.ts'
import { readCard } from '../../src/campaign/reading/read-scores.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { splitBranch } from '../../src/campaign/roster/names.ts'
import { sentenceOf } from '../../src/campaign/scores/results.ts'
import { fullMarks, isComplete } from '../../src/campaign/scores/rubric.ts'
import { isDone } from '../../src/campaign/scores/scorecard.ts'
import { known, roundField, scoreForm, scorers, sheetsOf } from './sheet.ts'

/** Scores that somebody else enters: a whole card of one branch. */
export const fillableScores: Fillable = {
  name: scoreForm.name,
  word: '评分',
  by: scorers,
  sample: '支部名 除3扣1，其余满分',
  meant: (turn) => Promise.resolve(sheetsOf(turn).length > 0 ? { id: '', title: '支部评分' } : undefined),
  async isDone(turn) {
    for (const { branch, kind } of sheetsOf(turn)) if (!isDone(await cardOf(turn, branch, kind))) return false
    return true
  },
  async fill(turn, text) {
    const sheets = sheetsOf(turn)
    const begun = splitBranch(text, known(turn, sheets))
    const { match } = begun ?? {}
    const sheet = match?.kind === 'one' ? sheets.find(({ subject }) => subject === match.id) : undefined
    const rubric = sheet && rubricOf(turn, sheet.branch)
    const reading = begun && rubric ? readCard(begun.rest, rubric) : undefined
    if (!sheet || !rubric || !reading || reading.kind === 'other')
      return { say: `没有读懂是哪个支部的评分。请写“代填 ${turn.who.name} 支部名 除3扣1，其余满分”。` }
    if (reading.kind === 'unread') return { say: reading.sentence }
    const count = fullMarks(rubric).length
    if (!isComplete(reading.scores)) return { say: `${count}项没有写全，请写全后再发，如“除3扣1，其余满分”。` }
    const { scores } = reading
    const fields = { scores: [...scores], todo: [], ...(await roundField(turn, sheet)) }
    await keepDraft(turn, scoreForm, sheet.subject, fields)
    const result = await resultFor(turn, { ...sheet, scores })
    return {
      title: `${sheet.name}评分`,
      lines: [`${sentenceOf({ scores, result }, turn.campaign.bands)}。`],
      how: `评分 ${shortName(sheet.name)}`,
    }
  },
}
