import type { Tap } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { namesOf } from '../campaign/roster/branch-names.ts'
import { matchBranch, splitBranch } from '../campaign/roster/names.ts'
import { type Branch, branchName, branchOf, directUnit } from '../campaign/roster/roster.ts'
import { choose, chosenId } from './choose.ts'

/** The branch at the beginning of a text, and the rest. If it is not clear, `near` holds the branches that may be meant. */
export function branchIn(
  turn: Turn,
  text: string,
  branches: readonly Branch[],
): { branch?: Branch; rest: string; near: Branch[] } {
  const known = namesOf(turn.roster, branches)
  const begun = splitBranch(text, known)
  const by = (ids: readonly string[]): Branch[] => branches.filter((branch) => ids.includes(branch.id))
  if (begun?.match.kind === 'several') return { rest: begun.rest, near: by(begun.match.ids) }
  const [branch] = begun ? by([begun.match.id]) : []
  if (begun && branch) return { branch, rest: begun.rest, near: [] }
  const match = matchBranch(text.trim().split(/\s/)[0] ?? '', known)
  return { rest: text, near: match.kind === 'none' ? by(match.near) : [] }
}

/** Offers the near matches to choose from, or all branches if none comes near. */
export function offerNear(
  turn: Turn,
  near: readonly Branch[],
  { handler, action, ask }: { handler: string; action: string; ask: string },
): void {
  const offered = near.length > 0 ? near : turn.roster.branches
  if (offered.length === 0) return turn.say('名册里还没有支部。')
  const options = offered.map((branch) => ({ id: branch.id, text: branchName(turn.roster, branch) }))
  choose(turn, near.length > 0 ? ask : `没有找到这个支部，${ask}`, { options, offered: { handler, action } })
}

/** The branch that a tap on the offered choices means. */
export const branchTapped = (turn: Turn, tap: Tap): Branch | undefined => branchOf(turn.roster, chosenId(tap))

const joint = /^(?:[\s、，,;；和及]+)/

/** Branches one after another, `物流、电商`. `left` is the part that names none, with the near ones. */
export function branchesSaid(turn: Turn, said: string): { branches: Branch[]; left?: string; near: Branch[] } {
  const branches: Branch[] = []
  for (let rest = said.trim(); rest; ) {
    const found = branchIn(turn, rest, turn.roster.branches)
    if (!found.branch) return { branches, left: rest, near: found.near }
    branches.push(found.branch)
    rest = found.rest
      .replace(joint, '')
      .replace(/[。.!！]$/, '')
      .trim()
  }
  return { branches: [...new Set(branches)], near: [] }
}

const listMark = /[、，,]\s*$/u
/** The branches that a text begins with, where marks of a list stand between them, and the rest. */
export function severalIn(turn: Turn, text: string): { branches: Branch[]; rest: string } {
  const branches: Branch[] = []
  let rest = text.trim()
  for (let isListed = true; isListed; ) {
    const found = branchIn(turn, rest, turn.roster.branches)
    if (!found.branch) break
    branches.push(found.branch)
    const behind = found.rest.trim()
    isListed = listMark.test(rest.slice(0, rest.length - behind.length))
    rest = behind
  }
  return { branches: [...new Set(branches)], rest }
}

/** A general branch by its name. `直属` means the branches directly below the committee. Undefined if none is meant. */
export function unitSaid({ roster }: Turn, said: string): { id: string; name: string } | undefined {
  const known = [...roster.generalBranches, directUnit]
  const match = matchBranch(said, known)
  return match.kind === 'one' ? known.find(({ id }) => id === match.id) : undefined
}
