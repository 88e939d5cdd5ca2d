import type { Turn } from '../bot/turn/turn.ts'
import { branchName, branchOf, generalBranchOf, type Person, type Roster } from '../campaign/roster/roster.ts'

/** A branch or general branch, by whose secretary something is reported. */
export type Unit = { kind: 'branch' | 'general'; id: string; name: string }

/** The units of which a person is secretary, in the order of the seats. */
export const unitsLedBy = (roster: Roster, { seats }: Person): Unit[] =>
  seats.flatMap(({ post, branch: id, generalBranch }): Unit[] => {
    const branch = post === 'branch-secretary' && id !== undefined ? branchOf(roster, id) : undefined
    if (branch) return [{ kind: 'branch', id: branch.id, name: branchName(roster, branch) }]
    const general = post === 'general-branch-secretary' ? generalBranchOf(roster, generalBranch ?? '') : undefined
    return general ? [{ kind: 'general', id: general.id, name: general.name }] : []
  })

export const ownUnits = ({ roster, who }: Turn): Unit[] => unitsLedBy(roster, who)
