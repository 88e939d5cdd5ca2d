import type { Card } from '../../src/bot/messages/message.ts'
import { gradingDeadline, lateness } from '../../src/bot/records/deadlines.ts'
import { dropDraft } from '../../src/bot/records/drafts.ts'
import { hintsFor, recount, resultFor } from '../../src/bot/records/results.ts'
import { changeCard, roundOf, selfScoreOf } from '../../src/bot/records/rounds.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { cut } from '../../src/campaign/reading/trim.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { holdersOf } from '../../src/campaign/roster/roster.ts'
import { hintWords } from '../../src/campaign/scores/hints.ts'
import { briefly } from '../../src/campaign/scores/result-words.ts'
import { type Carded, sentenceOf } from '../../src/campaign/scores/results.ts'
import { isComplete, type Scores } from '../../src/campaign/scores/rubric.ts'
import { isDone, submit } from '../../src/campaign/scores/scorecard.ts'
import type { ScorecardDraft } from '../../src/campaign/scores/scorecard-draft.ts'
import { closedFor, form, name, type OpenScorecard, recordOf, type ScorecardSubject, subjectsOf } from './subject.ts'

type Fresh = { subject: ScorecardSubject; card: Carded }

/** Submits all that is open and complete, in one commit; says what was taken, what is left and which comes next. Gives what looks unusual. */
export async function submits(turn: Turn, open: readonly OpenScorecard[]): Promise<string[]> {
  const lines: string[] = []
  const fresh: Fresh[] = []
  const unusual: { subject: ScorecardSubject; words: string }[] = []
  for (const { subject, draft } of open) {
    const { scores } = draft.fields
    if (isComplete(scores)) {
      const { line, card } = await submitOne(turn, subject, { ...draft.fields, scores })
      lines.push(line)
      if (card && subject.kind === 'deciding') fresh.push({ subject, card })
      const words = card ? await unusualIn(turn, subject, scores) : ''
      if (words) unusual.push({ subject, words })
    }
    await dropDraft(turn, form, subject.id)
  }
  await tellReviewers(turn, fresh)
  const said = unusual.map(({ subject, words }) => `${shortName(subject.label)}${words}`)
  // Never blocking: the submission stands already.
  if (said.length > 0) lines.push(`${said.join('；')}。方便时请回复一句说明，只给组织部看。`)
  turn.show(await whatIsLeft(turn, lines, { open, isNew: fresh.length > 0 }))
  return unusual.map(({ subject }) => subject.id)
}

/** `card`: what it comes to, where there is a new version. */
async function submitOne(
  turn: Turn,
  subject: ScorecardSubject,
  given: ScorecardDraft & { scores: Scores },
): Promise<{ line: string; card?: Carded }> {
  const before = await recordOf(turn, subject)
  const closed = await closedFor(turn, subject)
  if (closed !== undefined) return { line: closed }
  const dated = (await roundOf(turn, subject.branch)) === 1 || (before?.returned ?? before?.reopened) !== undefined
  const late = dated ? lateness(turn.world, gradingDeadline(turn.world, before), turn.now) : { days: 0, words: '' }
  const { scores, vetoes } = given
  const result = await resultFor(turn, { ...subject, scores, vetoes })
  const at = turn.now.toString({ timeZoneName: 'never' })
  const next = submit(before, { ...given, result }, turn.who.id, at, late.days)
  const said = submittedWords(turn, subject, { scores, result })
  if (!next) return { line: `${said}与上次提交相同，没有新版本。` }
  await changeCard(turn, subject, { card: next, what: '提交' })
  if (subject.kind === 'self') await recount(turn, subject.branch)
  return { line: `${said}${late.words}`, card: { scores, result } }
}

export const submittedWords = ({ campaign }: Turn, { label }: ScorecardSubject, card: Carded): string =>
  `${label}已提交：${sentenceOf(card, campaign.bands)}。`

