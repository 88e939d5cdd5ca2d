/** Liaison reports as people write them. Contract: Reading reports. */
import { branchMentions } from './branch-mentions.ts'
import { matchBranch, type Named } from './names.ts'
import { givesReason, type Part, partOf, saysNone, saysNoVisit, soundsSeen, titled } from './report-words.ts'

export type { Part } from './report-words.ts'
export { saysNone, saysNoneOfAll } from './report-words.ts'

/** Words whose part is not certain: they wait here, with the parts they may belong to. */
export type Doubt = { words: string; parts: Part[] }
/** `branches`: ids. All texts are the person's own words. `visit`: that they went, as long as nothing else was seen. */
export type Report = {
  branches: string[]
  unclearBranches?: { words: string; ids: string[] }
  noVisit?: string
  visit?: string
  seen?: string
  solved?: string
  hard?: string
  advice?: string
  doubts: Doubt[]
}
export type Missing = 'branch' | 'reason' | 'seen' | 'solved' | 'hard'
/** Where each piece of the text went; together they are the text. */
export type Span = { from: number; to: number; as: Part | 'visit' | 'noVisit' | 'doubt' | 'branch' | 'title' }

/**
 * One message of a report: which branches of `branches` (the person's own) it names, and what of it belongs to which part, by
 * titles (`难点：…`) or by the words of its sentences. `open`: what was asked for, so that an answer without such words finds its
 * place. Nothing is shortened. What may belong to several parts is in `doubts`.
 */
export function readReport(
  text: string,
  branches: readonly Named[],
  { open = [] }: { open?: readonly Missing[] } = {},
): Report & { used: Span[] } {
  const mentions = branchMentions(text, branches)
  const sure = mentions.flatMap(({ match }) => (match.kind === 'one' ? [match.id] : []))
  const used = spansOf(text, branches, open, mentions)
  const named = used.flatMap(({ from, to, as }) =>
    as === 'branch' ? (listed(text.slice(from, to), branches) ?? []) : [],
  )
  const ids = [...new Set([...sure, ...named])]
  const unclear = mentions.find(({ match }) => match.kind === 'several' && !match.ids.some((id) => ids.includes(id)))
  const noVisit =
    ids.length === 0 && !unclear && (saysNoVisit(text) || (open.includes('reason') && !open.includes('branch')))
  if (noVisit) for (const span of used) if (span.as === 'seen' || span.as === 'visit') span.as = 'noVisit'
  const [only, ...others] = branches
  if (ids.length === 0 && !unclear && !noVisit && only && others.length === 0) ids.push(only.id)
  return {
    branches: ids,
    ...(unclear?.match.kind === 'several'
      ? { unclearBranches: { words: text.slice(unclear.from, unclear.to), ids: unclear.match.ids } }
      : {}),
    ...composed(text, used),
    doubts: doubtsOf(text, used, open),
    used,
  }
}

/** An answer that is nothing but names: `软件、网络`. */
function listed(text: string, branches: readonly Named[]): string[] | undefined {
  const ids: string[] = []
  for (const name of text.split(/[\s,，、；;。和与及]+/).filter(Boolean)) {
    const match = matchBranch(name, branches)
    if (match.kind !== 'one') return undefined
    ids.push(match.id)
  }
  return ids.length > 0 ? ids : undefined
}

type Mentions = readonly { from: number; to: number }[]
type Current = { as: Span['as']; titled: boolean }

function spansOf(text: string, branches: readonly Named[], open: readonly Missing[], mentions: Mentions): Span[] {
  const spans: Span[] = []
  const add = (from: number, to: number, as: Span['as']): void => {
    if (to > from) spans.push({ from, to, as })
  }
  let current: Current | undefined
  for (const { from, to, start } of clausesOf(text)) {
    const clause = text.slice(from, to)
    const title = start === 'clause' ? undefined : titled(clause, start === 'line')
    const begin = from + (title?.length ?? 0)
    add(from, begin, 'title')
    current = title ? { as: title.part, titled: true } : next(text, { from, to, start }, current, open)
    const asNames = current.as === 'branch' || open.includes('branch')
    if (asNames && listed(text.slice(begin, to), branches)) add(begin, to, 'branch')
    else if (current.as !== 'seen' && current.as !== 'branch') add(begin, to, current.as)
    else add(begin, to, isVisit(text, begin, to, mentions) ? 'visit' : 'seen')
  }
  return spans
}

