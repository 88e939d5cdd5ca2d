/** Which branches a free text speaks of. */
import { type BranchMatch, core, matchBranch, type Named } from './names.ts'
import { wholeNumeral } from './numerals.ts'

export type Mention = { from: number; to: number; match: Exclude<BranchMatch, { kind: 'none' }> }

const longestName = 30
const visited = /(?:走访|调研|联系|看望|走进|来到|前往|深入|下到|去|到|赴)(?:了|过)?/g
/** What may follow a part of a name that stands behind 去了, 走访 and the like. */
const nameEnds =
  /^(?:$|[\s,，、。；;:：!！.）)]|党?支部|的|和|与|及|参加|开|调研|走访|检查|召开|座谈|了解|听|看|两个|三个|等)/
const denied = /(?:没有?|未能?|没能)(?:再)?(?:去|到|走访|前往|下到)?(?:了|过)?$/
const nameChars = /[\p{L}\d“”"《》()（）·]/u
const nameEdge = /[\p{L}\d]/u

/**
 * Names in full, whole names without 党支部 (`软件教研室`, `机电教工一`), parts with it (`学生支部`), and parts behind a verb of visiting
 * (`去了软件、网络`). Where a part fits several branches the mention is `several`. In the order of the text.
 */
export function branchMentions(text: string, branches: readonly Named[]): Mention[] {
  const known = new Map<string, BranchMatch>()
  const match = (typed: string): BranchMatch => {
    const found = known.get(typed) ?? matchBranch(typed, branches)
    known.set(typed, found)
    return found
  }
  const found = wholeNames(text, branches, match)
  const free = (from: number, to: number): boolean => found.every((one) => to <= one.from || from >= one.to)
  const add = (mention: Mention | undefined): void => {
    if (mention && free(mention.from, mention.to)) found.push(mention)
  }
  for (const { index } of text.matchAll(/支部/g)) if (free(index, index + 2)) add(endingAt(text, index + 2, match))
  for (const verb of text.matchAll(visited)) {
    let from = verb.index + verb[0].length
    for (let part = beginningAt(text, from, match); part; part = beginningAt(text, from, match)) {
      add(part)
      if (!/[、和与及]/.test(text[part.to] ?? '')) break
      from = part.to + 1
    }
  }
  return found
    .filter(({ from }) => !denied.test(text.slice(Math.max(0, from - 8), from)))
    .toSorted((a, b) => a.from - b.from)
}

type Match = (typed: string) => BranchMatch

/** Numerals in either script, with or without 第; a numeral at the end does not go on. */
function pattern({ name }: Named): string {
  const short = name.replace(/^中共/, '').replace(/(?:党支部|支部)$/, '')
  const numeral = '第?(\\d+|[一二三四五六七八九十]+)'
  const either = short
    .replace(/[$()*+./?[\\\]^{|}-]/g, '\\$&')
    .replace(new RegExp(numeral, 'g'), (_, number: string) => {
      const value = wholeNumeral(number)
      return `第?(?:${number}${value === undefined ? '' : `|${value}`})`
    })
  return /[\d一二三四五六七八九十)]$/.test(either) ? `${either}(?![\\d一二三四五六七八九十])` : either
}

function wholeNames(text: string, branches: readonly Named[], match: Match): Mention[] {
  const names = branches.filter(({ name }) => core(name).length >= 3).toSorted((a, b) => b.name.length - a.name.length)
  if (names.length === 0) return []
  const every = new RegExp(`(?:${names.map(pattern).join('|')})(?:党支部|支部)?`, 'g')
  return [...text.matchAll(every)].flatMap(({ 0: typed, index }) => mention(index, index + typed.length, match(typed)))
}
const mention = (from: number, to: number, match: BranchMatch): Mention[] =>
  match.kind === 'none' ? [] : [{ from, to, match }]

/** The longest name that ends here, with 支部. */
function endingAt(text: string, to: number, match: Match): Mention | undefined {
  let start = to
  while (start > 0 && to - start < longestName && nameChars.test(text[start - 1] ?? '')) start--
  for (let from = start; from < to - 2; from++) {
    const typed = text.slice(from, to)
    if (!nameEdge.test(typed[0] ?? '') || /^[和与及]/.test(typed)) continue
    const [found] = mention(from, to, match(typed))
    if (found && (found.match.kind === 'one' || !/[和与及]/.test(typed))) return found
  }
  return undefined
}

/** The longest name or part of one that begins here. */
function beginningAt(text: string, from: number, match: Match): Mention | undefined {
  let end = from
  while (end < text.length && end - from < longestName && nameChars.test(text[end] ?? '')) end++
  for (let to = end; to > from + 1; to--) {
    if (!nameEdge.test(text[to - 1] ?? '') || !nameEnds.test(text.slice(to, to + 3))) continue
    const [found] = mention(from, to, match(text.slice(from, to)))
    if (found && (found.match.kind === 'one' || !/[和与及]/.test(text.slice(from, to)))) return found
  }
  return undefined
}
