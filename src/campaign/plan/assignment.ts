import { type Branch, committeePosts, liaisonBranches, type Person, type Roster } from '../roster/roster.ts'
import type { Assignment, Campaign } from './campaign.ts'

/** `wanted` is the number of branches that the plan gives a holder of this post. */
export type AssignmentGap = { person: Person; assigned: number; wanted: Assignment }

/**
 * The differences between the liaison assignment and the plan (J6): committee members with too few or too many branches, and branches
 * without a responsible member.
 */
export function assignmentGaps(
  roster: Roster,
  liaison: Campaign['liaison'],
): { members: AssignmentGap[]; branches: Branch[] } {
  const covered = new Set<string>()
  const members = roster.people.flatMap((person): AssignmentGap[] => {
    const own = liaisonBranches(roster, person)
    for (const { id } of own) covered.add(id)
    const post = person.seats.map((seat) => seat.post).find(isCommitteePost)
    if (!post || fits(own.length, liaison[post], roster.branches.length)) return []
    return [{ person, assigned: own.length, wanted: liaison[post] }]
  })
  return { members, branches: roster.branches.filter(({ id }) => !covered.has(id)) }
}

type CommitteePost = Exclude<keyof Campaign['liaison'], 'visitsAMonth'>
const isCommitteePost = (post: string): post is CommitteePost => committeePosts.some((one) => one === post)

const fits = (count: number, wanted: Assignment, all: number): boolean =>
  wanted === 'all' ? count === all : count >= wanted.from && count <= wanted.to
