/** Finds the branches of which a free text speaks, by all names of the college, the longest first. */

import { numeralChars, wholeNumeral } from '../numerals.ts'
import { indexOf, type Named, type NameIndex } from '../roster/name-index.ts'
import { normalize } from '../roster/names.ts'
import { endBy } from './trim.ts'

/** `own` are the person's branches; `all` are all branches of the college. */
export type Known = { own: readonly Named[]; all: readonly Named[] }
/** `all`: several branches are meant together (`两个教工支部`). `others`: the branch belongs to somebody else. */
export type Mention = {
  from: number
  to: number
  match: { kind: 'one'; id: string } | { kind: 'several' | 'all' | 'others'; ids: string[] }
}

const longestName = 30
const isDigit = /\d/
const withSuffix = /^(?:那个|这个|的|党员)?(?:党支部|支部|党支(?!部))/
const before = 10

/** The text in the form in which names are compared, and the original place of each of its characters. */
type Folded = { plain: string; from: number[]; to: number[] }
const dropped = /["'“”‘’「」『』《》]/
/** In `教工二两个支部` the count 两个 is no part of the name's number, and `两支部` counts. */
const numbers = new RegExp(`第?(\\d+|(?:(?!两(?:个|党?支部))[${numeralChars}])+)`, 'g')
function fold(text: string): Folded {
  const folded: Folded = { plain: '', from: [], to: [] }
  const add = (words: string, from: number, to: number): void => {
    folded.plain += words
    for (const _ of words) {
      folded.from.push(from)
      folded.to.push(to)
    }
  }
  const same = normalize(text).replace(/[A-Z]/g, (char) => char.toLowerCase())
  const plainly = (from: number, to: number): void => {
    for (let at = from; at < to; at++) if (!dropped.test(same[at] ?? '')) add(same[at] ?? '', at, at + 1)
  }
  let done = 0
  for (const { 0: all, 1: number = '', index } of same.matchAll(numbers)) {
    const value = /\d/.test(number) ? number : wholeNumeral(number)
    if (value === undefined) continue
    plainly(done, index)
    add(String(value), index, index + all.length)
    done = index + all.length
  }
  plainly(done, same.length)
  return folded
}

/** A possible name. `at` and `end` are places in the folded text, without 支部. `closed`: 支部 follows, up to `after`. */
type Candidate = { at: number; end: number; after: number; closed: boolean; ids: string[]; whole: boolean }

/** Finds names with 支部, whole names, and parts of names after a verb of visiting or beside other names. They keep the order of the text. */
export function branchMentions(text: string, { own, all }: Known): Mention[] {
  const folded = fold(text)
  const index = indexOf(all)
  const mine = new Set(own.map(({ id }) => id))
  const candidates = candidatesIn(folded, index, mine)
  const accepted = candidates.map((one) => one.closed || isNameAlone(text, folded, { one, mine }))
  for (let i = candidates.length - 2; i >= 0; i--)
    if (accepted[i + 1] && isListed(folded, candidates, i)) accepted[i] = true
  for (let i = 1; i < candidates.length; i++)
    if (accepted[i - 1] && isListed(folded, candidates, i - 1) && endsAsName(text, folded, candidates[i]))
      accepted[i] = true
  return candidates.flatMap((one, i) => {
    const match = accepted[i]
      ? matchOf(text, folded, { one, around: { index, mine, listed: i > 0 && isListed(folded, candidates, i - 1) } })
      : undefined
    const [from, to] = [folded.from[one.at], folded.to[one.after - 1]]
    return match && from !== undefined && to !== undefined ? [{ from, to, match }] : []
  })
}

/** Whether one name stands beside the next: `教工一、学生支部`. */
function isListed({ plain }: Folded, candidates: readonly Candidate[], i: number): boolean {
  const [one, next] = [candidates[i], candidates[i + 1]]
  return one !== undefined && next !== undefined && /^(?:、|和|与|及|以及|还有)$/.test(plain.slice(one.after, next.at))
}

function candidatesIn(folded: Folded, index: NameIndex, mine: ReadonlySet<string>): Candidate[] {
  const known = new Map<string, Found>()
  const found: Candidate[] = []
  const { plain } = folded
  for (let at = 0; at < plain.length; ) {
    const one = candidateAt(plain, at, { index, mine, known })
    if (one) found.push(one, ...furtherNumbers(plain, one, { index, mine, known }))
    const last = found.at(-1)
    const isOver = last !== undefined && (last.closed || last.whole || /\d$/.test(plain.slice(last.at, last.end)))
    at = one && isOver ? Math.max(last.after, at + 1) : at + 1
  }
  return found
}

type Found = { ids: string[]; whole: boolean } | undefined
type Look = { index: NameIndex; mine: ReadonlySet<string>; known: Map<string, Found> }

/** The branches that a part of a name means: whole names before parts. One's own come before others only if both fit equally well. */
function lookUp(part: string, { index, mine, known }: Look): Found {
  if (known.has(part)) return known.get(part)
  const all = index.ending(part)
  const wholes = all.filter(({ whole }) => whole)
  const fit = [...new Set((wholes.length > 0 ? wholes : all).map(({ id }) => id))]
  const own = fit.filter((id) => mine.has(id))
  // If a part of one's own name is the whole name of somebody else's branch, it is uncertain, so both are kept.
  const ownParts =
    wholes.length > 0 && own.length === 0 ? [...new Set(all.map(({ id }) => id))].filter((id) => mine.has(id)) : []
  const ids = own.length > 0 ? own : [...ownParts, ...fit]
  const found = ids.length > 0 ? { ids, whole: wholes.length > 0 } : undefined
  known.set(part, found)
  return found
}

const isNumber = (text: string): boolean => /^\d+$/.test(text)
function candidateAt(plain: string, at: number, look: Look): Candidate | undefined {
  if (!look.index.begins(plain.slice(at, at + 2)) && !/\d/.test(plain[at] ?? '')) return undefined
  let end = at + 1
  while (end - at < longestName && end < plain.length && look.index.goesOn(plain.slice(at, end + 1))) end++
  for (; end > at; end--) {
    // 教工十二 is not 教工一.
    if (isDigit.test(plain[end - 1] ?? '') && isDigit.test(plain[end] ?? '')) continue
    const part = plain.slice(at, end)
    const isAlone = isNumber(part)
    if (part.length < 2 && !isAlone) return undefined
    const found = lookUp(part, look)
    if (!found) continue
    const closing = withSuffix.exec(plain.slice(end, end + 6))?.[0] ?? ''
    // A number alone counts only as a name of one's own branch, and only before 支部.
    if (isAlone && (/\d/.test(plain[at - 1] ?? '') || !found.ids.some((id) => look.mine.has(id)))) return undefined
    if (isAlone && !closing && !/^[、和与及](?:\d+)/.test(plain.slice(end, end + 4))) return undefined
    return { at, end, after: end + closing.length, closed: closing !== '', ...found }
  }
  return undefined
}

/** `教工一、二支部`, `教工第一支部和第二支部`: the next numbers belong to the same name. */
function furtherNumbers(plain: string, first: Candidate, look: Look): Candidate[] {
  const more: Candidate[] = []
  const name = plain.slice(first.at, first.end)
  const head = isDigit.test(name.at(-1) ?? '') ? name.slice(0, endBy(name, isDigit)) : undefined
  for (let end = first.after; head !== undefined; ) {
    const next = /^(、|和|与|及|以及)(\d+)/.exec(plain.slice(end, end + 6))
    const found = next && lookUp(head + (next[2] ?? ''), look)
    if (!next || !found) break
    const at = end + (next[1]?.length ?? 0)
    const to = end + next[0].length
    const closing = withSuffix.exec(plain.slice(to, to + 6))?.[0] ?? ''
    if (head === '' && !closing && !/^[、和与及]\d/.test(plain.slice(to, to + 3))) break
    more.push({ at, end: to, after: to + closing.length, closed: closing !== '', ...found })
    end = to + closing.length
  }
  return more
}

const visits =
  /(?:走访|调研|联系|看望|慰问|走进|来到|前往|深入|下到|去|到|赴|参加)(?:了|过|的是?|是|了?一?趟|了?一次|一下)?$|(?:支部|走访|到访|对象|单位)\s?[:：]\s?$|[一另]个是$/
const nameEnds =
  /^(?:$|[\s,，、。；;:：!！.）)]|那边|那里|那儿|这边|和|与|及|参加|开|调研|走访|检查|召开|座谈|坐|走了|转|听|看|一趟|两个|三个|等|都|均)/
