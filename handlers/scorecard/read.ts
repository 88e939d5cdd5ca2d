import { rubricOf } from '../../src/bot/records/results.ts'
import { selfScoreOf } from '../../src/bot/records/rounds.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { type Beside, type Reading, readCard, readChange } from '../../src/campaign/reading/read-scores.ts'
import { readVetoes } from '../../src/campaign/reading/read-vetoes.ts'
import { type Named, splitBranch } from '../../src/campaign/roster/names.ts'
import type { Branch } from '../../src/campaign/roster/roster.ts'
import { bandOf, isComplete, type Rubric } from '../../src/campaign/scores/rubric.ts'
import { keep, known, recordOf, type Sheet, sheetNamed, sheetsOf } from './sheet.ts'
import { chooseSheet, closedFor, focusOf, openSheet, proceed, setFocus } from './show.ts'

type Piece = { sheet: Sheet; text: string }

/** `评分`, `评分 <支部>`, `评分 <支部> <scores>`, or several lines of the last. */
export async function score(turn: Turn, argument: string): Promise<void> {
  const sheets = sheetsOf(turn)
  const [only] = sheets
  if (!only) return turn.say('目前没有需要您评分的支部。')
  setFocus(turn, { subjects: [] })
  if (!argument) return sheets.length === 1 ? openSheet(turn, only) : chooseSheet(turn, sheets)
  const nameless = splitBranch(argument, everyBranch(turn)) === undefined
  // Who scores one branch alone need not name it.
  if (sheets.length === 1 && nameless && readCard(argument, rubricOf(turn, only.branch)).kind !== 'other')
    return take(turn, [{ sheet: only, text: argument }])
  await takeLines(turn, linesOf(argument))
}

/** A command as it is dictated: `评分软件教研室第三项四分…`, `请给软件教研室打分：…`. Only where it is certain that scores of one's branch follow. */
export async function dictated(turn: Turn, text: string): Promise<boolean> {
  const [first = '', ...more] = linesOf(text)
  const named =
    /^[请麻烦帮我\s]{0,12}(?:给|为|对)([^，。；：,;:\n]{2,40}?)(?:打分|评分|评一下)[，。：,:\s]{0,8}(.*)/.exec(first)
  const command = /^[请帮我\s]{0,12}(?:评分|打分|评一下)[，。：,:\s]{0,8}/.exec(first)?.[0]
  const alone = command === undefined ? undefined : first.slice(command.length)
  const said = named ? `${named[1]} ${named[2]}` : alone
  const begun = said === undefined ? undefined : splitBranch(said, known(turn, sheetsOf(turn)))
  if (said === undefined || begun?.match.kind !== 'one') return false
  if (begun.rest.trim() && readCard(begun.rest, rubricMeant(turn, begun)).kind === 'other') return false
  await score(turn, [said, ...more].join('\n'))
  return true
}

/** Of the branch that a text begins with, else of the first that this person scores. */
export function rubricMeant(turn: Turn, begun: ReturnType<typeof splitBranch>): Rubric {
  const sheet = begun?.match.kind === 'one' ? sheetNamed(turn, begun.match.id) : sheetsOf(turn)[0]
  return rubricOf(turn, sheet?.branch ?? {})
}

export const linesOf = (text: string): string[] => text.split('\n').filter((one) => one.trim())
const everyBranch = (turn: Turn): readonly Branch[] => turn.roster.branches

/**
 * A line that begins with a branch begins its card, others continue the one before (at first `begun`). A branch that is not certain is
 * asked, and all that follows waits. `earlier`: subjects that were taken before the question.
 */
async function takeLines(
  turn: Turn,
  said: readonly string[],
  pieces: Piece[] = [],
  earlier: readonly string[] = [],
): Promise<void> {
  const sheets = sheetsOf(turn)
  const mine = known(turn, sheets)
  const lines = said.flatMap((line) => parts(line, mine))
  for (const [i, line] of lines.entries()) {
    const begun = splitBranch(line, mine)
    const last = pieces.at(-1)
    const sheet = begun?.match.kind === 'one' ? sheetNamed(turn, begun.match.id) : undefined
    if (sheet && begun) pieces.push({ sheet, text: begun.rest })
    else if (!begun && splitBranch(line, everyBranch(turn))?.match.kind === 'one')
      return notTheirs(turn, pieces, earlier)
    else if (!begun && !last && isTableHead(line)) continue
    else if (begun || !last) return whichBranch(turn, pieces, lines.slice(i), earlier)
    else pieces[pieces.length - 1] = { ...last, text: `${last.text}\n${line}` }
  }
  await take(turn, pieces, earlier)
}

/** A line longer than this is one piece: nobody writes so many branches without a line break. */
export const longestLine = 2_000
/** `教工一除7扣1其余满分，学生除16扣1其余满分`: behind a comma another branch of one's own may begin. */
function parts(line: string, mine: readonly Named[]): string[] {
  const found = ['']
  for (const clause of line.length > longestLine ? [line] : line.split(/(?<=[，,；;。])/)) {
    const begins = splitBranch(clause, mine)
    if (begins?.match.kind === 'one' && begins.rest.trim()) found.push(clause)
    else found[found.length - 1] += clause
  }
  return found.filter(Boolean)
}

/** The first line of a pasted table. */
const isTableHead = (line: string): boolean =>
  /^\s*(?:序号[\s,，]*)?(?:党?支部名?称?|单位)(?:[\d\s,，]|第|项|总分|合计|定级|得分)*$/.test(line)

