import { createHash } from 'node:crypto'
import { resultFor, rubricOf } from '../../src/bot/records/results.ts'
import { earlierOf, roundOf, selfScoreOf } from '../../src/bot/records/rounds.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { withoutEvidence } from '../../src/campaign/reading/read-evidence.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { whatIsOpen } from '../../src/campaign/scores/checklist-words.ts'
import { inputsOf } from '../../src/campaign/scores/inputs.ts'
import { scoreWords } from '../../src/campaign/scores/item-words.ts'
import { isComplete, itemsOf } from '../../src/campaign/scores/rubric.ts'
import * as cards from './cards.ts'
import * as result from './result.ts'
import {
  draftOf,
  Focus,
  keep,
  nothingYet,
  recordOf,
  type ScoreDraft,
  type Sheet,
  sheetNamed,
  sheetsOf,
  tickedScores,
} from './sheet.ts'

export const focusOf = (turn: Turn): Focus => {
  const { focus } = turn.session
  const found = focus?.conversation === cards.name ? Focus.safeParse(focus.state) : undefined
  return found?.success ? found.data : { subjects: [] }
}
export const setFocus = (turn: Turn, focus: Focus): void => turn.focus(cards.name, focus)

export type OpenSheet = { sheet: Sheet; draft: ScoreDraft }

/** The sheets spoken of that have an open draft. */
export async function openSheets(turn: Turn): Promise<OpenSheet[]> {
  const open: OpenSheet[] = []
  for (const subject of focusOf(turn).subjects) {
    const sheet = sheetNamed(turn, subject)
    const draft = sheet && (await draftOf(turn, sheet))
    if (sheet && draft) open.push({ sheet, draft })
  }
  return open
}

/** What comes next: what is missing of the first incomplete sheet, or the confirmation of all. */
export async function proceed(turn: Turn): Promise<void> {
  const open = await openSheets(turn)
  const missing = open.find(({ draft }) => !isComplete(draft.fields.scores) || draft.fields.todo.length > 0)
  if (missing) return ask(turn, missing)
  if (open.some((one) => askEvidence(turn, one))) return
  await confirm(turn, open)
}

/** Whether nothing of it is missing: scores, and words about them where the plan wants some. */
export const isReady = (turn: Turn, { sheet, draft: { fields } }: OpenSheet): boolean =>
  isComplete(fields.scores) &&
  fields.todo.length === 0 &&
  withoutEvidence(rubricOf(turn, sheet.branch), fields.scores, fields.reasons).length === 0

/** Asks for the first word about why that is missing; false: none is. */
function askEvidence(turn: Turn, { sheet, draft }: OpenSheet): boolean {
  const rubric = rubricOf(turn, sheet.branch)
  const { scores, reasons } = draft.fields
  const missing = withoutEvidence(rubric, scores, reasons)
  const item = itemsOf(rubric).find(({ number }) => number === missing[0])
  if (!item) return false
  const score = scores[item.number - 1] ?? item.points
  const more = missing.length > 1 ? `（共${missing.length}项要写）` : ''
  setFocus(turn, { ...focusOf(turn), evidenceFor: item.number })
  turn.say(
    `${sheet.name}第${item.number}项（${item.label}）${scoreWords(score, item)}，与基础分${item.points}分不同，要写依据${more}。请发“第${item.number}项依据：…”。`,
  )
  return true
}

const shownOf = async (turn: Turn, { sheet, draft }: OpenSheet) => ({
  sheet,
  stamp: draft.stamp,
  scores: draft.fields.scores,
  ticked: await tickedScores(turn, sheet),
  bySelf: (await selfScoreOf(turn, sheet)) !== undefined,
  rubric: rubricOf(turn, sheet.branch),
})

async function ask(turn: Turn, open: OpenSheet): Promise<void> {
  const rubric = rubricOf(turn, open.sheet.branch)
  const { scores, todo } = open.draft.fields
  const item = itemsOf(rubric).find((one) => one.number === todo[0])
  if (item) return turn.show(cards.itemCard(await shownOf(turn, open), item, todo.length))
  if (scores.every((score) => score === null)) return showChecklist(turn, open)
  turn.say(`${open.sheet.name}：${whatIsOpen(scores, rubric)}`)
}

/** All items at once, as a form where the channel has forms; a rubric too long for a card is answered in words. `note`: said first. */
export async function showChecklist(turn: Turn, open: OpenSheet, note = ''): Promise<void> {
  const shown = await shownOf(turn, open)
  const onCard = turn.can.cards && shown.scores.length <= mostTicks
  if (turn.can.forms) turn.show(cards.form(shown))
  else if (onCard) turn.show(cards.checklist(shown, note))
  else {
    turn.session.choices = []
    turn.say(cards.inWords(shown))
  }
}
/** Options of a checklist (src/bot/messages/message.ts). */
const mostTicks = 20

