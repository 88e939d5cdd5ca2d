import type { Turn } from '../../src/bot/turn/turn.ts'
import { matchBranch } from '../../src/campaign/roster/names.ts'
import type { Branch } from '../../src/campaign/roster/roster.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { direct, directName, type Unit } from './waiting.ts'

/** A general branch as it was said, with what waits there; `直属` are the direct branches. undefined: none is meant. */
export function unitSaid(turn: Turn, units: readonly Unit[], said: string): Unit | undefined {
  const known = [...turn.roster.generalBranches, { id: direct, name: directName }]
  const match = matchBranch(said, known)
  const meant = match.kind === 'one' ? known.find(({ id }) => id === match.id) : undefined
  return meant && (units.find(({ id }) => id === meant.id) ?? { ...meant, waiting: [] })
}

const joint = /^(?:[\s、，,;；和及]+)/

/** Branches one after another, `物流、电商`; `left`: what is none, with the near ones. */
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
