import { dropDraft, formWord, stepBack } from '../../src/bot/records/drafts.ts'
import { resultFor, rubricOf } from '../../src/bot/records/results.ts'
import type { Handler, Tap } from '../../src/bot/turn/handler.ts'
import { everyone } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { splitBranch } from '../../src/campaign/roster/names.ts'
import { planWords } from '../../src/campaign/scores/checklist-words.ts'
import { rangeWords } from '../../src/campaign/scores/item-words.ts'
import { sentenceOf } from '../../src/campaign/scores/results.ts'
import { isComplete, isScore, itemsOf } from '../../src/campaign/scores/rubric.ts'
import * as cards from './cards.ts'
import { change, changeOne, claims } from './change.ts'
import { takeEvidence } from './evidence.ts'
import { explainTapped, takeExplanation } from './explain.ts'
import { fillableScores } from './fill-in.ts'
import { dictated, score, takePending } from './read.ts'
import * as result from './result.ts'
import {
  draftOf,
  type Fields,
  keep,
  known,
  recordOf,
  type Sheet,
  scoreForm,
  scorers,
  sheetNamed,
  sheetsOf,
  tickedScores,
} from './sheet.ts'
import {
  filedAlready,
  focusOf,
  isReady,
  openSheet,
  openSheets,
  proceed,
  setFocus,
  showChecklist,
  stampOf,
} from './show.ts'
import { submitAll, takeRemark } from './submit.ts'

/** J1, J2: scoring, by a line of text or a few taps. */
export const scoring: Handler = {
  name: cards.name,
  commands: [
    {
      word: '评分',
      graded: true,
      by: scorers,
      use: '给支部评分（评分 支部名）',
      whose: '评分由党总支书记和党支部书记办理',
      fits: () => true,
      amid: (argument, turn) => splitBranch(argument, known(turn, sheetsOf(turn))) !== undefined,
      run: score,
    },
    { word: '细则', by: everyone, fits: (argument) => /^第?\d+项?$/.test(argument.trim()), run: details },
  ],
  interrupts: dictated,
  answers,
  claims: async (turn, text) => (await takeExplanation(turn, text)) || claims(turn, text),
  fillable: fillableScores,
  taps,
  submitsForm,
}

async function details(turn: Turn, argument: string): Promise<void> {
  const [spoken] = focusOf(turn).subjects
  const [first] = sheetsOf(turn)
  const sheet = (spoken === undefined ? undefined : sheetNamed(turn, spoken)) ?? first
  const rubric = rubricOf(turn, sheet?.branch ?? {})
  const number = Number(/\d+/.exec(argument)?.[0])
  const items = itemsOf(rubric)
  const one = items.filter((item) => item.number === number)
  if (argument && one.length === 0) return turn.say(`没有第${number}项，共${items.length}项。`)
  turn.say(planWords(rubric, one))
}

async function answers(turn: Turn, text: string): Promise<boolean> {
  const open = await openSheets(turn)
  const word = formWord(text)
  if (word === undefined)
    return (
      (await takeEvidence(turn, text)) ||
      (await takeExplanation(turn, text)) ||
      (await change(turn, text)) ||
      takeRemark(turn, text)
    )
  const { pending, ...focus } = focusOf(turn)
  if (pending !== undefined && word === 'cancel') {
    setFocus(turn, focus)
    turn.say('已取消，刚才的分数没有记下。')
    if (open.length > 0) await proceed(turn)
    return true
  }
  if (pending !== undefined && word === 'submit') {
    turn.say(result.whosePending(pending))
    return true
  }
  if (open.length === 0) return afterwards(turn, word)
  if (word === 'cancel') {
    for (const { sheet } of open) await dropDraft(turn, scoreForm, sheet.subject)
    turn.rest()
    turn.say(`已取消：${open.map(({ sheet }) => sheet.name).join('、')}这次填的分数没有提交。`)
  } else if (word === 'preview') {
    const texts: string[] = []
    for (const { sheet, draft } of open) texts.push(await preview(turn, sheet, draft.fields))
    turn.say(texts.join('\n\n'))
  } else if (word === 'back')
    await back(
      turn,
      open.map(({ sheet }) => sheet),
    )
  else if (word === 'edit')
    await edit(
      turn,
      open.map(({ sheet }) => sheet),
    )
  else if (open.every((one) => isReady(turn, one))) await submitAll(turn, open)
  else await proceed(turn)
  return true
}

