import { type Branch, committeePosts, holds, type Person, type Post, posts } from '../../campaign/roster/roster.ts'

/** The groups of posts that may use command words. */
export const everyone: readonly Post[] = posts
export const secretaries: readonly Post[] = ['general-branch-secretary', 'branch-secretary']
export const department: readonly Post[] = ['organization-department']
/** Who may see the dashboard. */
export const dashboardSeers: readonly Post[] = [
  'organization-department',
  'party-office',
  'committee-secretary',
  'deputy-secretary',
  'general-branch-secretary',
]

/** What a person sees: the whole college, or some general branches and branches (ids). */
export type Sight = { college: boolean; generalBranches: string[]; branches: string[] }

/** Whose counts a person sees in 进度. */
export const countsSeen = (person: Person): Sight => ({
  college: holds(person, 'organization-department', 'party-office', 'committee-secretary', 'deputy-secretary'),
  generalBranches: person.seats.flatMap((seat) =>
    seat.post === 'general-branch-secretary' && seat.generalBranch ? [seat.generalBranch] : [],
  ),
  branches: person.seats.flatMap((seat) => (seat.post === 'branch-secretary' && seat.branch ? [seat.branch] : [])),
})

/** Whose names a person sees in 谁没交. */
export const namesSeen = (person: Person): Sight => ({
  college: holds(person, 'organization-department', 'party-office'),
  generalBranches: countsSeen(person).generalBranches,
  branches: [],
})

/** Whether a person may see the bands of these branches before they are filed. The party office may not. */
export const seesAllBands = (person: Person, branches: readonly Branch[]): boolean =>
  holds(person, 'committee-secretary', 'deputy-secretary') ||
  branches.every((branch) => maySeeScore(person, branch, { kind: 'deciding', filed: false }))

/** Which of a branch's two scores a person may read: contract, “Who sees what”. */
export function maySeeScore(
  person: Person,
  branch: Branch,
  { kind, filed }: { kind: 'self' | 'deciding'; filed: boolean },
): boolean {
  if (holds(person, 'organization-department')) return true
  const own = person.seats.some(
    (seat) =>
      seat.post === 'general-branch-secretary' &&
      seat.generalBranch !== undefined &&
      seat.generalBranch === branch.generalBranch,
  )
  if (own) return true
  const secretary = person.seats.some((seat) => seat.post === 'branch-secretary' && seat.branch === branch.id)
  if (kind === 'self') return secretary
  const liaison = person.seats.some(
    (seat) =>
      committeePosts.includes(seat.post) &&
      (seat.liaison?.includes(branch.id) || (seat.post === 'committee-secretary' && !seat.liaison?.length)),
  )
  return filed && (secretary || liaison)
}
