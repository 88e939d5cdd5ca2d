/** What is typed at scores that are open or were submitted: a change, the next items, or another branch's line. */
import { rubricOf } from '../../src/bot/records/results.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { readInputs } from '../../src/campaign/reading/read-appraisal.ts'
import { readCard, readChange } from '../../src/campaign/reading/read-scores.ts'
import { readVetoes } from '../../src/campaign/reading/read-vetoes.ts'
import { splitBranch } from '../../src/campaign/roster/names.ts'
import { inputsOf } from '../../src/campaign/scores/inputs.ts'
import { isComplete, itemsOf, type PartialScores } from '../../src/campaign/scores/rubric.ts'
import { chooser } from './cards.ts'
import {
  besideOf,
  linesOf,
  longestLine,
  rubricMeant,
  score,
  take,
  takePending,
  unknownVeto,
  whichBranch,
} from './read.ts'
import { draftOf, keep, known, recordOf, type Sheet, sheetNamed, sheetsOf } from './sheet.ts'
import { chooseSheet, closedFor, focusOf, openSheet, openSheets, proceed, setFocus, showChecklist } from './show.ts'

/** Whole cards that just answer a reminder, without the word 评分. */
export async function claims(turn: Turn, text: string): Promise<boolean> {
  const sheets = sheetsOf(turn)
  const [first = ''] = linesOf(text)
  const begun = splitBranch(first, known(turn, sheets))
  const rubric = rubricMeant(turn, begun)
  const whole = readCard(begun?.rest ?? first, rubric)
  if (sheets.length === 0 || whole.kind !== 'scores' || !isComplete(whole.scores)) return false
  if (begun || sheets.length === 1) await score(turn, text)
  else {
    setFocus(turn, { subjects: [] })
    await askWhose(turn, text, [])
  }
  return true
}

/** What is typed while scores are open or were just submitted: a change, the next items, or another branch's line. */
export async function change(turn: Turn, text: string): Promise<boolean> {
  const { subjects } = focusOf(turn)
  const mine = subjects.flatMap((subject) => sheetNamed(turn, subject) ?? [])
  const begun = splitBranch(text, known(turn, sheetsOf(turn)))
  const named = begun?.match.kind === 'one' ? sheetNamed(turn, begun.match.id) : undefined
  if (named && begun) return changeNamed(turn, named, begun.rest, mine)
  if (begun?.match.kind === 'several' && mine.length === 0) {
    await whichBranch(turn, [], [text], [])
    return true
  }
  const target = mine.length === 1 ? mine[0] : await evidentSheet(turn, mine)
  const [told, ...more] =
    text.length > longestLine ? [] : sheetsOf(turn).filter(({ branch }) => text.includes(branch.name))
  if (told && more.length === 0 && told.subject !== target?.subject) return changeNamed(turn, told, text, mine)
  return target ? changeOne(turn, target, text) : askWhose(turn, text, mine)
}

/** Scores of nobody knows which branch: of those spoken of, or of any where none is; they wait for the answer. */
async function askWhose(turn: Turn, text: string, mine: readonly Sheet[]): Promise<boolean> {
  const rubric = rubricOf(turn, (mine[0] ?? sheetsOf(turn)[0])?.branch ?? {})
  const nothing = itemsOf(rubric).map(() => null)
  if (readChange(text, rubric, { draft: nothing }).kind === 'other') return false
  setFocus(turn, { ...focusOf(turn), pending: text })
  if (mine.length > 0) turn.show(chooser(mine, [], 'change', whoseScores))
  else await chooseSheet(turn, sheetsOf(turn), whoseScores)
  return true
}
const whoseScores = '这是哪个支部的分数'