type Clause = { from: number; to: number; start: 'line' | 'sentence' | 'clause' }

/** Clauses with the mark that ends them; together they are the text. */
function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = []
  let start: Clause['start'] = 'line'
  for (const { 0: piece, index } of text.matchAll(/[^，,。！？!?；;\n]*(?:[，,]|[。！？!?；;\n]+[\s]*|$)/g)) {
    if (!piece) continue
    clauses.push({ from: index, to: index + piece.length, start })
    start = /\n\s*$/.test(piece) ? 'line' : /[。！？!?；;]\s*$/.test(piece) ? 'sentence' : 'clause'
  }
  return clauses
}

/** Where a clause without a title belongs: to what its words say, else to what went before, else to what was asked. */
function next(
  text: string,
  { from, to, start }: Clause,
  current: Current | undefined,
  open: readonly Missing[],
): Current {
  const clause = text.slice(from, to)
  const said = partOf(clause)
  const held = current?.titled && current.as !== 'seen' && current.as !== 'branch'
  if (said && !(held && start === 'clause')) return current?.as === said ? current : { as: said, titled: false }
  if (current && (start === 'clause' || current.titled)) return current
  if (soundsSeen(sentenceAt(text, from))) return { as: 'seen', titled: false }
  if (current && start === 'sentence') return current
  return { as: asked(text, open), titled: false }
}
const sentenceAt = (text: string, from: number): string => /^[^。！？!?；;\n]*/.exec(text.slice(from))?.[0] ?? ''

/** The part for words that say nothing themselves: the one that was asked for, or in doubt if there are several. */
function asked(text: string, open: readonly Missing[]): Span['as'] {
  const parts = partsIn(open)
  const [only] = parts
  if (open.includes('reason')) return 'noVisit'
  if (parts.length === 1 && only) return only
  return parts.length === 0 || (parts.includes('seen') && !saysNone(text)) ? 'seen' : 'doubt'
}
const partsIn = (open: readonly Missing[]): Part[] =>
  open.filter((part) => part === 'seen' || part === 'solved' || part === 'hard')

/** Only that they went: a verb, names, a date. */
function isVisit(text: string, from: number, to: number, mentions: Mentions): boolean {
  const inside = mentions.filter((mention) => mention.from >= from && mention.to <= to)
  if (inside.length === 0) return false
  let rest = text.slice(from, to)
  for (const mention of inside) rest = rest.replace(text.slice(mention.from, mention.to), '')
  const left = rest
    .replace(/\d+月份?(?:\d+[日号])?|\d+[日号]|本月|这个?月|今天|昨天|上周|本周|[上下]午|周[一二三四五六日]|星期./g, '')
    .replace(
      /走访|调研|联系|看望|走进|来到|前往|深入|[下去到赴]|了|过|我|本人|先后|分别|和|与|及|等|[两三四二]个|党?支部|的|座谈|开展/g,
      '',
    )
  return (left.match(/[\p{L}\d]/gu) ?? []).length < 2
}

/** The pieces of a part, each as it was typed; pieces that stood apart are on lines of their own. */
function wordsOf(text: string, used: readonly Span[], ...as: Span['as'][]): string | undefined {
  const pieces: string[] = []
  let end = -1
  for (const span of used) {
    if (!as.includes(span.as)) continue
    const words = text.slice(span.from, span.to)
    if (span.from === end) pieces[pieces.length - 1] += words
    else pieces.push(words)
    end = span.to
  }
  const trimmed = pieces.map((piece) => piece.replace(/^[\s，,、；;]+|[\s，,、；;]+$/g, '')).filter(Boolean)
  return trimmed.length > 0 ? trimmed.join('\n') : undefined
}

