/** A liaison report while it is written. Messages add to it, correct it, or replace parts of it. */
import type { Known } from '../reading/branch-mentions.ts'
import { listNumber } from '../reading/list-number.ts'
import {
  emptyReport,
  missingParts,
  namesAlone,
  noIssue,
  type Reading,
  type Report,
  readLiaisonReport,
  saysEnough,
  saysNone,
  saysYes,
} from '../reading/read-liaison-report.ts'
import { readVisits } from '../reading/read-visits.ts'
import { trimmedBy } from '../reading/trim.ts'

/** Removes the control characters of word processors; some of them are line breaks. */
export const cleaned = (text: string): string =>
  text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n').replace(/(?![\n\t])\p{Cc}|[\u200B-\u200D\u2060\uFEFF]/gu, '')

const addition =
  /^(?:哦|噢|嗯|啊|对了|哎){0,3}[，,\s]{0,4}(?:对了|还有(?:一[点条件]事?|个事)?|(?:再|我再|我|另外?|需要){0,3}补充(?:一下|一句|[一两]点|[一两]条|说明|几句|一个|内容)?|忘了?说(?:了|一[点条件]事?)?|漏了?(?:说|写)(?:了|一[点条件])?|另外再?说一句)(?:[，,：:、。\s]{1,4}|$)/
const wrong = '(?:(?:写|说|打|发|弄|搞|填|记)?(?:错|漏|反)了|不对|有误)'
const correction = new RegExp(
  `^(?:不好意思|抱歉|哦|对不起|哎){0,3}[，,\\s]{0,4}(?:(?:刚才|上面|前面|时间|日期|支部|名字|难点){0,3}${wrong}|更正(?:一下)?|纠正(?:一下)?|订正|改一下|修改一下)(?:[，,：:、。\\s]{1,4}|$)`,
)
/** `难点写错了，应该是场地少`: the words behind are an issue. */
const correctionIn = (text: string, said: string): string => {
  const words = text.slice(said.length)
  return /难点/.test(said) ? `难点：${words.replace(replacing, '')}` : words
}
const replacing = /^(?:应该?(?:是|为)|是|改[成为]|去的是|去的|走访的是|为)+/

/** The report with one more message. */
export function takenUp(before: Report, message: string, known: Known): { report: Report; others: string[] } {
  const text = cleaned(message).trim()
  if (repeats(before.text, text)) return { report: before, others: [] }
  if (rewrites(before.text, text, known)) return fresh(readLiaisonReport(text, known), { ...emptyReport })
  const open = missingParts(before)
  if (open.length === 0 && saysEnough(text)) return { report: before, others: [] }
  if (before.unclearBranches) {
    const named = namesAlone(text, known)
    if (named) return { report: withBranches(before, named.branches, named.unclearBranches), others: [] }
  }
  if (before.doubt !== undefined && before.hard === undefined && (saysYes(text) || saysEnough(text)))
    return { report: settled(before, before.doubt), others: [] }
  const reissued = issueAnew(before, text)
  if (reissued) return { report: reissued, others: [] }
  const corrected = correction.exec(text)
  if (corrected) return correctedBy(before, correctionIn(text, corrected[0]), known)
  const swap =
    /^(?:(?:我|本月|这次|实际){0,2}(?:[去到走访过]{1,3}的)?不是(?<wrong>[^，,。]{1,30}?)[，,](?:而)?(?:应该?)?是|把(?<old>[^，,。]{1,30}?)改[成为])(?<right>[^，,。]{1,30}?)[。，,]{0,3}$/.exec(
      text,
    )?.groups
  if (swap && namesAlone(swap['right'] ?? '', known) && namesAlone(swap['wrong'] ?? swap['old'] ?? '', known))
    return correctedBy(before, text.slice(text.indexOf(swap['right'] ?? '', 3)), known)
  const words = text.slice(addition.exec(text)?.[0].length ?? 0)
  return fresh(readLiaisonReport(words, known, open), before)
}

function fresh(reading: Reading, before: Report): { report: Report; others: string[] } {
  const { others, missed, mentions: _, none: __, ...read } = reading
  const branches = before.branches.filter((id) => !missed.includes(id))
  return { report: merged({ ...before, branches }, read), others }
}

const signs = /[\s\p{P}\p{S}]/gu
const plain = (text: string): string => text.replace(signs, '')
const leastAlike = 0.8

