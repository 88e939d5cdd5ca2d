/** Branches as people name them. */
import { numeralChars, numeralsAsDigits } from './numerals.ts'

export type Named = { id: string; name: string /** Name of its general branch. */; generalName?: string }
export type BranchMatch =
  | { kind: 'one'; id: string }
  | { kind: 'several'; ids: string[] }
  /** `near`: likely candidates for “did you mean”, best first. */
  | { kind: 'none'; near: string[] }

/** Full-width letters, digits and punctuation as half-width, every white space but the line break as a blank. Keeps the length. */
export const normalize = (text: string): string =>
  text.replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/[^\S\n]/g, ' ')

const squeeze = (text: string): string =>
  normalize(text)
    .toLowerCase()
    .replace(/[\s"'“”‘’「」『』《》<>[\]【】()（）·—_.,、。:;!?-]/g, '')
    .replace(/^中共/, '')
const suffix = /(?:党支部|支部|党支)$/
/** What tells one branch from another: 机电教工第一党支部, 机电教工一支部 and 机电教工1 are the same. */
export const core = (text: string): string => numeralsAsDigits(squeeze(text).replace(suffix, ''))
const generalCore = (text: string): string => squeeze(text).replace(/(?:党总支部?|总支部?)$/, '')

/** `part` stands in `whole`, and a number in it is the whole number. */
function contains(whole: string, part: string): boolean {
  for (let at = whole.indexOf(part); at >= 0 && part; at = whole.indexOf(part, at + 1)) {
    const before = /^\d/.test(part) && /\d/.test(whole[at - 1] ?? '')
    const after = /\d$/.test(part) && /\d/.test(whole[at + part.length] ?? '')
    if (!before && !after) return true
  }
  return false
}

type Forms = { full: string; withGeneral: string; core: string; general: string }
const formsOf = new WeakMap<Named, Forms>()
/** What a branch's names are compared by; a college has many branches and a text many words. */
function forms(branch: Named): Forms {
  const known = formsOf.get(branch)
  if (known) return known
  const { name, generalName = '' } = branch
  const made = {
    full: squeeze(name),
    withGeneral: squeeze(`${generalName}/${name}`),
    core: core(name),
    general: generalCore(generalName),
  }
  formsOf.set(branch, made)
  return made
}

/** `总支/支部`, with or without the stroke: a part of the general branch's name, then a part of the branch's. */
function pathsIn(typed: string): [general: string, branch: string][] {
  const [left, right, ...more] = typed.split('/')
  if (left !== undefined && right !== undefined) return more.length === 0 ? [[generalCore(left), core(right)]] : []
  const text = core(typed)
  return Array.from({ length: Math.max(text.length - 2, 0) }, (_, i) => [
    text.slice(0, i + 2).replace(/党?总支$/, ''),
    text.slice(i + 2),
  ])
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

function near(typed: string, branches: readonly Named[]): string[] {
  const text = core(typed).slice(0, 40)
  if (text.length < 2) return []
  const likeness = (branch: Named): number => {
    const { core: full, general } = forms(branch)
    const shared = Math.max(subsequence(text, full), subsequence(text, general + full))
    return shared / Math.max(text.length, Math.min(full.length, text.length + 2))
  }
  return branches
    .map((branch) => ({ id: branch.id, like: likeness(branch) }))
    .filter(({ like }) => like >= 0.5)
    .sort((a, b) => b.like - a.like)
    .slice(0, 5)
    .map(({ id }) => id)
}

/**
 * Which branch a name means: the name itself (also `总支/支部`), else any part that fits only one (`软件教研室`, `机电教工一` for
 * 机电教工第一党支部). Contract: a branch is known by its name or any unambiguous part of it.
 */
export function matchBranch(typed: string, branches: readonly Named[]): BranchMatch {
  return fitting(typed, branches) ?? { kind: 'none', near: near(typed, branches) }
}

type Fitting = Exclude<BranchMatch, { kind: 'none' }>

function fitting(typed: string, branches: readonly Named[]): Fitting | undefined {
  const text = squeeze(typed)
  if (!text) return undefined
  const short = core(typed)
  const paths = pathsIn(normalize(typed))
  const rules: ((branch: Forms) => boolean)[] = [
    ({ full, withGeneral }) => text === full || text === withGeneral,
    (branch) => suffix.test(text) && short === branch.core,
    (branch) => contains(branch.core, short) || (short !== '' && contains(branch.full, text)),
    (branch) => paths.some(([general, part]) => contains(branch.general, general) && contains(branch.core, part)),
  ]
  for (const fits of rules) {
    const ids = branches.filter((branch) => fits(forms(branch))).map((branch) => branch.id)
    const [id] = ids
    if (id !== undefined) return ids.length === 1 ? { kind: 'one', id } : { kind: 'several', ids }
  }
  return undefined
}

const longestName = 60
const separator = /^(?:$|[\s:,;、。=])/
const number = new RegExp(`[\\d${numeralChars}]`)
const numberBehindBlank = new RegExp(`\\s[\\d${numeralChars}]`)
/** What may follow a name directly, because scores begin so. */
const scoresBegin = /^(?:除|全|都|均|满|各|每|其余|其他|其它|剩|不扣|没扣)/
const changeBegins = /^(?:第|把|将|得|自评|评分|打分|评|扣|总分|[①-⑳])/

/** A name that ends in a number ends where the number ends, and before a word that cannot belong to the number. */
function endsHere(name: string, rest: string): boolean {
  if (separator.test(rest) || scoresBegin.test(rest)) return true
  const last = name.at(-1) ?? ''
  return !number.test(last) && (number.test(rest[0] ?? '') || changeBegins.test(rest))
}

/**
 * A line that begins with a branch, and what follows the name: `软件教研室 5545 …`, `机电教工一：全部满分`, `信息学生除3扣1，…`.
 * The longest beginning that is a name or a part of one counts; numbers behind a blank belong to the rest. undefined: no branch.
 */
export function splitBranch(line: string, branches: readonly Named[]): { match: Fitting; rest: string } | undefined {
  const text = normalize(line)
  const start = /^\s*(?:\d{1,2}[、.)]\s*)?[“"「【[]?/.exec(text)?.[0].length ?? 0
  for (let end = Math.min(text.length, start + longestName); end > start; end--) {
    const name = text.slice(start, end)
    if (/[\s:,;、。=]$/.test(name) || !endsHere(name, text.slice(end).replace(/^["”」】\]]/, ''))) continue
    if (/[\n:,;、。=]/.test(name) || numberBehindBlank.test(name)) continue
    if (core(name).length < 2 && !name.endsWith('支部')) continue
    const match = fitting(name, branches)
    if (match) return { match, rest: line.slice(end).replace(/^["”」】\]]?[\s:：,，;；、。=＝]*/, '') }
  }
  return undefined
}
