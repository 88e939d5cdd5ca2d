/** Finds branches by the names that people type. */

import { numeralChars } from '../numerals.ts'
import { lately, once } from '../once.ts'
import {
  core,
  type Forms,
  generalCore,
  indexOf,
  type Named,
  type NameIndex,
  normalize,
  squeeze,
  suffix,
} from './name-index.ts'

export { core, type Named, normalize } from './name-index.ts'

export type BranchMatch =
  | { kind: 'one'; id: string }
  | { kind: 'several'; ids: string[] }
  /** `near` holds likely candidates for “did you mean”, best first. */
  | { kind: 'none'; near: string[] }

/** The branches meant by `总支/支部`, with or without the slash: a part of the general branch's name, then a part of the branch's. */
function withPaths(typed: string, text: string, index: NameIndex): readonly number[] {
  const [left, right, ...more] = typed.split('/')
  if (left !== undefined && right !== undefined)
    return more.length === 0 ? index.withPath(generalCore(left), core(right)) : []
  const found = new Set<number>()
  for (let end = 2; end < text.length; end++) {
    const general = text.slice(0, end).replace(/党?总支$/, '')
    for (const place of index.withPath(general, text.slice(end))) found.add(place)
  }
  return [...found]
}

function subsequence(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, () => 0)
  for (const char of a) {
    const next = [0]
    for (let i = 0; i < b.length; i++)
      next.push(char === b[i] ? (row[i] ?? 0) + 1 : Math.max(next[i] ?? 0, row[i + 1] ?? 0))
    row = next
  }
  return row[b.length] ?? 0
}

function near(typed: string, { forms }: NameIndex): string[] {
  const text = core(typed).slice(0, 40)
  const likeness = ({ core: full, general }: Forms): number => {
    const shared = Math.max(subsequence(text, full), subsequence(text, general + full))
    return shared / Math.max(text.length, Math.min(full.length, text.length + 2))
  }
  return forms
    .map((form) => ({ id: form.id, like: likeness(form) }))
    .filter(({ like }) => like >= 0.5)
    .sort((a, b) => b.like - a.like)
    .slice(0, 5)
    .map(({ id }) => id)
}

/**
 * The branch that a name means: the exact name (also `总支/支部`), or else any part that fits only one branch (`软件教研室`, `机电教工一` for 机电教工第一党支部).
 * Contract: a branch is known by its name or any unambiguous part of it.
 */
export function matchBranch(typed: string, branches: readonly Named[]): BranchMatch {
  const index = indexOf(branches)
  const found = fitting(typed, index)
  return found ? found.match : { kind: 'none', near: near(typed, index) }
}

/**
 * The same among a person's own branches, except that a name which fits somebody else's branch better means that one: `others`. `all` are
 * the college's branches. Own branches come first only if both fit equally well.
 */
export function matchOwn(
  typed: string,
  { own, all }: { own: readonly Named[]; all: readonly Named[] },
): BranchMatch | { kind: 'others'; ids: string[] } {
  const mine = fitting(typed, indexOf(own))
  const anybody = fitting(typed, indexOf(all))
  if (mine && !(anybody && anybody.rank < mine.rank)) return mine.match
  if (anybody) return { kind: 'others', ids: anybody.match.kind === 'one' ? [anybody.match.id] : anybody.match.ids }
  return { kind: 'none', near: near(typed, indexOf(own)) }
}

type Match = Exclude<BranchMatch, { kind: 'none' }>
/** `rank` is the certainty; 0 is the exact name. */
type Fit = { match: Match; rank: number }

/** The branches that a typed name means. */
const fitting = (typed: string, index: NameIndex): Fit | undefined =>
  typed.length > longestTyped ? undefined : fitsIn(index)(typed).fit

// The same beginnings of a line are tried several times: among one's own branches, among all, clause by clause. Thousands of people have
// a list of their own, so each list remembers only a few.
const fitsIn = once((index: NameIndex) => lately(8, (typed: string) => ({ fit: fitOf(typed, index) })))

/** A typed name in the forms in which names are compared. */
const formsOf = lately(64, (typed: string) => ({ text: squeeze(typed), short: core(typed) }))

function fitOf(typed: string, index: NameIndex): Fit | undefined {
  const { text, short } = formsOf(typed)
  if (!text) return undefined
  const rules: (() => readonly number[])[] = [
    () => index.named(text),
    () => (suffix.test(text) && short !== '' ? index.withCore(short) : []),
    () => index.withPart(short),
    () => withPaths(normalize(typed), short, index),
  ]
  for (const [rank, fits] of rules.entries()) {
    const ids = fits().flatMap((place) => index.forms[place]?.id ?? [])
    const [id] = ids
    if (id !== undefined) return { match: ids.length === 1 ? { kind: 'one', id } : { kind: 'several', ids }, rank }
  }
  return undefined
}

const longestName = 60
/** A longer text is no name, whatever it contains. */
const longestTyped = 2 * longestName
/** A name stands at the beginning. Only blanks, a number and a quotation mark may stand before it. */
const mostRead = 2 * longestName
const separator = /^(?:$|[\s:,;、。=])/
/** What cannot stand in a name that begins a line: a mark, or a number behind a blank. */
const noName = new RegExp(`[\\n:,;、。=]|\\s(?=[\\d${numeralChars}])`)
const number = new RegExp(`[\\d${numeralChars}]`)
/** The words that may follow a name directly, because scores begin with them. */
const scoresBegin = /^(?:除|全|都|均|满|各|每|其余|其他|其它|剩|不扣|没扣)/
const changeBegins = /^的?(?:第|把|将|得|自评|评分|打分|评|扣|总分|[①-⑳])/

/** Whether a name may end here. A name that ends in a number ends with that number, before a word that cannot belong to it. */
function endsHere(name: string, rest: string): boolean {
  if (separator.test(rest) || scoresBegin.test(rest)) return true
  return !number.test(name.slice(-1)) && (number.test(rest.slice(0, 1)) || changeBegins.test(rest))
}

/**
 * Splits a line that begins with a branch into the branch and the rest: `软件教研室 5545 …`, `机电教工一：全部满分`, `信息学生除3扣1，…`. The longest beginning
 * that is a name or a part of one counts. Numbers after a blank belong to the rest. Undefined if there is no branch.
 */
export function splitBranch(line: string, branches: readonly Named[]): { match: Match; rest: string } | undefined {
  const index = indexOf(branches)
  const text = normalize(line.slice(0, mostRead))
  const start = /^\s*(?:[(]?[\d一二三四五六七八九十]{1,3}[、.)]\s*|\d{1,2}\s+)?[“"「【[]?/.exec(text)?.[0].length ?? 0
  const said = text.slice(start, start + longestName)
  if (!index.mayBegin(said)) return undefined
  const most = noName.exec(said)?.index ?? said.length
  for (let end = start + most; end > start; end--) {
    const name = text.slice(start, end)
    if (/[\s-]$/.test(name) || !endsHere(name, text.slice(end).replace(/^["”」】\]]/, ''))) continue
    if (formsOf(name).short.length < 2 && !name.endsWith('支部')) continue
    const found = fitting(name, index)
    if (found) return { match: found.match, rest: line.slice(end).replace(/^["”」】\]]?[\s:：,，;；、。=＝]*的?/, '') }
  }
  return undefined
}