/** Whether a message repeats the text, apart from punctuation. */
const repeats = (before: string, text: string): boolean => plain(text).length > 4 && plain(before).endsWith(plain(text))
/** Whether a message is the same report with changes: most of its sentences are known already. A shorter one must be whole by itself. */
function rewrites(before: string, text: string, known: Known): boolean {
  const [old, said] = [plain(before), plain(text)]
  if (said.length < 15) return false
  const sentences = text
    .split(/[。！？!?；;\n，,]+/)
    .map(plain)
    .filter(Boolean)
  const same = sentences.filter((one) => old.includes(one)).join('').length
  if (said.length < old.length * leastAlike)
    return same / said.length >= 0.6 && missingParts(readLiaisonReport(text, known)).length === 0
  return same / said.length >= 0.6 || (said.startsWith(old) && old.length > 14)
}

const joined = (before: string | undefined, added: string | undefined, by = '\n'): string | undefined =>
  before === undefined || before === ''
    ? added
    : added === undefined || added === ''
      ? before
      : `${before}${by}${added}`

/** Adds a message to a report. If an issue comes, 无 and the words for it are dropped. */
function merged(before: Report, added: Report & { none?: string }): Report {
  const branches = [...new Set([...before.branches, ...added.branches])]
  const isIssue = added.hard !== undefined && added.hard !== noIssue
  const hard =
    isIssue && before.hard !== undefined && before.hard !== noIssue
      ? linesOf(before.hard, added.hard)
      : isIssue
        ? added.hard
        : (before.hard ?? added.hard)
  const noVisit = branches.length > 0 ? undefined : joined(before.noVisit, added.noVisit)
  const unclear = added.unclearBranches ?? (added.branches.length > 0 ? undefined : before.unclearBranches)
  const doubt = hard === undefined ? joined(before.doubt, added.doubt) : added.doubt
  const text = isIssue && before.hard === noIssue ? withoutNone(before.text) : before.text
  return {
    text: joined(text, added.text.trim()) ?? '',
    branches,
    ...(unclear ? { unclearBranches: unclear } : {}),
    ...(noVisit === undefined ? {} : { noVisit }),
    ...(before.seen || added.seen ? { seen: true } : {}),
    ...(before.solved || added.solved ? { solved: true } : {}),
    // A new doubt reopens 无, but never an issue that was named.
    ...(hard === undefined || (added.doubt !== undefined && hard === noIssue) ? {} : { hard }),
    ...(doubt === undefined || (hard !== undefined && hard !== noIssue) ? {} : { doubt }),
  }
}
const linesOf = (...issues: (string | undefined)[]): string =>
  [...new Set(issues.flatMap((one) => one?.split('\n') ?? []))].join('\n')

const numberFirst = new RegExp(`^\\s*${listNumber}`, 'u')
/** Once there is an issue, the words that said there is none are dropped: `难点：无`. */
const withoutNone = (text: string): string =>
  text
    .split(/(?<=[。！？!?；;\n])/)
    .filter(
      (sentence) =>
        !(
          saysNone(sentence.replace(numberFirst, '')) &&
          /难点|堵点|热点|困难|问题/.test(sentence) &&
          !/解决/.test(sentence)
        ),
    )
    .join('')
    .trim()

/** The report with these visited branches. */
export function withBranches(report: Report, branches: readonly string[], unclear?: Report['unclearBranches']): Report {
  const { unclearBranches: _, noVisit: __, ...rest } = report
  return {
    ...rest,
    branches: [...new Set([...rest.branches, ...branches])],
    ...(unclear ? { unclearBranches: unclear } : {}),
  }
}
/** Sets the hard issues as the person said them. This answers the question about a doubt. */
export function settled(report: Report, hard: string): Report {
  const { doubt: _, ...rest } = report
  return { ...rest, hard }
}

