/** Who is who: people, their seats, branches and groups. `roster-file.ts` builds it from a file. */
import { listsBy, once, remembered } from '../once.ts'

export const posts = [
  'committee-secretary',
  'deputy-secretary',
  'committee-member',
  'organization-department',
  'party-office',
  'publicity-department',
  'party-school',
  'general-branch-secretary',
  'branch-secretary',
] as const
export type Post = (typeof posts)[number]

/** `generalBranch` and `branch` are ids. `liaison` holds the ids of the branches assigned to this seat (J6). */
export type Seat = { post: Post; generalBranch?: string; branch?: string; liaison?: string[] }
export type Accounts = { wecom?: string; dingtalk?: string }
export type Person = {
  id: string
  name: string
  accounts: Accounts
  seats: Seat[]
  phone?: string
  /** Not in the newest file. After 确认移除 such a person is a stranger. */
  missing?: boolean
}
export type Branch = {
  id: string
  name: string
  /** absent: directly below the committee */
  generalBranch?: string
  /** The kind of branch: 教师, 学生. A plan may have several kinds, each with its own rubric. */
  kind?: string
  /** It has records but no row in the newest file. It counts until 改名, 并入 or 确认移除. */
  missing?: boolean
}
export type GeneralBranch = { id: string; name: string }
export type Group = {
  id: string
  name: string
  platform: 'wecom' | 'dingtalk'
  /**
   * WeCom: the webhook's key, empty for a group that the app made. DingTalk: the webhook's access_token, or openConversationId (`cid…`). A
   * secret.
   */
  key: string
  secret?: string
  /** The platform's id of the group, once 组织部 has said 绑定本群 in it. */
  conversation?: string
  /** `college`, or the id of a general branch. */
  scope: string
}
/**
 * Everything that is no longer in the roster. Its ids are never given to another, because records are under them. A branch or a group that
 * comes back gets its id again. People are kept only as ids.
 */
export type Retired = {
  people: string[]
  /** `ended`: by 确认移除 or 并入. `into`: the branch that continues it. Their history stays readable. */
  branches: (Branch & { ended?: boolean; into?: string })[]
  generalBranches: GeneralBranch[]
  groups: Pick<Group, 'id' | 'name' | 'platform'>[]
  /** Ids of branches and general branches that turned out to be known ones under a new name. */
  forgotten?: string[]
}
export type Roster = {
  people: Person[]
  branches: Branch[]
  generalBranches: GeneralBranch[]
  groups: Group[]
  retired?: Retired
}

export const committeePosts: readonly Post[] = ['committee-secretary', 'deputy-secretary', 'committee-member']

/** Whether a post has one holder only: in the college, in a general branch, in a branch. */
export const isUniquePost = (post: Post): boolean =>
  post === 'committee-secretary' || post === 'general-branch-secretary' || post === 'branch-secretary'
/** The key of a seat. Two seats with the same key are the same seat. */
export const seatKey = ({ post, generalBranch, branch }: Seat): string =>
  [post, post === 'branch-secretary' ? branch : generalBranch].join(' ')

/** Whether a person holds at least one of these posts. */
export const holds = (person: Person, ...wanted: Post[]): boolean =>
  person.seats.some((seat) => wanted.includes(seat.post))
export const seatsOf = (person: Person, post: Post): Seat[] => person.seats.filter((seat) => seat.post === post)
/** The holders of a post: all, and those of each unit. */
type Holders = { all: Person[]; ofGeneralBranch: Map<string, Person[]>; ofBranch: Map<string, Person[]> }
/**
 * What we look up again and again, indexed, so that one look-up costs the same in a college with thousands of branches as in a small one.
 */