const units = /(?:室|中心|馆|科|处|部|组|系|院|\d)$/
/** Words of a name that are ordinary words as well. */
const plainWords = /^(?:学生|教工|教师|职工|退休|离退休|机关|教学|后勤|党员|管理|服务|工程|技术|学院)$/

const textBefore = (text: string, { from }: Folded, at: number): string =>
  text.slice(Math.max(0, (from[at] ?? 0) - before), from[at])
const textAfter = (text: string, { to }: Folded, end: number): string =>
  text.slice(to[end - 1] ?? 0, (to[end - 1] ?? 0) + 4)

function endsAsName(text: string, folded: Folded, one: Candidate | undefined): boolean {
  return one !== undefined && nameEnds.test(textAfter(text, folded, one.end))
}

/** Whether a name without 支部 behind it counts: after a verb of visiting, or as a whole name of one's own that stands alone. */
function isNameAlone(
  text: string,
  folded: Folded,
  { one, mine }: { one: Candidate; mine: ReadonlySet<string> },
): boolean {
  const words = folded.plain.slice(one.at, one.end)
  const behind = textBefore(text, folded, one.at)
  const isBehindVerb = visits.test(behind)
  if (plainWords.test(words)) return isBehindVerb && /^(?:那边|那里|那儿)/.test(textAfter(text, folded, one.end))
  if (
    /\d$/.test(words) &&
    /^(?:这)?[两三四]个(?:党)?支部|^等?(?:党)?支部/.test(folded.plain.slice(one.end, one.end + 6).replace(/2/, '两'))
  )
    return true
  if (isBehindVerb) return endsAsName(text, folded, one) || (one.whole && words.length > 3)
  const isOwn = one.ids.some((id) => mine.has(id))
  if (isOwn && /\D\d{1,3}$/.test(words) && /(?:^|[。；;\n，,])\s{0,4}$/.test(behind) && endsAsName(text, folded, one))
    return true
  return isOwn && one.whole && words.length > 2 && units.test(words) && namesBegin.test(behind)
}