const aboutIssue = '^(?:把|将)?(?:难点|堵点|热点|难点堵点|问题)(?:那一?[条个]|这一?[条个]|部分|一栏)?'
const issueChanged = new RegExp(
  `${aboutIssue}(?:${wrong}[，,：:\\s]{0,3})?(?:改成|改为|换成|改写成|更正为|应该?[是为])[：:，,\\s]{0,3}(?<now>[^]{1,2000})$`,
)
const issueDropped = new RegExp(
  `${aboutIssue}(?:先|就)?(?:不报|撤|取消|去掉|删掉|删|不要|划掉|不提|拿掉|不写)(?:了|吧|了吧)?(?:[，,。][^\\n]{0,60})?$`,
)
/** What is left of an issue that is dropped from a list: `2、`. */
const numberAlone = new RegExp(`\\n${listNumber}(?=\\n|$)`, 'gu')
/** `难点改成：缺活动经费`, `难点那条不报了`: replaces the issues, in the text too. The words of the command do not go into the text. */
function issueAnew(before: Report, text: string): Report | undefined {
  if (before.hard === undefined || before.hard === noIssue) return undefined
  const now = issueDropped.test(text) ? noIssue : issueChanged.exec(text)?.groups?.['now']?.trim()
  if (!now) return undefined
  const hard = saysNone(now)
    ? noIssue
    : now
        .split('\n')
        .map((one) => one.trim())
        .filter(Boolean)
        .join('\n')
  const [first = '', ...more] = before.hard.split('\n')
  const isThere = before.text.includes(first)
  const changed = isThere ? before.text.replace(first, () => hard) : `${before.text}\n难点：${hard}`
  const left = more.reduce((words, one) => words.replace(one, ''), changed)
  return settled({ ...before, text: left.replace(numberAlone, '') }, hard)
}

/** `教工二支部，不是教工一` */
const withoutDenial = (words: string): string => trimmedBy(words.split(/[，,。]\s?不是/)[0] ?? '', /[\s。，,]/)

/** `写错了，是教工二支部`: corrects a branch, in the text too. It may also name an issue where there was none; any other words are added. */
function correctedBy(before: Report, words: string, known: Known): { report: Report; others: string[] } {
  const named = namesAlone(withoutDenial(words.replace(replacing, '')), known)
  if (named) {
    const [only, ...more] = before.branches
    const isOne = more.length === 0 && !before.unclearBranches
    const { unclearBranches: _, noVisit: __, ...rest } = before
    const branches = isOne ? named.branches : []
    const text =
      isOne && only !== undefined
        ? renamed(before.text, only, { name: withoutDenial(words.replace(replacing, '')), known })
        : before.text
    return {
      report: { ...rest, text, branches, ...(named.unclearBranches ? { unclearBranches: named.unclearBranches } : {}) },
      others: [],
    }
  }
  const read = readLiaisonReport(
    words.replace(/^(?:是|应该?是|应为)(?=\d)/, ''),
    known,
    before.hard === undefined ? missingParts(before) : [],
  )
  const { report, others } = fresh(read, { ...before, ...(read.hard !== undefined ? { hard: noIssue } : {}) })
  return { report: read.hard !== undefined ? { ...report, hard: read.hard } : report, others }
}

/** The text with another name in every place that named this branch. */
function renamed(text: string, id: string, { name, known }: { name: string; known: Known }): string {
  let [words, from] = ['', 0]
  for (const one of readVisits(text, known).mentions) {
    if (one.match.kind !== 'one' || one.match.id !== id) continue
    words += text.slice(from, one.from) + name
    from = one.to
  }
  return words + text.slice(from)
}

/** Rewrites one part. If the whole text is new, branches and issues are read from it again, as far as it names them. */
export function rewritten(report: Report, part: string, { text, known }: { text: string; known: Known }): Report {
  if (part === 'hard') return settled(report, text)
  if (part === 'branch') {
    const { report: read } = takenUp({ ...emptyReport, seen: true }, text, known)
    return withBranches({ ...report, branches: [] }, read.branches, read.unclearBranches)
  }
  const { report: read } = takenUp(emptyReport, text, known)
  const hard = read.hard ?? report.hard
  return { ...read, branches: read.branches.length > 0 ? read.branches : report.branches, ...(hard ? { hard } : {}) }
}

const saysVisited = (text: string): boolean => /走访|调研|看望|联系|去|到|支部/.test(text)
const shortest = 6

/**
 * Whether an unasked text is a report: it tells of a visit to a named branch, of no visit, or of something solved or hard. A greeting is no
 * report.
 */
export function readsLikeReport(text: string, known: Known): boolean {
  const read = readLiaisonReport(cleaned(text), known)
  const isNamed = read.branches.length > 0 || read.unclearBranches !== undefined || read.others.length > 0
  const tells = (isNamed && saysVisited(text)) || read.noVisit !== undefined || read.solved || read.hard !== undefined
  return tells && Array.from(text.trim()).length >= shortest
}