type Index = {
  people: Map<string, Person>
  holders: Map<Post, Holders>
  /** Each branch with its place in the roster. */
  branches: Map<string, { branch: Branch; place: number }>
  generalBranches: Map<string, GeneralBranch>
  /** By general branch. Those directly below the committee are under `undefined`. */
  below: Map<string | undefined, Branch[]>
  namesakes: Map<string, number>
}
/** Made once for each roster, because a roster never changes. */
const indexOf = once((roster: Roster): Index => {
  const namesakes = new Map<string, number>()
  for (const { name } of roster.branches) namesakes.set(name, (namesakes.get(name) ?? 0) + 1)
  return {
    people: new Map(roster.people.map((person) => [person.id, person])),
    holders: holdersIn(roster),
    branches: new Map(roster.branches.map((branch, place) => [branch.id, { branch, place }])),
    generalBranches: new Map(roster.generalBranches.map((general) => [general.id, general])),
    below: listsBy(roster.branches, ({ generalBranch }) => [generalBranch]),
    namesakes,
  }
})

function holdersIn({ people }: Roster): Map<Post, Holders> {
  const holders = new Map<Post, Holders>()
  for (const person of people)
    for (const { post, generalBranch, branch } of person.seats) {
      const of = remembered(holders, post, () => ({ all: [], ofGeneralBranch: new Map(), ofBranch: new Map() }))
      addTo(of.all, person)
      if (generalBranch !== undefined)
        addTo(
          remembered(of.ofGeneralBranch, generalBranch, () => []),
          person,
        )
      if (branch !== undefined)
        addTo(
          remembered(of.ofBranch, branch, () => []),
          person,
        )
    }
  return holders
}

/** A person with several seats stands in a list once. */
function addTo(list: Person[], person: Person): void {
  if (list.at(-1) !== person) list.push(person)
}

/** The holders of a post, in the college or in one unit. People marked `missing` keep their rights until 确认移除. */
export function holdersOf(
  roster: Roster,
  post: Post,
  { generalBranch, branch }: { generalBranch?: string; branch?: string } = {},
): Person[] {
  const holders = indexOf(roster).holders.get(post)
  if (branch !== undefined) return holders?.ofBranch.get(branch) ?? []
  return (generalBranch === undefined ? holders?.all : holders?.ofGeneralBranch.get(generalBranch)) ?? []
}

/** The group with this id of the platform. */
export const groupOf = (roster: Roster, conversation: string | undefined): Group | undefined =>
  conversation === undefined
    ? undefined
    : roster.groups.find((group) => group.conversation === conversation || group.key === conversation)

/** A branch in force by its id. Undefined if it ended or never was. */
export const branchOf = (roster: Roster, id: string): Branch | undefined => indexOf(roster).branches.get(id)?.branch
export const generalBranchOf = (roster: Roster, id: string): GeneralBranch | undefined =>
  indexOf(roster).generalBranches.get(id)

/** The branches directly below the committee, treated as a unit beside the general branches. */
export const directUnit = { id: 'direct', name: '直属支部' }
/** The general branch to which something belongs, or `directUnit` if it belongs to none. */
export const unitOf = (roster: Roster, { generalBranch }: { generalBranch?: string }): { id: string; name: string } =>
  (generalBranch === undefined ? undefined : generalBranchOf(roster, generalBranch)) ?? directUnit

/** The members of the committee, in the roster's order. */
export const committeeOf = (roster: Roster): Person[] => roster.people.filter((one) => holds(one, ...committeePosts))

/** A person by the id in records, or undefined if the person has left. */
export const personOf = (roster: Roster, id: string | undefined): Person | undefined =>
  id === undefined ? undefined : indexOf(roster).people.get(id)

/** The branches of a general branch. For `undefined`, those directly below the committee. */
export const branchesBelow = (roster: Roster, generalBranch: string | undefined): readonly Branch[] =>
  indexOf(roster).below.get(generalBranch) ?? []