async function changeNamed(turn: Turn, sheet: Sheet, rest: string, mine: readonly Sheet[]): Promise<boolean> {
  if (!rest.trim()) {
    const draft = await draftOf(turn, sheet)
    if (await takePending(turn, sheet)) return true
    // One of several that are confirmed together: it is to be changed.
    await (draft && mine.length > 1 ? showChecklist(turn, { sheet, draft }) : openSheet(turn, sheet))
    return true
  }
  if (mine.some((one) => one.subject === sheet.subject)) return changeOne(turn, sheet, rest)
  if (readCard(rest, rubricOf(turn, sheet.branch)).kind === 'other') return false
  await take(turn, [{ sheet, text: rest }])
  return true
}

/** Of several branches the one whose item was asked or whose checklist is shown, or the only one that is incomplete. */
async function evidentSheet(turn: Turn, mine: readonly Sheet[]): Promise<Sheet | undefined> {
  const { asked, at } = focusOf(turn)
  const spokenOf = asked?.subject ?? at
  if (spokenOf !== undefined) return mine.find((sheet) => sheet.subject === spokenOf)
  const incomplete: Sheet[] = []
  for (const { sheet, draft } of await openSheets(turn)) if (!isComplete(draft.fields.scores)) incomplete.push(sheet)
  return incomplete.length === 1 ? incomplete[0] : undefined
}

export async function changeOne(turn: Turn, sheet: Sheet, text: string): Promise<boolean> {
  const focus = focusOf(turn)
  const record = await recordOf(turn, sheet)
  const draft = await draftOf(turn, sheet)
  const scores: PartialScores | undefined = draft?.fields.scores ?? record?.scores
  if (!scores) return false
  const todo = draft?.fields.todo ?? []
  const inputs = sheet.kind === 'deciding' && record?.state !== 'filed' ? readInputs(text) : undefined
  if (inputs) {
    await keep(turn, sheet, scores, { todo, inputs: draft ? inputs : { ...inputsOf(record), ...inputs } })
    await proceed(turn)
    return true
  }
  const rubric = rubricOf(turn, sheet.branch)
  const vetoes = readVetoes(text, rubric)
  const held = [...new Set([...(draft?.fields.vetoes ?? record?.vetoes ?? []), ...vetoes.held])]
  const kept = held.filter((name) => !vetoes.dropped.includes(name))
  if (vetoes.unknown !== undefined) {
    turn.say(unknownVeto(vetoes.unknown, rubric))
    return true
  }
  if (vetoes.rest !== text && !vetoes.rest && record?.state !== 'filed') {
    await keep(turn, sheet, scores, { todo, reasons: draft?.fields.reasons ?? record?.reasons, vetoes: kept })
    await proceed(turn)
    return true
  }
  const asked = todo[0] ?? (focus.asked?.subject === sheet.subject ? focus.asked.item : undefined)
  const reading = readChange(vetoes.rest, rubric, { ...(await besideOf(turn, sheet)), draft: scores, asked })
  if (reading.kind === 'other') return false
  const closed = await closedFor(turn, sheet)
  if (closed !== undefined) {
    turn.say(closed)
    return true
  }
  const named = reading.kind === 'scores' ? reading.named : []
  const reasons = draft?.fields.reasons ?? record?.reasons ?? {}
  const unchanged = Object.entries(reasons).filter(
    ([item]) => reading.scores[Number(item) - 1] === scores[Number(item) - 1],
  )
  await keep(turn, sheet, reading.scores, {
    reasons: { ...Object.fromEntries(unchanged), ...Object.fromEntries(reading.reasons ?? []) },
    vetoes: kept,
    todo: todo.filter((item) => !named.includes(item) && reading.scores[item - 1] === null),
  })
  const { pending: _pending, asked: _asked, ...rest } = focus
  if (reading.kind === 'scores') {
    setFocus(turn, rest)
    await proceed(turn)
  } else {
    setFocus(turn, {
      ...rest,
      ...(reading.item === undefined ? {} : { asked: { subject: sheet.subject, item: reading.item } }),
    })
    turn.say(reading.sentence)
  }
  return true
}