/** As it stands, with what it comes to. */
async function preview(
  turn: Turn,
  sheet: Sheet,
  { scores, reasons, vetoes }: Pick<Fields, 'scores' | 'reasons' | 'vetoes'>,
) {
  const reckoned = isComplete(scores) ? await resultFor(turn, { ...sheet, scores, vetoes }) : undefined
  const shown = { sheet, scores, reasons, result: reckoned }
  return result.preview(shown, rubricOf(turn, sheet.branch), turn.campaign.bands)
}

/** The steering words once everything spoken of is submitted. */
async function afterwards(turn: Turn, word: NonNullable<ReturnType<typeof formWord>>): Promise<boolean> {
  const sheets = focusOf(turn).subjects.flatMap((subject) => sheetNamed(turn, subject) ?? [])
  const [sheet] = sheets
  const record = sheet && (await recordOf(turn, sheet))
  if (!sheet || !record) return false
  if (word === 'submit') turn.say(record.state === 'filed' ? filedAlready(sheet) : '已提交，没有未提交的改动。')
  else if (word === 'preview') turn.say(await preview(turn, sheet, record))
  else if (word === 'edit') await (sheets.length === 1 ? openSheet(turn, sheet) : edit(turn, sheets))
  else return false
  return true
}

async function back(turn: Turn, sheets: readonly Sheet[]): Promise<void> {
  const [sheet] = sheets
  const before = sheet && (await stepBack(turn, scoreForm, sheet.subject))
  if (before) await proceed(turn)
  else turn.say('没有上一步。')
}

async function edit(turn: Turn, sheets: readonly Sheet[]): Promise<void> {
  const [sheet] = sheets
  if (sheets.length > 1) return turn.show(cards.chooser(sheets, [], 'edit', '改哪个支部'))
  const draft = sheet && (await draftOf(turn, sheet))
  if (sheet && draft) await showChecklist(turn, { sheet, draft })
}

async function taps(turn: Turn, { action, args, picked }: Tap): Promise<void> {
  const [subject = '', stamp = ''] = args
  const sheet = sheetNamed(turn, subject || (picked['branch']?.[0] ?? ''))
  if (action === 'explain' && (await explainTapped(turn, subject))) return
  if (action === 'submit') return submitTapped(turn, subject, stamp)
  if (action === 'edit' && !subject && !picked['branch']) return editTapped(turn)
  if (!sheet) return turn.say('这个支部目前不由您评分。发“评分”看您可以评分的支部。')
  if (action === 'open') return (await takePending(turn, sheet)) ? undefined : openSheet(turn, sheet)
  const { pending, subjects } = focusOf(turn)
  if (action === 'change')
    return pending !== undefined && (await changeOne(turn, sheet, pending)) ? undefined : outdated(turn, sheet)
  const draft = await draftOf(turn, sheet)
  if (action === 'edit' && !draft) return openSheet(turn, sheet)
  if (action === 'edit' && draft) {
    setFocus(turn, { subjects: subjects.includes(sheet.subject) ? subjects : [sheet.subject], at: sheet.subject })
    return showChecklist(turn, { sheet, draft })
  }
  if (!draft || draft.stamp !== stamp) return outdated(turn, sheet)
  if (!subjects.includes(sheet.subject)) setFocus(turn, { subjects: [sheet.subject] })
  if (action === 'ticked') return ticked(turn, sheet, picked[cards.question])
  if (action === 'item')
    return itemTapped(turn, sheet, Number(args[2]), args[3] === 'picked' ? picked['score']?.[0]?.slice(1) : args[3])
  return outdated(turn, sheet)
}

/** Nothing changes by a tap on what is no longer so; the current state is the answer. */
async function outdated(turn: Turn, sheet: Sheet): Promise<void> {
  if (await draftOf(turn, sheet)) {
    setFocus(turn, { subjects: [sheet.subject] })
    return proceed(turn)
  }
  const record = await recordOf(turn, sheet)
  if (!record) return openSheet(turn, sheet)
  turn.show(result.submitted([`${sheet.name}已提交：${sentenceOf(record, turn.campaign.bands)}。`], []))
}

