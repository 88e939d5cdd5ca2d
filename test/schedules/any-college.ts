import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import type { Step } from '../../src/campaign/calendar/ladder.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import type {
  Accounts,
  Branch,
  GeneralBranch,
  Group,
  Person,
  Post,
  Roster,
  Seat,
} from '../../src/campaign/roster/roster.ts'
import { campaign2022 } from '../documents/samples.ts'

/** Both platforms, one of them, or none. */
const anyReach = fc.constantFrom('wecom', 'dingtalk', 'both', 'none', 'wecom', 'wecom')
type Reach = 'wecom' | 'dingtalk' | 'both' | 'none'

const anyShape = fc.record({
  /** Branches of each general branch. */
  generals: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 0, maxLength: 3 }),
  direct: fc.integer({ min: 0, max: 2 }),
  members: fc.integer({ min: 0, max: 4 }),
  departments: fc.integer({ min: 1, max: 2 }),
  office: fc.boolean(),
  /** Which general branches and branches have secretaries, and whether the first of each also holds the seat above or below. */
  vacant: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
  double: fc.boolean(),
  reach: fc.array(anyReach, { minLength: 30, maxLength: 30 }),
  groups: fc.array(fc.record({ dingtalk: fc.boolean(), scope: fc.nat({ max: 3 }) }), { maxLength: 3 }),
})
type Shape = typeof anyShape extends fc.Arbitrary<infer T> ? T : never

/** Any college: vacant posts, people with two posts, people whom only one platform or none reaches, groups of any scope. */
export const anyRoster: fc.Arbitrary<Roster> = anyShape.map(rosterOf)

function rosterOf({ generals, direct, members, departments, office, vacant, double, reach, groups }: Shape): Roster {
  const generalBranches: GeneralBranch[] = generals.map((_, i) => ({ id: `g${i + 1}`, name: `甲${i + 1}党总支` }))
  const below = generals.flatMap((count, i) => Array.from({ length: count }, () => `g${i + 1}`))
  const branches: Branch[] = [...below, ...Array.from({ length: direct }, () => undefined)].map((general, i) => ({
    id: `b${i + 1}`,
    name: `乙${i + 1}党支部`,
    ...(general === undefined ? {} : { generalBranch: general }),
  }))
  const people: Person[] = []
  const add = (...seats: Seat[]): void => {
    const n = people.length + 1
    people.push({ id: `p${n}`, name: `丙${n}号`, accounts: accountsOf(n, reach[n - 1] ?? 'wecom'), seats })
  }
  const post = (name: Post): Seat => ({ post: name })
  for (let i = 0; i < departments; i++) add(post('organization-department'))
  if (office) add(post('party-office'))
  for (let i = 0; i < members; i++)
    add({
      post: i === 0 ? 'committee-secretary' : i === 1 ? 'deputy-secretary' : 'committee-member',
      liaison: i === 0 ? [] : branches.filter((_, j) => j % members === i).map(({ id }) => id),
    })
  const held = generalBranches.filter((_, i) => !vacant[i])
  for (const { id } of held) {
    const own = double ? branches.find((branch) => branch.generalBranch === id) : undefined
    add(
      { post: 'general-branch-secretary', generalBranch: id },
      ...(own ? [{ post: 'branch-secretary' as const, generalBranch: id, branch: own.id }] : []),
    )
  }
  const taken = new Set(people.flatMap(({ seats }) => seats.map(({ branch }) => branch)))
  for (const [i, branch] of branches.entries())
    if (!taken.has(branch.id) && !vacant[i + 3])
      add({
        post: 'branch-secretary',
        branch: branch.id,
        ...(branch.generalBranch === undefined ? {} : { generalBranch: branch.generalBranch }),
      })
  return { people, branches, generalBranches, groups: groups.map(groupOf(generalBranches)) }
}

const accountsOf = (n: number, reach: Reach): Accounts => ({
  ...(reach === 'wecom' || reach === 'both' ? { wecom: `w${n}` } : {}),
  ...(reach === 'dingtalk' || reach === 'both' ? { dingtalk: `d${n}` } : {}),
})

const groupOf =
  (generals: readonly GeneralBranch[]) =>
  ({ dingtalk, scope }: { dingtalk: boolean; scope: number }, i: number): Group => ({
    id: `q${i + 1}`,
    name: `群${i + 1}`,
    platform: dingtalk ? 'dingtalk' : 'wecom',
    key: `key${i + 1}`,
    scope: generals[scope]?.id ?? 'college',
  })

const anySteps = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 5 })
const anyLadder = fc.record({
  steps: anySteps,
  groupSteps: anySteps,
  after: fc.uniqueArray(fc.integer({ min: 1, max: 10 }), { maxLength: 4 }),
  superiorAfter: fc.integer({ min: 1, max: 5 }),
})
type AnyLadder = typeof anyLadder extends fc.Arbitrary<infer T> ? T : never
const ladderOf = ({ steps, groupSteps, ...rest }: AnyLadder) => ({
  ...rest,
  steps: steps.map((n): Step => `T-${n}`),
  groupSteps: groupSteps.map((n): Step => `T-${n}`),
})
const firstDay = Temporal.PlainDate.from('2022-04-02')

/** Any valid campaign: ladders, push times, decreed days off and working days, and the switch of R4. */
export const anyCampaign: fc.Arbitrary<Campaign> = fc
  .record({
    grading: anyLadder,
    liaison: anyLadder,
    at: fc.integer({ min: 8 * 60, max: 20 * 60 - 1 }),
    names: fc.boolean(),
    overrides: fc.array(fc.tuple(fc.integer({ min: 0, max: 270 }), fc.boolean()), { maxLength: 20 }),
  })
  .map(({ grading, liaison, at, names, overrides }) => {
    const campaign = campaign2022()
    const steps = ladderOf(liaison)
    return {
      ...campaign,
      duties: {
        ...campaign.duties,
        grading: { ...campaign.duties.grading, ...ladderOf(grading) },
        'liaison-report': { ...campaign.duties['liaison-report'], ...steps, prompt: steps.steps[0] ?? 'T-5' },
      },
      push: { at: Temporal.PlainTime.from({ hour: Math.floor(at / 60), minute: at % 60 }) },
      switches: { namesInGroupsAfterDeadline: names },
      calendar: {
        overrides: Object.fromEntries(
          overrides.map(([days, work]) => [firstDay.add({ days }).toString(), work ? 'work' : 'off'] as const),
        ),
      },
    }
  })