async function confirm(turn: Turn, open: readonly OpenSheet[]): Promise<void> {
  const { bands } = turn.campaign
  const complete = []
  for (const { sheet, draft } of open) {
    const { scores, vetoes } = draft.fields
    const rubric = rubricOf(turn, sheet.branch)
    const inputs = inputsOf(draft.fields)
    const self = await selfScoreOf(turn, sheet)
    const record = await recordOf(turn, sheet)
    const earlier = await earlierOf(turn, sheet)
    if (!isComplete(scores)) continue
    const reckoned = await resultFor(turn, { ...sheet, scores, vetoes })
    complete.push({
      sheet,
      stamp: draft.stamp,
      scores,
      result: reckoned,
      self,
      inputs,
      rubric,
      bands,
      record,
      earlier,
    })
  }
  const [only] = complete
  if (!only) return chooseSheet(turn)
  if (complete.length === 1) {
    const { before, card } = result.confirmation(only)
    if (before) turn.say(before)
    return turn.show(card)
  }
  const { at: _, ...focus } = focusOf(turn)
  setFocus(turn, focus)
  const { before, card } = result.confirmations(complete, stampOf(open))
  if (before) turn.say(before)
  turn.show(card)
}

/** One stamp for all that a confirmation shows: a change of any of them makes it outdated. */
export const stampOf = (open: readonly OpenSheet[]): string => {
  const [only, ...more] = open
  const stamps = open.map(({ draft }) => draft.stamp).join()
  return only && more.length === 0
    ? only.draft.stamp
    : createHash('sha256').update(stamps).digest('base64url').slice(0, 12)
}

/** Opens the sheet of one branch: its draft is taken up, else what was submitted is shown to be changed, else all is open. */
export async function openSheet(turn: Turn, sheet: Sheet): Promise<void> {
  const record = await recordOf(turn, sheet)
  const closed = await closedFor(turn, sheet)
  if (closed !== undefined) return turn.say(closed)
  const draft = await draftOf(turn, sheet)
  setFocus(turn, { subjects: [sheet.subject] })
  if (draft) return proceed(turn)
  const known = { reasons: record?.reasons, vetoes: record?.vetoes, inputs: inputsOf(record) }
  const fresh = await keep(turn, sheet, record?.scores ?? nothingYet(turn, sheet), known)
  if (record) return proceed(turn)
  await showChecklist(turn, { sheet, draft: fresh })
}

/** Why this score takes no change any more: a filed card is reopened first, and takes no self-score (decision 4). */
export async function closedFor(turn: Turn, sheet: Sheet): Promise<string | undefined> {
  const deciding = await recordOf(turn, { branch: sheet.branch, kind: 'deciding' })
  const regraded = sheet.kind === 'self' && (await roundOf(turn, sheet.branch)) > 1
  if (deciding?.state !== 'filed' && !regraded) return undefined
  return sheet.kind === 'deciding' ? filedAlready(sheet) : `${sheet.name}的党总支评分已备案，不再收支部自评，没有改动。`
}

export const filedAlready = (sheet: Sheet): string =>
  `${sheet.name}的评分已备案，不能直接修改。确需修改请联系组织部重开（组织部回复“重开 ${shortName(sheet.name)} 原因”）。`

/** Sheets by what they need; `filled`: whose draft is whole and says something that was not submitted. */
export async function sortedSheets(turn: Turn, sheets: readonly Sheet[]) {
  const sorted: { [state in 'open' | 'returned' | 'done' | 'filled']: Sheet[] } = {
    open: [],
    returned: [],
    done: [],
    filled: [],
  }
  for (const sheet of sheets) {
    const record = await recordOf(turn, sheet)
    sorted[record ? (record.state === 'returned' ? 'returned' : 'done') : 'open'].push(sheet)
    const draft = (await draftOf(turn, sheet))?.fields
    const isWhole = draft && draft.todo.length === 0 && isComplete(draft.scores)
    if (isWhole && record?.scores.join() !== draft.scores.join()) sorted.filled.push(sheet)
  }
  return sorted
}

/** Which branch: with counts, and what still waits in front. */
export async function chooseSheet(
  turn: Turn,
  sheets: readonly Sheet[] = sheetsOf(turn),
  title = '请选择要评分的支部',
): Promise<void> {
  const { open, returned, done, filled } = await sortedSheets(turn, sheets)
  const rows = [
    { name: '未评分', value: `${open.length}个` },
    ...(filled.length > 0 ? [{ name: '已填未提交', value: `${filled.length}张` }] : []),
    ...(returned.length > 0 ? [{ name: '退回待改', value: `${returned.length}个` }] : []),
    { name: '已评分', value: `${done.length}个` },
  ]
  const ordered = [...returned, ...open, ...done]
  if (ordered.length <= 20) return turn.show(cards.chooser(ordered, rows, 'open', title))
  turn.offer(
    `${title}\n${rows.map(({ name, value }) => `${name} ${value}`).join('，')}`,
    ordered.map((sheet) => ({ text: sheet.name, key: cards.openKey(sheet) })),
  )
}
