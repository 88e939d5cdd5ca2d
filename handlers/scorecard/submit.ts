import { gradingDeadline, lateness } from '../../src/bot/records/deadlines.ts'
import { dropDraft } from '../../src/bot/records/drafts.ts'
import { hintsFor, recount, resultFor } from '../../src/bot/records/results.ts'
import { changeCard, roundOf, selfScoreOf } from '../../src/bot/records/rounds.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { holdersOf } from '../../src/campaign/roster/roster.ts'
import { hintWords } from '../../src/campaign/scores/hints.ts'
import { briefly } from '../../src/campaign/scores/result-words.ts'
import { type Carded, sentenceOf } from '../../src/campaign/scores/results.ts'
import { isComplete, type Scores } from '../../src/campaign/scores/rubric.ts'
import { isDone, submit } from '../../src/campaign/scores/scorecard.ts'
import * as result from './result.ts'
import { recordOf, type ScoreDraft, type Sheet, scoreForm, sheetNamed, sheetsOf } from './sheet.ts'
import { closedFor, focusOf, type OpenSheet, setFocus } from './show.ts'

/** Submits all that is open and complete, in one commit; says what was taken, what is left and which comes next. */
export async function submitAll(turn: Turn, open: readonly OpenSheet[]): Promise<void> {
  const lines: string[] = []
  const fresh: { sheet: Sheet; card: Carded }[] = []
  const unusual: { sheet: Sheet; words: string }[] = []
  for (const { sheet, draft } of open) {
    const { scores } = draft.fields
    if (isComplete(scores)) {
      const { line, isNew, card } = await submitOne(turn, sheet, { ...draft.fields, scores })
      lines.push(line)
      if (isNew && sheet.kind === 'deciding') fresh.push({ sheet, card })
      const words = isNew ? await unusualIn(turn, sheet, scores) : ''
      if (words) unusual.push({ sheet, words })
    }
    await dropDraft(turn, scoreForm, sheet.subject)
  }
  await tellReviewers(turn, fresh)
  const taken = new Set(open.map(({ sheet }) => sheet.subject))
  setFocus(turn, {
    subjects: [...taken],
    ...(unusual.length > 0 ? { reasonFor: unusual.map(({ sheet }) => sheet.subject) } : {}),
  })
  if (unusual.length > 0)
    lines.push(result.askRemark(unusual.map(({ sheet, words }) => `${shortName(sheet.name)}${words}`)))
  const deciding = sheetsOf(turn).filter((sheet) => sheet.kind === 'deciding')
  const left: Sheet[] = []
  for (const sheet of deciding) if (!taken.has(sheet.subject) && !isDone(await recordOf(turn, sheet))) left.push(sheet)
  const own = deciding.some((sheet) => sheet.branch.generalBranch === undefined)
  const scope = own ? '直属支部' : '本总支'
  const isLast = fresh.length > 0 && left.length === 0
  turn.show(
    result.submitted(lines, left, { scope, closing: isLast ? result.allScored(scope, deciding.length, own) : '' }),
  )
}

type Given = ScoreDraft['fields'] & { scores: Scores }

async function submitOne(
  turn: Turn,
  sheet: Sheet,
  given: Given,
): Promise<{ line: string; isNew: boolean; card: Carded }> {
  const before = await recordOf(turn, sheet)
  const closed = await closedFor(turn, sheet)
  if (closed !== undefined) return { line: closed, isNew: false, card: given }
  const dated = (await roundOf(turn, sheet.branch)) === 1 || (before?.returned ?? before?.reopened) !== undefined
  const late = dated ? lateness(turn.world, gradingDeadline(turn.world, before), turn.now) : { days: 0, words: '' }
  const { scores, vetoes } = given
  const reckoned = await resultFor(turn, { ...sheet, scores, vetoes })
  const next = submit(
    before,
    { ...given, result: reckoned },
    turn.who.id,
    turn.now.toString({ timeZoneName: 'never' }),
    late.days,
  )
  const sentence = sentenceOf({ scores, result: reckoned }, turn.campaign.bands)
  const said = `${sheet.name}已提交：${sentence}。`
  const card = { scores, result: reckoned }
  if (!next) return { line: `${said}与上次提交相同，没有新版本。`, isNew: false, card }
  await changeCard(turn, sheet, next, '提交')
  if (sheet.kind === 'self') await recount(turn, sheet.branch)
  return { line: `${said}${late.words}`, isNew: true, card }
}

/** One notice for everything that was submitted together. */
async function tellReviewers(turn: Turn, fresh: readonly { sheet: Sheet; card: Carded }[]): Promise<void> {
  const { bands } = turn.campaign
  const [only] = fresh
  if (!only) return
  const each = fresh.map(({ sheet, card }) => `${shortName(sheet.name)} ${briefly(card, bands)}`)
  const text =
    fresh.length === 1
      ? `${only.sheet.name}评分已提交（${sentenceOf(only.card, bands)}），可发“待审”查看。`
      : `${turn.who.name}提交了${fresh.length}个支部的评分（${each.join('，')}），可发“待审”查看。`
  for (const reviewer of holdersOf(turn.roster, 'organization-department'))
    if (reviewer.id !== turn.who.id) await turn.tell(reviewer, text, 'review', { counted: true })
}

/** What looks unusual and is not explained yet, in words; for the deciding score alone, and never a reason to refuse it. */
async function unusualIn(turn: Turn, sheet: Sheet, scores: Scores): Promise<string> {
  if (sheet.kind === 'self' || (await recordOf(turn, sheet))?.remark !== undefined) return ''
  const hints = await hintsFor(turn, sheet.branch, scores, await selfScoreOf(turn, sheet))
  return hints.map((hint) => hintWords[hint]).join('，')
}

/** The word about what looked unusual; it reaches the reviewer with the card. */
export async function takeRemark(turn: Turn, text: string): Promise<boolean> {
  const { reasonFor = [], ...focus } = focusOf(turn)
  let taken = 0
  for (const subject of reasonFor) {
    const sheet = sheetNamed(turn, subject)
    const record = sheet && (await recordOf(turn, sheet))
    if (!sheet || record?.state !== 'submitted') continue
    const remark = [record.remark, text.trim()].filter((one) => one !== undefined).join('\n')
    await changeCard(turn, sheet, { ...record, remark }, '说明')
    taken++
  }
  if (taken === 0) return false
  setFocus(turn, focus)
  turn.say('已记下您的说明，会随评分一起给组织部。')
  return true
}
