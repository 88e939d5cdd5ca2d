import { gradingDeadline, lateness } from '../../src/bot/records/deadlines.ts'
import { hintsFor, recount, resultFor } from '../../src/bot/scorecards/results.ts'
import { changeCard, roundOf, selfScoreOf } from '../../src/bot/scorecards/rounds.ts'
import { deedOf } from '../../src/bot/turn/deed.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { holdersOf } from '../../src/campaign/roster/roster.ts'
import { hintWords } from '../../src/campaign/scores/hints.ts'
import { briefly } from '../../src/campaign/scores/result-words.ts'
import { sentenceOf } from '../../src/campaign/scores/results.ts'
import { type Scorecard, submit } from '../../src/campaign/scores/scorecard.ts'
import { isWhole } from '../../src/campaign/scores/scorecard-draft.ts'
import type { Explanation, Submitted } from '../../src/forms/several/form.ts'
import { tellOthers } from '../../src/forms/tell.ts'
import { closedFor, type OpenScorecard, recordOf, type ScorecardSubject } from './subject.ts'

const wordsOf = ({ campaign }: Turn, { label }: ScorecardSubject, card: Scorecard): string =>
  `${label}已提交：${sentenceOf(card, campaign.bands)}。`
/** The text about a submitted card: its state and what can be done next. */
export async function submittedWords(turn: Turn, subject: ScorecardSubject): Promise<string> {
  const record = await recordOf(turn, subject)
  return record ? wordsOf(turn, subject, record) : ''
}

/** Makes a record of it, with how late it is; a filed card takes none. */
export async function submits(turn: Turn, { subject, draft }: OpenScorecard): Promise<Submitted> {
  const nothing = { isNew: false, unusual: '' }
  const before = await recordOf(turn, subject)
  const closed = await closedFor(turn, subject)
  if (closed !== undefined || !isWhole(draft.fields)) return { ...nothing, line: closed ?? '' }
  const dated = (await roundOf(turn, subject.branch)) === 1 || (before?.returned ?? before?.reopened) !== undefined
  const late = dated ? lateness(turn.world, gradingDeadline(turn.world, before), turn.now) : { days: 0, words: '' }
  const result = await resultFor(turn, { ...subject, ...draft.fields })
  const next = submit(before, { ...draft.fields, result }, { ...deedOf(turn), late: late.days })
  if (!next) return { ...nothing, line: `${await submittedWords(turn, subject)}与上次提交相同，没有新版本。` }
  await changeCard(turn, subject, { card: next, what: '提交' })
  if (subject.kind === 'self') await recount(turn, subject.branch)
  const unusual = await unusualIn(turn, subject, next)
  return { line: `${wordsOf(turn, subject, next)}${late.words}`, isNew: true, unusual }
}

/** The unusual things that are not explained yet, in words. Only for the deciding score, and never a reason to refuse it. */
async function unusualIn(turn: Turn, subject: ScorecardSubject, { scores, remark }: Scorecard): Promise<string> {
  if (subject.kind === 'self' || remark !== undefined) return ''
  const hints = await hintsFor(turn, subject.branch, { scores, self: await selfScoreOf(turn, subject) })
  return hints.map((hint) => hintWords[hint]).join('，')
}

/** Sends one notice for everything that was submitted together, to whoever decides first. */
export async function told(turn: Turn, submitted: readonly ScorecardSubject[]): Promise<void> {
  const { bands } = turn.campaign
  const each: { label: string; long: string; short: string }[] = []
  for (const subject of submitted) {
    const card = await recordOf(turn, subject)
    if (!card) continue
    const { label } = subject
    each.push({ label, long: sentenceOf(card, bands), short: `${shortName(label)} ${briefly(card, bands)}` })
  }
  const [only, ...more] = each
  const all = each.map(({ short }) => short).join('，')
  const said =
    only && more.length === 0
      ? `${only.label}评分已提交（${only.long}）`
      : `${turn.who.name}提交了${each.length}个支部的评分（${all}）`
  const [level] = turn.campaign.approvers
  if (!level) return tellDepartment(turn, `${said}，可发“待审”查看。`, { counted: true })
  const text = `${said}，等${level.name}审定，请回复“审定”。`
  await tellOthers(turn, holdersOf(turn.roster, level.by), { about: 'approval', text })
}

const tellDepartment = (turn: Turn, text: string, how: { counted?: boolean } = {}): Promise<void> =>
  tellOthers(turn, holdersOf(turn.roster, 'organization-department'), { about: 'review', text, ...how })

/** A word about a card reaches the reviewer with it, beside what was said before. */
export async function explains(turn: Turn, subject: ScorecardSubject, { text, tells }: Explanation): Promise<void> {
  const record = await recordOf(turn, subject)
  if (!record) return
  const remark = [record.remark, text.trim()].filter((one) => one !== undefined).join('\n')
  await changeCard(turn, subject, { card: { ...record, remark }, what: '说明' })
  if (tells) await tellDepartment(turn, `${subject.label}的评分，${turn.who.name}说明：“${text.trim()}”。`)
}