async function notTheirs(turn: Turn, pieces: readonly Piece[], earlier: readonly string[]): Promise<void> {
  const names = sheetsOf(turn).map((sheet) => sheet.name)
  turn.say(`无权给这个支部评分。您可以评分的支部：${names.join('、')}。`)
  if (pieces.length > 0) await take(turn, pieces, earlier)
}

/** Those that come near are offered; what was typed after the name waits. What stood before is kept. */
export async function whichBranch(
  turn: Turn,
  pieces: readonly Piece[],
  lines: readonly string[],
  earlier: readonly string[],
): Promise<void> {
  const [line = '', ...more] = lines
  const sheets = sheetsOf(turn)
  const begun = splitBranch(line, known(turn, sheets))
  const near = begun?.match.kind === 'several' ? begun.match.ids : []
  const { subjects } = await keepAll(turn, pieces)
  const spokenOf = [...new Set([...earlier, ...subjects])]
  setFocus(turn, { subjects: spokenOf, pending: [begun?.rest ?? withoutFirstWord(line), ...more].join('\n') })
  const offered = near.length > 0 ? sheets.filter((sheet) => near.includes(sheet.subject)) : sheets
  await chooseSheet(turn, offered, near.length > 0 ? '是哪个支部' : '没有找到这个支部，请选择')
}
const withoutFirstWord = (text: string): string => text.trim().replace(/^\S+[\s:：]*/, '')

/** A text that waited for its branch. */
export async function takePending(turn: Turn, sheet: Sheet): Promise<boolean> {
  const { pending, subjects } = focusOf(turn)
  if (pending === undefined) return false
  const [first = '', ...more] = pending.split('\n')
  await takeLines(turn, more, [{ sheet, text: first }], subjects)
  return true
}

/** What a text about a branch's scores may refer to. */
export async function besideOf(turn: Turn, sheet: Sheet): Promise<Beside> {
  const self = await selfScoreOf(turn, sheet)
  const last = (await recordOf(turn, sheet))?.scores
  return { ...(self ? { self } : {}), ...(last ? { last } : {}), bandOf: (total) => bandOf(total, turn.campaign.bands) }
}

/** A whole card; of a submitted one some items are a correction, which needs no word about the rest. */
async function wholeOrCorrection(turn: Turn, sheet: Sheet, text: string): Promise<Reading> {
  const rubric = rubricOf(turn, sheet.branch)
  const beside = await besideOf(turn, sheet)
  const whole = readCard(text, rubric, beside)
  if (whole.kind === 'scores' && isComplete(whole.scores)) return whole
  const correction = beside.last && readChange(text, rubric, { ...beside, draft: beside.last })
  return correction?.kind === 'scores' ? correction : whole
}

export const unknownVeto = (said: string, { vetoes = [] }: Rubric): string =>
  `“${said}”不是一票否决的情形，这条还没有记下，请改好再发一次。可以写：${vetoes.map(({ name }) => `否决 ${name}`).join('、')}。`

type Problem = { subject: string; item?: number; sentence: string }

/** Whole cards: each replaces the draft of its branch. What was read of them is kept. */
async function keepAll(turn: Turn, pieces: readonly Piece[]) {
  const subjects: string[] = []
  const problems: Problem[] = []
  const filed: string[] = []
  for (const { sheet, text } of pieces) {
    const closed = await closedFor(turn, sheet)
    if (closed !== undefined) {
      filed.push(closed)
      continue
    }
    if (subjects.includes(sheet.subject)) continue
    subjects.push(sheet.subject)
    if (pieces.some((one) => one.sheet.subject === sheet.subject && one.text.trim() !== text.trim())) {
      problems.push({ subject: sheet.subject, sentence: `${sheet.name}写了两次，都还没有记下。请只发要用的一行。` })
      continue
    }
    const vetoes = readVetoes(text, rubricOf(turn, sheet.branch))
    const reading = await wholeOrCorrection(turn, sheet, vetoes.rest)
    const said = vetoes.unknown === undefined ? undefined : unknownVeto(vetoes.unknown, rubricOf(turn, sheet.branch))
    if (said !== undefined) {
      problems.push({ subject: sheet.subject, sentence: said })
      continue
    }
    if (reading.kind === 'other')
      problems.push({
        subject: sheet.subject,
        sentence: `“${text.trim().slice(0, 40)}”没有读懂。请发各项得分，如“除3扣1，其余满分”。`,
      })
    else
      await keep(turn, sheet, reading.scores, {
        reasons: Object.fromEntries(reading.reasons ?? []),
        vetoes: vetoes.held,
      })
    if (reading.kind === 'unread')
      problems.push({
        subject: sheet.subject,
        sentence: reading.sentence,
        ...(reading.item === undefined ? {} : { item: reading.item }),
      })
  }
  return { subjects, problems, filed }
}

/** Takes whole cards. What cannot be read is asked back, the first piece first. */
export async function take(turn: Turn, pieces: readonly Piece[], earlier: readonly string[] = []): Promise<void> {
  const [only] = pieces
  if (pieces.length === 1 && earlier.length === 0 && only && !only.text.trim()) return openSheet(turn, only.sheet)
  const { subjects: taken, problems, filed } = await keepAll(turn, pieces)
  const subjects = [...new Set([...earlier, ...taken])]
  if (filed.length > 0) turn.say(filed.join('\n'))
  if (subjects.length === 0) return
  const [problem] = problems
  setFocus(turn, {
    subjects,
    ...(problem?.item === undefined ? {} : { asked: { subject: problem.subject, item: problem.item } }),
  })
  if (!problem) return proceed(turn)
  turn.say(subjects.length > 1 ? `${sheetNamed(turn, problem.subject)?.name}：${problem.sentence}` : problem.sentence)
}