async function submitTapped(turn: Turn, subject: string, stamp: string): Promise<void> {
  const sheet = sheetNamed(turn, subject)
  if (sheet && !focusOf(turn).subjects.includes(sheet.subject)) setFocus(turn, { subjects: [sheet.subject] })
  const open = await openSheets(turn)
  const { pending } = focusOf(turn)
  if (pending !== undefined && open.length > 0) return turn.say(result.whosePending(pending))
  if (open.length > 0 && stampOf(open) === stamp) return submitAll(turn, open)
  if (open.length > 0) return proceed(turn)
  if (sheet) return outdated(turn, sheet)
  turn.show(result.submitted(['没有未提交的改动。'], []))
}

/** 修改 on a confirmation of several: first which one. */
async function editTapped(turn: Turn): Promise<void> {
  const open = await openSheets(turn)
  if (open.length > 0)
    await edit(
      turn,
      open.map(({ sheet }) => sheet),
    )
  else turn.show(result.submitted(['没有未提交的改动。'], []))
}

async function ticked(turn: Turn, sheet: Sheet, picked: readonly string[] | undefined): Promise<void> {
  const draft = await draftOf(turn, sheet)
  if (!draft) return
  // A submission with nothing ticked may arrive without its items: never taken for eighteen zeros.
  if (!picked?.length)
    return showChecklist(
      turn,
      { sheet, draft },
      '没有收到打勾的项，没有改动。各项都不是时请直接发全部分数，如“4 4 3 …”。',
    )
  const meant = await tickedScores(turn, sheet)
  const items = itemsOf(rubricOf(turn, sheet.branch))
  const todo = items.filter((item) => !picked.includes(`i${item.number}`)).map((item) => item.number)
  await keep(
    turn,
    sheet,
    items.map((item, i) => (todo.includes(item.number) ? null : (meant[i] ?? item.points))),
    { todo },
  )
  await proceed(turn)
}

async function itemTapped(turn: Turn, sheet: Sheet, number: number, chosen: string | undefined): Promise<void> {
  const draft = await draftOf(turn, sheet)
  const item = itemsOf(rubricOf(turn, sheet.branch)).find((one) => one.number === number)
  const value = chosen === undefined ? Number.NaN : Number(chosen)
  if (!draft || !item || !isScore(value, item, rubricOf(turn, sheet.branch))) return proceed(turn)
  const scores = draft.fields.scores.map((score, i) => (i === item.number - 1 ? value : score))
  await keep(turn, sheet, scores, { todo: draft.fields.todo.filter((one) => one !== number) })
  await proceed(turn)
}

async function submitsForm(turn: Turn, button: string, values: { [field: string]: unknown }): Promise<boolean> {
  const [handler, action, subject = ''] = button.split(':')
  if (handler !== cards.name || action !== 'form') return false
  const sheet = sheetNamed(turn, subject)
  if (!sheet) return false
  const rubric = rubricOf(turn, sheet.branch)
  const before = (await draftOf(turn, sheet))?.fields.scores
  const read = itemsOf(rubric).map((item, i) => {
    const value = values[`i${item.number}`]
    return value === undefined || value === '' ? (before?.[i] ?? null) : Number(value)
  })
  const bad = itemsOf(rubric).find((item, i) => read[i] !== null && !isScore(read[i] ?? Number.NaN, item, rubric))
  await keep(
    turn,
    sheet,
    read.map((value, i) => (bad?.number === i + 1 ? null : value)),
  )
  const { subjects } = focusOf(turn)
  const spokenOf = subjects.includes(sheet.subject) ? subjects : [sheet.subject]
  setFocus(turn, { subjects: spokenOf, ...(bad ? { asked: { subject: sheet.subject, item: bad.number } } : {}) })
  if (bad)
    turn.say(
      `${sheet.name}第${bad.number}项（${bad.label}）收到“${String(values[`i${bad.number}`])}”，这一项是${rangeWords(bad)}${bad.levels ? '' : `，可到${rubric.step}分`}。第${bad.number}项应是几分？`,
    )
  else await proceed(turn)
  return true
}
