/** What a reviewer reads of a waiting scorecard, and of one that was decided. */
import { Temporal } from 'temporal-polyfill'
import { dayWords } from '../calendar/ladder.ts'
import { shortName } from '../roster/branch-names.ts'
import { approvalWords } from './approval.ts'
import { type Hint, hintWords } from './hints.ts'
import { earlierWords, inputWords, reasonsIn, rule } from './result-words.ts'
import { borderIn, gradeIn, totalIn } from './results.ts'
import type { Graded } from './rounds.ts'
import { type Bands, grainOf, type Rubric, type Scores, totalOf } from './rubric.ts'
import type { Scorecard } from './scorecard.ts'

/** A submitted card with everything beside it. `earlier` is the round before, in 复评. */
export type Reviewed = { card: Scorecard; self?: Scores; earlier?: Graded; hints: readonly Hint[] }

/** The points to look at, in one line: `临界，自评98，逾期2日`. Empty if there are none. */
const reviewMarks = ({ card, self, earlier, hints }: Reviewed, bands: Bands): string =>
  [
    borderIn(card, bands) ? '临界' : '',
    earlier ? `复评，第${earlier.round}轮${totalIn(earlier.card) ?? ''}` : '',
    self ? `自评${totalOf(self)}` : '',
    ...hints.map((hint) => hintWords[hint]),
    card.late ? `逾期${card.late}日` : '',
  ]
    .filter(Boolean)
    .join('，')

/** A waiting card in one line: `软件教研室 98 分 先进（自评98）`. `name` is the branch's. */
export function reviewLine(name: string, one: Reviewed, bands: Bands): string {
  const marks = reviewMarks(one, bands)
  return `${shortName(name)} ${gradeIn(one.card, bands)}${marks ? `（${marks}）` : ''}`
}

/** A summary of the cards that wait in one place: `3个待审，临界1，需留意1`. */
export function reviewSummary(waiting: readonly Reviewed[], bands: Bands): string {
  const boundary = waiting.filter(({ card }) => borderIn(card, bands)).length
  const hinted = waiting.filter(({ hints }) => hints.length > 0).length
  return [`${waiting.length}个待审`, boundary ? `临界${boundary}` : '', hinted ? `需留意${hinted}` : '']
    .filter(Boolean)
    .join('，')
}

/** Everything that is known of one card beside its scores, one thing on each line. */
export function reviewNotes(
  { card, earlier, hints }: Reviewed,
  { rubric, bands }: { rubric: Rubric; bands: Bands },
): string[] {
  const total = totalIn(card)
  const decided = card.approved ?? []
  const isByRule = total !== undefined && decided.every(({ reason }) => reason === undefined)
  return [
    ...(earlier ? [earlierWords(earlier, bands)] : []),
    ...(isByRule ? [rule(total, bands, grainOf(rubric))] : []),
    ...(card.result?.how ? [card.result.how] : []),
    ...decided.map((one) => `${approvalWords(one)}。`),
    ...(card.notice ? [`公示到${dayWords(Temporal.PlainDate.from(card.notice.until))}。`] : []),
    ...hints.map((hint) => `请留意：${hintWords[hint]}。`),
    ...(card.reasons ? [`各项说明：${reasonsIn(card.reasons)}`] : []),
    ...(card.remark ? [`填表人说明：${card.remark}`] : []),
    ...inputWords(card, rubric),
    ...(card.late ? [`逾期${card.late}个工作日提交。`] : []),
  ]
}

/**
 * What became of a card that somebody else decided first, without the end of the sentence. `doneBy` says who did it and when, or
 * is undefined if the person has left.
 */
export function becameOf({ name, card }: Named, doneBy: (mark: Mark) => string | undefined): string {
  if (!card) return `${name}还没有提交评分`
  if (card.state === 'submitted') return `${name}有了新的提交，请按最新的审核`
  return `${name}${decidedWords(card, doneBy) ?? (card.state === 'filed' ? '备案' : '退回')}`
}

type Named = { name: string; card: Scorecard | undefined }
type Mark = { by: string; at: string }
/** `已由周组安在4月20日10:05备案`. Undefined if nobody decided, or the person has left. */
function decidedWords(card: Scorecard, doneBy: (mark: Mark) => string | undefined): string | undefined {
  const mark = card.state === 'filed' ? card.filed : card.state === 'returned' ? card.returned : undefined
  const who = mark && doneBy(mark)
  return who && `已由${who}${card.state === 'filed' ? '备案' : '退回'}`
}

/** What became of several cards, those with the same end together. Empty if nobody decided on any. */
export function allBecameOf(cards: readonly Named[], doneBy: (mark: Mark) => string | undefined): string {
  const names = new Map<string, string[]>()
  for (const { name, card } of cards) {
    const decided = card && decidedWords(card, doneBy)
    if (decided) names.set(decided, [...(names.get(decided) ?? []), name])
  }
  return [...names].map(([decided, all]) => `${all.join('、')}${decided}`).join('；')
}
