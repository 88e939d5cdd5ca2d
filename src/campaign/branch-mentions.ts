/** Which branches a free text speaks of. */
import { type BranchMatch, core, matchBranch, type Named } from './names.ts'

export type Mention = { from: number; to: number; match: Exclude<BranchMatch, { kind: 'none' }> }

const longestName = 30
const visit = /(?:走访|调研|联系|看望|走进|来到|前往|深入|下到|去|到|赴)(?:了|过)?/g
/** What may follow a part of a name that stands behind 去了, 走访 and the like. */
const nameEnds =
  /^(?:$|[\s,，、。；;:：!！.）)]|党?支部|的|和|与|及|参加|开|调研|走访|检查|召开|座谈|了解|听|看|两个|三个|等)/
const cannotBeName = /[,，。；;:：!！?？\n]/
const denied = /(?:没有?|未能?|没能)(?:再)?(?:去|到|走访|前往|下到)?(?:了|过)?$/

/**
 * Names in full, short forms with 支部 (`机电学生支部`), whole names without it (`软件教研室`), and parts of names behind a verb of
 * visiting (`去了软件、网络`). Where a part fits several branches the mention is `several`. In the order of the text.
 */
export function branchMentions(text: string, branches: readonly Named[]): Mention[] {
  const found: Mention[] = []
  for (let at = 0; at < text.length; ) {
    const listed = /^[、和与及]$/.test(text.slice(found.at(-1)?.to ?? at, at))
    const mention = denied.test(text.slice(Math.max(0, at - 8), at)) ? undefined : mentionAt(text, at, listed, branches)
    if (mention) found.push(mention)
    at = mention?.to ?? at + 1
  }
  return found
}

function mentionAt(text: string, from: number, listed: boolean, branches: readonly Named[]): Mention | undefined {
  const visited = listed || endsWithVerb(text.slice(Math.max(0, from - 3), from))
  if (!/[\p{L}\d]/u.test(text[from] ?? '')) return undefined
  for (let to = Math.min(text.length, from + longestName); to > from + 1; to--) {
    const [typed, rest] = [text.slice(from, to), text.slice(to)]
    if (cannotBeName.test(typed) || !/[\p{L}\d]$/u.test(typed) || /^党?支部/.test(rest)) continue
    const suffixed = /[^总党]支部$|党支部$/.test(typed)
    if (!suffixed && !(visited && nameEnds.test(rest)) && !branches.some((branch) => isWholeName(typed, rest, branch)))
      continue
    const match = matchBranch(typed, branches)
    if (match.kind === 'one' || (match.kind === 'several' && !/[、和与及]/.test(typed))) return { from, to, match }
  }
  return undefined
}

const endsWithVerb = (before: string): boolean =>
  [...before.matchAll(visit)].some((verb) => verb.index + verb[0].length === before.length)

/** The name without 党支部; a numeral at its end does not go on. */
function isWholeName(typed: string, rest: string, { name }: Named): boolean {
  const numeral = /[\d一二三四五六七八九十]/
  return (
    typed.length >= 3 &&
    core(typed) === core(name) &&
    !(numeral.test(typed.at(-1) ?? '') && numeral.test(rest[0] ?? ''))
  )
}