/** What was taken, what is left, the next one as a button. */
async function whatIsLeft(
  turn: Turn,
  lines: readonly string[],
  { open, isNew }: { open: readonly OpenScorecard[]; isNew: boolean },
): Promise<Card> {
  const deciding = subjectsOf(turn).filter(({ kind }) => kind === 'deciding')
  const left: ScorecardSubject[] = []
  for (const subject of deciding)
    if (!open.some((one) => one.subject.id === subject.id) && !isDone(await recordOf(turn, subject))) left.push(subject)
  const own = deciding.some(({ branch }) => branch.generalBranch === undefined)
  const scope = own ? '直属支部' : '本总支'
  const all = own
    ? `${scope}${deciding.length}个都已评完，备案请回复“待审”。`
    : `${scope}${deciding.length}个支部都已评完，等组织部审核；结果会告诉您。盖章的汇总表请回复“汇总表”。`
  const [next] = left
  const rest = next
    ? `${scope}还有${left.length}个支部未评分，下一个：${next.label}。`
    : lines.length === 0
      ? '没有改动。'
      : isNew
        ? all
        : ''
  const card = { title: '已提交', text: [...lines, rest].filter(Boolean).join('\n') }
  if (!next) return { ...card, closed: '已提交' }
  const short = shortName(next.label)
  const buttons = [{ text: cut(short, 10), key: buttonKey(name, 'open', next.id) }]
  return { ...card, ask: { kind: 'buttons', buttons }, words: `继续请回复“评分 ${short}”。` }
}

/** One notice for everything that was submitted together. */
async function tellReviewers(turn: Turn, fresh: readonly Fresh[]): Promise<void> {
  const { bands } = turn.campaign
  const [only, ...more] = fresh
  if (!only) return
  const each = fresh.map(({ subject, card }) => `${shortName(subject.label)} ${briefly(card, bands)}`)
  const text =
    more.length === 0
      ? `${only.subject.label}评分已提交（${sentenceOf(only.card, bands)}），可发“待审”查看。`
      : `${turn.who.name}提交了${fresh.length}个支部的评分（${each.join('，')}），可发“待审”查看。`
  await tellDepartment(turn, text, { counted: true })
}

async function tellDepartment(turn: Turn, text: string, how: { counted?: boolean } = {}): Promise<void> {
  for (const reviewer of holdersOf(turn.roster, 'organization-department'))
    if (reviewer.id !== turn.who.id) await turn.tell(reviewer, text, 'review', how)
}

/** What looks unusual and is not explained yet, in words; for the deciding score alone, and never a reason to refuse it. */
async function unusualIn(turn: Turn, subject: ScorecardSubject, scores: Scores): Promise<string> {
  if (subject.kind === 'self' || (await recordOf(turn, subject))?.remark !== undefined) return ''
  const hints = await hintsFor(turn, subject.branch, scores, await selfScoreOf(turn, subject))
  return hints.map((hint) => hintWords[hint]).join('，')
}

/** A word about a card that waits or was returned reaches the reviewer with it; of a returned one it is submitted anew with it. */
export async function explains(
  turn: Turn,
  subject: ScorecardSubject,
  { text, tells }: { text: string; tells: boolean },
): Promise<{ say: string; returned: boolean } | undefined> {
  const record = await recordOf(turn, subject)
  const returned = record?.state === 'returned'
  if (!record || record.state === 'filed' || (returned && !tells)) return undefined
  const remark = [record.remark, text.trim()].filter((one) => one !== undefined).join('\n')
  await changeCard(turn, subject, { card: { ...record, remark }, what: '说明' })
  if (returned) return { say: `已记下对${subject.label}的说明，会随评分一起给组织部。请核对后重新提交：`, returned }
  if (tells) await tellDepartment(turn, `${subject.label}的评分，${turn.who.name}说明：“${text.trim()}”。`)
  return { say: `已记下对${subject.label}的说明，已转组织部。`, returned }
}
