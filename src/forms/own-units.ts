import type { Turn } from '../bot/turn/turn.ts'
import { matchBranch } from '../campaign/roster/names.ts'
import {
  type Branch,
  branchesBelow,
  branchName,
  branchOf,
  generalBranchOf,
  holds,
  type Person,
  type Roster,
  seatsOf,
} from '../campaign/roster/roster.ts'
import { branchIn } from './branch-said.ts'

/** A branch or general branch whose secretary reports something. */
export type Unit = { kind: 'branch' | 'general'; id: string; name: string }

/** The units of which a person is secretary, in the order of the seats. */
export const unitsLedBy = (roster: Roster, { seats }: Person): Unit[] =>
  seats.flatMap(({ post, branch: id, generalBranch }): Unit[] => {
    const branch = post === 'branch-secretary' && id !== undefined ? branchOf(roster, id) : undefined
    if (branch) return [{ kind: 'branch', id: branch.id, name: branchName(roster, branch) }]
    const general = post === 'general-branch-secretary' ? generalBranchOf(roster, generalBranch ?? '') : undefined
    return general ? [{ kind: 'general', id: general.id, name: general.name }] : []
  })

/** The units that the speaker leads. */
export const ownUnits = ({ roster, who }: Turn): Unit[] => unitsLedBy(roster, who)
/** The branches among them. */
export const ownBranchUnits = (turn: Turn): Unit[] => ownUnits(turn).filter(({ kind }) => kind === 'branch')

/** One of the person's own units at the beginning of a text. */
export function unitIn(turn: Turn, said: string, units: readonly Unit[]): { unit?: Unit; rest: string } {
  const branches = units.flatMap(({ kind, id }) => (kind === 'branch' ? (branchOf(turn.roster, id) ?? []) : []))
  const { branch, rest } = branchIn(turn, said, branches)
  const unit = units.find(({ kind, id }) => kind === 'branch' && id === branch?.id)
  if (unit) return { unit, rest }
  const [first = ''] = said.split(/[\s：:，,]/u)
  const generals = units.filter(({ kind }) => kind === 'general')
  const match = first === '' || units.length < 2 ? undefined : matchBranch(first, generals)
  const general = match?.kind === 'one' ? generals.find(({ id }) => id === match.id) : undefined
  return general ? { unit: general, rest: said.slice(first.length).replace(/^[\s：:，,]+/u, '') } : { rest: said }
}

/** The branches of which this person is secretary. */
export const ownBranches = ({ who, roster }: Turn): Branch[] =>
  seatsOf(who, 'branch-secretary').flatMap(({ branch }) => branchOf(roster, branch ?? '') ?? [])

/** The branches that this person looks after: all for 组织部, those of the own general branch for its secretary. */
export function branchesSeen({ who, roster }: Turn): readonly Branch[] {
  if (holds(who, 'organization-department')) return roster.branches
  return seatsOf(who, 'general-branch-secretary').flatMap(({ generalBranch }) =>
    generalBranch === undefined ? [] : branchesBelow(roster, generalBranch),
  )
}