/** What may stand directly before a part of a name. Any other word may be the beginning of a longer name that nobody here has. */
const namesBegin =
  /(?:^|[^\p{L}\d]|[去到了过访研望问系进往入赴下趟的和与及跟同对在给为帮让把被从向是就于加次日号月天周个听看找陪请由叫该导促查助除上午末旬初我们年级持者席示会名位所指])$/u
const unknown = /(?:各|每个?|其他|其它|全院|所有|别的)(?:的)?$/

type Around = { index: NameIndex; mine: ReadonlySet<string>; listed: boolean }
function matchOf(
  text: string,
  folded: Folded,
  { one, around: { index, mine, listed } }: { one: Candidate; around: Around },
): Mention['match'] | undefined {
  const behind = textBefore(text, folded, one.at)
  const own = one.ids.filter((id) => mine.has(id))
  const words = folded.plain.slice(one.at, one.end)
  if (unknown.test(behind)) return undefined
  const [id] = own
  if (id === undefined) return isNumber(words) ? undefined : { kind: 'others', ids: one.ids }
  const counted = /([两二三四五六七八九\d])个(?:联系的?)?$/.exec(behind)?.[1]
  if (counted !== undefined && own.length > 1)
    return {
      kind: (/\d/.test(counted) ? Number(counted) : wholeNumeral(counted)) === own.length ? 'all' : 'several',
      ids: own,
    }
  if (own.length > 1 || one.ids.length > own.length) return { kind: 'several', ids: own }
  const isCertain =
    (one.whole && words.length > 3) ||
    listed ||
    namesBegin.test(behind) ||
    isAfterItsBeginning(behind, index.coreOf(id), words)
  return isCertain ? { kind: 'one', id } : { kind: 'several', ids: own }
}

/** Whether the words before are the beginning of the same name: `机电学院学生支部` for 机电学生党支部. */
function isAfterItsBeginning(behind: string, core: string, words: string): boolean {
  const head = core.slice(0, Math.max(core.indexOf(words), 0))
  return head.length > 1 && behind.replace(/(?:工程|技术)?(?:学院|系|党总支|总支)的?$/, '').endsWith(head)
}
