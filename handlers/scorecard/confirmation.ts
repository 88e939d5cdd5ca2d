import type { Button, Card } from '../../src/bot/messages/message.ts'
import { resultFor } from '../../src/bot/records/results.ts'
import { earlierOf, selfScoreOf } from '../../src/bot/records/rounds.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { correctionOf } from '../../src/campaign/scores/checklist-words.ts'
import { inputsOf } from '../../src/campaign/scores/inputs.ts'
import {
  type Complete,
  kindWords,
  lineOf,
  notesOf,
  rule,
  sectionRows,
  sumRow,
} from '../../src/campaign/scores/result-words.ts'
import { bandIn, borderIn, totalIn } from '../../src/campaign/scores/results.ts'
import { bandOf, grainOf, isComplete } from '../../src/campaign/scores/rubric.ts'
import { fitted } from '../../src/forms/fitted.ts'
import { name, type OpenScorecard, recordOf, rubricFor, type ScorecardSubject } from './subject.ts'

type Shown = Complete & { subject: ScorecardSubject }

/** The confirmation of all that is open, once nothing of it is missing. */
export async function confirms(turn: Turn, open: readonly OpenScorecard[], stamp: string): Promise<void> {
  const all: Shown[] = []
  for (const { subject, draft } of open) {
    const { scores, vetoes } = draft.fields
    if (!isComplete(scores)) continue
    all.push({
      subject,
      scores,
      rubric: rubricFor(turn, subject),
      inputs: inputsOf(draft.fields),
      self: await selfScoreOf(turn, subject),
      record: await recordOf(turn, subject),
      earlier: await earlierOf(turn, subject),
      result: await resultFor(turn, { ...subject, scores, vetoes }),
    })
  }
  const [only, ...more] = all
  if (only) turn.show(more.length === 0 ? one(turn, only, stamp) : several(turn, all, stamp))
}

/** `id`: of one subject; empty where several are confirmed together. */
const asking = (id: string, stamp: string): { kind: 'buttons'; buttons: Button[] } => ({
  kind: 'buttons',
  buttons: [
    { text: '提交', key: buttonKey(name, 'submit', id, stamp), style: 'primary' },
    { text: '修改', key: buttonKey(name, 'edit', id, stamp) },
  ],
})

/** Characters that the card's text has room for beside the rule. */
const longestNotes = 90

/**
 * A row a section, then total and band, the rule, the items below full marks and what was said of the card. What is too long for it stands
 * in a text before it.
 */
function one(turn: Turn, shown: Shown, stamp: string): Card {
  const { subject, scores, self, rubric, earlier, result } = shown
  const { bands } = turn.campaign
  const title = `${subject.label} · ${earlier ? '复评' : kindWords[subject.kind]}`
  const rows = sectionRows(rubric, scores, self)
  const total = totalIn(shown)
  const fits = rows.length < 6
  const notes = notesOf(shown, bands).join('\n')
  const text = [
    ...(fits ? [] : rows.map((row) => `${row.name} ${row.value}`)),
    ...(total !== undefined && bandIn(shown, bands) === bandOf(total, bands)
      ? [rule(total, bands, grainOf(rubric))]
      : []),
    result?.how ?? '',
    fitted(turn, notes, { most: longestNotes, head: [title], instead: '' }),
  ]
  return {
    title,
    rows: [...(fits ? rows : []), sumRow(shown, bands, self)],
    text: text.filter(Boolean).join('\n'),
    ask: asking(subject.id, stamp),
    words: `确认无误请回复“提交”，要改请回复“修改”或“${correctionOf(rubric)}”这样的话。`,
  }
}

const longestText = 160
/** A row a branch, one 提交. */
function several(turn: Turn, all: readonly Shown[], stamp: string): Card {
  const { bands } = turn.campaign
  const lines = ({ brief = false } = {}): string =>
    all.map((each) => `${shortName(each.subject.label)} ${lineOf(each, bands, { brief })}`).join('\n')
  const brief = lines({ brief: true })
  const instead = Array.from(brief).length <= longestText ? brief : `共${all.length}个支部，各行见上一条。`
  const isMarked = all.some((each) => borderIn(each, bands))
  return {
    title: `${all.length}个支部评分`,
    ...(isMarked ? { desc: '有临界分，请核实。' } : {}),
    text: fitted(turn, lines(), { most: longestText, instead }),
    ask: asking('', stamp),
    words: '确认无误请回复“提交”，要改请回复“修改”或“支部名 第3项4”。',
  }
}