/** The name that people know: `总支/支部` if the branch's name occurs twice in the college. */
export function branchName(roster: Roster, branch: Branch): string {
  const isTwice = (indexOf(roster).namesakes.get(branch.name) ?? 0) > 1
  const general = isTwice && branch.generalBranch !== undefined && generalBranchOf(roster, branch.generalBranch)
  return general ? `${general.name}/${branch.name}` : branch.name
}

/** The people who give the deciding score: the secretary of the general branch. For a direct branch, the organization department. */
export const gradersOf = (roster: Roster, branch: Branch): Person[] =>
  branch.generalBranch === undefined
    ? holdersOf(roster, 'organization-department')
    : holdersOf(roster, 'general-branch-secretary', { generalBranch: branch.generalBranch })

/** The branches that a committee member is responsible for. If the committee secretary's assignment is empty, it means all branches. */
export function liaisonBranches(roster: Roster, person: Person): Branch[] {
  const seat = person.seats.find((one) => committeePosts.includes(one.post))
  if (!seat) return []
  if (seat.post === 'committee-secretary' && !seat.liaison?.length) return roster.branches
  return inOrder(roster, seat.liaison ?? [])
}

/** The branches of which a person is secretary. */
export const ledBranches = (roster: Roster, person: Person): Branch[] =>
  inOrder(
    roster,
    seatsOf(person, 'branch-secretary').flatMap(({ branch }) => branch ?? []),
  )

/** The general branches of which a person is secretary, in the roster's order. */
export function ledGeneralBranches(roster: Roster, person: Person): GeneralBranch[] {
  const led = seatsOf(person, 'general-branch-secretary').map(({ generalBranch }) => generalBranch)
  return led.length === 0 ? [] : roster.generalBranches.filter(({ id }) => led.includes(id))
}

/** Branches by their ids, in the roster's order. */
function inOrder(roster: Roster, ids: readonly string[]): Branch[] {
  const { branches } = indexOf(roster)
  return [...new Set(ids)]
    .flatMap((id) => branches.get(id) ?? [])
    .sort((one, other) => one.place - other.place)
    .map(({ branch }) => branch)
}

/** The branches whose visits a member reports: those of the liaison, and the lagging branches that the member sponsors (decision 11). */
export function reportedBranches(roster: Roster, person: Person, sponsored: ReadonlySet<string>): Branch[] {
  const linked = liaisonBranches(roster, person)
  return roster.branches.filter((branch) => linked.includes(branch) || sponsored.has(branch.id))
}

/** Whether a branch gives a self-score: it has a secretary who does not also give the deciding score (contract, Roster). */
export const givesSelfScore = (roster: Roster, branch: Branch): boolean =>
  holdersOf(roster, 'branch-secretary', { branch: branch.id }).some(
    (secretary) => !gradersOf(roster, branch).some((grader) => grader.id === secretary.id),
  )

/**
 * The people who are told once when a duty was not done (contract, Pushes). If nobody with an account holds the post above, it is the
 * organization department. Nobody is their own superior.
 */
export const superiorsOf = (roster: Roster, person: Person): Person[] => superiors(roster)(person)
const superiors = once((roster: Roster) => once((person: Person) => superiorsIn(roster, person)))

function superiorsIn(roster: Roster, person: Person): Person[] {
  const reached = (holders: readonly Person[]): Person[] =>
    holders.filter(({ id, accounts }) => id !== person.id && (accounts.wecom ?? accounts.dingtalk) !== undefined)
  const above = person.seats.flatMap((seat): Person[] => {
    if (seat.post === 'organization-department') return []
    const next = reached(holdersAbove(roster, seat))
    return next.length > 0 ? next : reached(holdersOf(roster, 'organization-department'))
  })
  return [...new Set(above)]
}

function holdersAbove(roster: Roster, { post, generalBranch }: Seat): Person[] {
  if (committeePosts.includes(post)) return holdersOf(roster, 'party-office')
  return post === 'branch-secretary' && generalBranch !== undefined
    ? holdersOf(roster, 'general-branch-secretary', { generalBranch })
    : []
}
