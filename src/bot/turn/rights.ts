import type { Campaign } from '../../campaign/plan/campaign.ts'
import { type Branch, committeePosts, holds, type Person, type Post, posts } from '../../campaign/roster/roster.ts'

const everyone: readonly Post[] = posts
const secretaries: readonly Post[] = ['general-branch-secretary', 'branch-secretary']

/**
 * Who may say which command word: the contract's table as data. Finer rights (which branch, which record) follow below.
 * 任务 belongs to whoever owns a task of the campaign.
 */
export const commandRights = {
  帮助: everyone,
  评分: ['general-branch-secretary', 'branch-secretary', 'organization-department'],
  细则: everyone,
  待审: ['organization-department'],
  重开: ['organization-department'],
  月报: committeePosts,
  进度: ['organization-department', 'party-office', 'committee-secretary', 'deputy-secretary', ...secretaries],
  谁没交: ['organization-department', 'party-office', 'general-branch-secretary'],
  看板: [
    'organization-department',
    'party-office',
    'committee-secretary',
    'deputy-secretary',
    'general-branch-secretary',
  ],
  汇总表: ['general-branch-secretary', 'organization-department'],
  评分表: ['organization-department', ...secretaries, ...committeePosts],
  历史: ['organization-department', ...secretaries, ...committeePosts],
  月报汇总: ['party-office', 'organization-department'],
  任务进度: ['party-office', 'organization-department'],
  任务: everyone,
  季报: secretaries,
  三会一课: secretaries,
  流动党员: secretaries,
  经验: secretaries,
  后进: ['organization-department'],
  通报: ['organization-department'],
  抽查: ['organization-department'],
  确认移除: ['organization-department'],
  议题: ['party-office', 'organization-department'],
  意见: everyone,
  匿名意见: everyone,
  文字: everyone,
  卡片: everyone,
} as const satisfies Record<string, readonly Post[]>
export type CommandWord = keyof typeof commandRights

export const commandWords = Object.keys(commandRights).filter((word): word is CommandWord => word in commandRights)

export function maySay(person: Person, word: CommandWord, campaign: Campaign): boolean {
  if (word === '任务') return campaign.tasks.some((task) => holds(person, ...task.owners.posts))
  return holds(person, ...commandRights[word])
}

/** How far a person sees: the whole college, or some general branches and branches (ids). */
export type Sight = { college: boolean; generalBranches: string[]; branches: string[] }

/** Counts of 进度. */
export const countsSeen = (person: Person): Sight => ({
  college: holds(person, 'organization-department', 'party-office', 'committee-secretary', 'deputy-secretary'),
  generalBranches: person.seats.flatMap((seat) =>
    seat.post === 'general-branch-secretary' && seat.generalBranch ? [seat.generalBranch] : [],
  ),
  branches: person.seats.flatMap((seat) => (seat.post === 'branch-secretary' && seat.branch ? [seat.branch] : [])),
})

/** Names of 谁没交. */
export const namesSeen = (person: Person): Sight => ({
  college: holds(person, 'organization-department', 'party-office'),
  generalBranches: countsSeen(person).generalBranches,
  branches: [],
})

/** Which of a branch's two scores a person may read: contract, “Who sees what”. */
export function maySeeScore(person: Person, branch: Branch, kind: 'self' | 'deciding', filed: boolean): boolean {
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