function composed(
  text: string,
  used: readonly Span[],
): Pick<Report, 'noVisit' | 'visit' | 'seen' | 'solved' | 'hard' | 'advice'> {
  const seen = wordsOf(text, used, 'seen')
  const parts = {
    noVisit: wordsOf(text, used, 'noVisit'),
    visit: seen === undefined ? wordsOf(text, used, 'visit') : undefined,
    seen: seen === undefined ? undefined : wordsOf(text, used, 'visit', 'seen'),
    solved: wordsOf(text, used, 'solved'),
    hard: wordsOf(text, used, 'hard'),
    advice: wordsOf(text, used, 'advice'),
  }
  return present(parts)
}

function present<Key extends string>(parts: { [key in Key]: string | undefined }): { [key in Key]?: string } {
  const out: { [key in Key]?: string } = {}
  for (const key in parts) {
    const words = parts[key]
    if (words !== undefined) out[key] = words
  }
  return out
}

function doubtsOf(text: string, used: readonly Span[], open: readonly Missing[]): Doubt[] {
  const words = wordsOf(text, used, 'doubt')
  return words === undefined ? [] : [{ words, parts: partsIn(open) }]
}

const joined = (before: string | undefined, added: string | undefined): string | undefined =>
  before === undefined ? added : added === undefined ? before : `${before}\n${added}`

/** What the person adds is added; 无 gives way to an issue. */
const joinedIssue = (before: string | undefined, added: string | undefined): string | undefined =>
  before !== undefined && added !== undefined && saysNone(before) ? added : joined(before, added)

/** A report with a further message of it. */
export function mergeReport(before: Report, added: Report): Report {
  const branches = [...new Set([...before.branches, ...added.branches])]
  const noVisit = joined(before.noVisit, added.noVisit)
  const visited = branches.length > 0
  const seen = joined(before.seen, added.seen)
  const visit = joined(before.visit, added.visit)
  const unclear = added.unclearBranches ?? (added.branches.length > 0 ? undefined : before.unclearBranches)
  const went = seen === undefined ? undefined : joined(joined(visited ? noVisit : undefined, visit), seen)
  return {
    branches,
    ...(unclear ? { unclearBranches: unclear } : {}),
    ...present({
      noVisit: visited ? undefined : noVisit,
      visit: seen === undefined ? joined(visited ? noVisit : undefined, visit) : undefined,
      seen: went,
      solved: joinedIssue(before.solved, added.solved),
      hard: joinedIssue(before.hard, added.hard),
      advice: joined(before.advice, added.advice),
    }),
    doubts: [...before.doubts.filter((doubt) => !isSettledBy(doubt, added)), ...added.doubts],
  }
}

/** A bare 没有 in doubt is done with once the person said it in so many words: `没有难点`. */
const isSettledBy = ({ words, parts }: Doubt, added: Report): boolean =>
  saysNone(words) && parts.some((part) => added[part] !== undefined)

/** The first words in doubt, put where the person said: one part, or `all` of those they may belong to. */
export function settleDoubt(report: Report, part: Part | 'all'): Report {
  const [doubt, ...doubts] = report.doubts
  if (!doubt) return report
  if (part === 'all')
    return { ...doubt.parts.reduce((rest, one) => settleDoubt({ ...rest, doubts: [doubt] }, one), report), doubts }
  const words =
    part === 'seen' || part === 'advice' ? joined(report[part], doubt.words) : joinedIssue(report[part], doubt.words)
  return { ...report, ...present({ [part]: words }), doubts }
}

/** What is still to be asked, in this order. Without a visit a reason is enough. */
export function missingParts(report: Report): Missing[] {
  if (report.noVisit !== undefined) return givesReason(report.noVisit) ? [] : ['reason']
  const missing: Missing[] = report.branches.length > 0 ? [] : ['branch']
  for (const part of ['seen', 'solved', 'hard'] as const) if (report[part] === undefined) missing.push(part)
  return missing
}
