import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { exampleKind, periodsAt, periodWords } from '../../src/campaign/meetings/meeting-kinds.ts'
import { dayShort } from '../../src/campaign/meetings/said-meetings.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { type Branch, branchName, branchOf, committeePosts, holds } from '../../src/campaign/roster/roster.ts'
import { branchesSeen, ownBranches } from '../../src/forms/own-units.ts'
import { stands } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { daysWithin, heldIn, kindsOf, lacksOf, lackWords, meetingTables, participations } from './records.ts'

/** The state of each kind in its current period: `支委会 4月 已记 4月12日`; then what the last periods lack. */
function branchLines(snapshot: Snapshot, branch: Branch): string[] {
  const { campaign, now } = snapshot.world
  const held = heldIn(snapshot)
  const lines = kindsOf(snapshot).flatMap((kind) => {
    const { running } = periodsAt(kind, campaign, now.toPlainDate())
    if (!running) return []
    const days = daysWithin(held, branch.id, { kind, end: running })
    const said = days.length > 0 ? `已记 ${days.map(dayShort).join('、')}` : '未记'
    return [`${kind.name} ${periodWords(kind, running)} ${said}`]
  })
  const last = lackWords(lacksOf(snapshot, branch.id).last)
  return [...lines, ...(last === '' ? [] : [`以前的：${last}`])]
}

/** One line for a branch: `机电学生党支部：4月缺支委会、党小组会；上期 3月缺…`. */
export const lackLine = (snapshot: Snapshot, branch: Branch): string =>
  `${branchName(snapshot.world.roster, branch)}：${lacksIn(snapshot, branch) || '都已记'}`

function lacksIn(snapshot: Snapshot, branch: Branch): string {
  const { running, last } = lacksOf(snapshot, branch.id)
  return [lackWords(last), lackWords(running)].filter(Boolean).join('；')
}

/** Which committee members have taken part as ordinary members, and where. */
function participationLines(snapshot: Snapshot): string[] {
  const { roster } = snapshot.world
  const rows = snapshot.kept.of(participations).filter(({ value }) => stands(value))
  const members = roster.people.filter((person) => holds(person, ...committeePosts))
  const of = (id: string): string[] =>
    rows.flatMap(({ ids: [, person, day = '', branch = ''], value }) => {
      const found = branchOf(roster, branch)
      return person === id && found
        ? [`${dayShort(day)} ${branchName(roster, found)} ${value.content.kinds.join('、')}`]
        : []
    })
  const open = members.filter(({ id }) => of(id).length === 0).map(({ name }) => name)
  return [
    `双重组织生活 ${members.length - open.length}/${members.length}`,
    ...members.flatMap(({ id, name }) => (of(id).length > 0 ? [`${name}：${of(id).join('；')}`] : [])),
    ...(open.length > 0 ? [`还没有记录：${open.join('、')}`] : []),
  ]
}

/** Up to this many branches are listed one by one. */
const mostLines = 8
const lacksEach = (snapshot: Snapshot, seen: readonly Branch[]): string[] => [
  '各支部三会一课还缺：',
  ...seen.map((branch) => lackLine(snapshot, branch)),
]

/** For many branches: how many lack nothing, and what most of them lack. */
function lacksTogether(snapshot: Snapshot, seen: readonly Branch[]): string[] {
  const alike = new Map<string, Branch[]>()
  for (const branch of seen) {
    const words = lacksIn(snapshot, branch)
    alike.set(words, [...(alike.get(words) ?? []), branch])
  }
  const done = alike.get('')?.length ?? 0
  const groups = [...alike].filter(([words]) => words !== '').sort(([, one], [, other]) => other.length - one.length)
  const shown = groups.slice(0, 3)
  const rest = groups.slice(3).reduce((sum, [, branches]) => sum + branches.length, 0)
  const [first] = groups[0]?.[1] ?? []
  return [
    `各支部三会一课：${seen.length}个支部，都已记的${done}个，还缺的${seen.length - done}个。`,
    ...shown.map(([words, branches]) => `${namesOf(snapshot, branches)}：${words}`),
    ...(rest > 0 ? [`其余${rest}个支部缺的各不相同。`] : []),
    ...(first ? [`看一个支部请回复“三会一课 ${shortName(branchName(snapshot.world.roster, first))}”。`] : []),
  ]
}

function namesOf({ world }: Snapshot, branches: readonly Branch[]): string {
  const names = branches.map((branch) => shortName(branchName(world.roster, branch)))
  return names.length > 3 ? `${names.slice(0, 2).join('、')}等${names.length}个` : names.join('、')
}

/** The reply to the bare word: the own branches by kind, and those looked after by what they lack. */
export async function overview(turn: Turn): Promise<string> {
  const snapshot = await snapshotIn(turn, [...meetingTables, participations])
  const own = ownBranches(turn)
  const seen = branchesSeen(turn)
  const parts = own.map((branch) =>
    [`${branchName(turn.roster, branch)}三会一课`, ...branchLines(snapshot, branch)].join('\n'),
  )
  if (seen.length > 0) parts.push((seen.length > mostLines ? lacksTogether : lacksEach)(snapshot, seen).join('\n'))
  if (holds(turn.who, 'organization-department')) parts.push(participationLines(snapshot).join('\n'))
  if (own.length > 0)
    parts.push(
      `要记录请回复，几次会可一条消息分行写：“三会一课 4月12日${exampleKind(turn.campaign.duties.meetings.kinds)}，应到5实到5，议题：…”。`,
    )
  return parts.join('\n\n')
}

/** One branch as its secretary sees it. */
export async function branchOverview(turn: Turn, branch: Branch): Promise<string> {
  const snapshot = await snapshotIn(turn, [...meetingTables, participations])
  return [`${branchName(turn.roster, branch)}三会一课`, ...branchLines(snapshot, branch)].join('\n')
}
