import type { Turn } from '../../src/bot/turn/turn.ts'
import { monthsWithout } from '../../src/campaign/members/mobile-member.ts'
import { type Branch, branchName, holds } from '../../src/campaign/roster/roster.ts'
import { branchesSeen } from '../../src/forms/own-units.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { example } from './act.ts'
import { awayIn, type Listed, memberLine, membersIn, mobileMembers } from './members.ts'

/** The lists of the own branches by name, and the counts of the others that this person sees. `of` looks at one branch alone. */
export async function overview(turn: Turn, own: readonly Branch[], of?: Branch): Promise<string> {
  const snapshot = await snapshotIn(turn, [mobileMembers])
  const today = turn.now.toPlainDate()
  const away = awayIn(snapshot)
  const meant = (branch: Branch): boolean => of === undefined || branch.id === of.id
  const listed = own.filter(meant)
  const lists = listed.map((branch) => {
    const mine = membersIn(snapshot).filter((one) => one.branch === branch.id)
    const lines = mine.map(({ member }) => memberLine(member, today))
    return [
      `${branchName(turn.roster, branch)}流动党员${mine.filter(({ member }) => !member.transferred).length}人`,
      ...lines,
    ].join('\n')
  })
  const counted = branchesSeen(turn).filter((branch) => meant(branch) && !own.some(({ id }) => id === branch.id))
  const lines = counted.flatMap((branch) => {
    const there = away.filter((one) => one.branch === branch.id)
    return there.length > 0 || of ? [`${branchName(turn.roster, branch)} ${there.length}人`] : []
  })
  const counts =
    counted.length > 0 ? [[`流动党员${lines.length > 0 ? '人数' : '：各支部没有登记'}`, ...lines].join('\n')] : []
  const how = listed.length > 0 ? [`登记和联系请说：${example}`] : []
  const long = away.filter(({ branch }) => of === undefined || branch === of.id)
  return [...lists, ...counts, ...longAway(turn, long), ...how].join('\n\n')
}

/** Names the members of six months and more to the organization department, for the lawful steps. */
function longAway(turn: Turn, away: readonly Listed[]): string[] {
  if (!holds(turn.who, 'organization-department')) return []
  const today = turn.now.toPlainDate()
  const { lawfulStepsAfterMonths } = turn.campaign.mobileMembers
  const long = away.filter(({ member }) => monthsWithout(member, today) >= lawfulStepsAfterMonths)
  if (long.length === 0) return []
  const nameOf = (id: string): string => {
    const branch = turn.roster.branches.find((one) => one.id === id)
    return branch ? branchName(turn.roster, branch) : ''
  }
  const lines = long.map(({ branch, member }) => `${nameOf(branch)} ${member.name} ${monthsWithout(member, today)}个月`)
  return [[`满${lawfulStepsAfterMonths}个月未参加组织生活的：`, ...lines].join('\n')]
}
