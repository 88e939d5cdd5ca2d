import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import type { Person, Post, Roster } from '../../src/campaign/roster/roster.ts'
import { AuditValues } from '../../src/store/audit.ts'
import { all, type Store } from '../../src/store/store.ts'

type Figure = { name: string; done: number; all: number }
type Row = { ids: string[]; value: unknown }

const committee: readonly Post[] = ['committee-secretary', 'deputy-secretary', 'committee-member']
const secretaries: readonly Post[] = ['general-branch-secretary', 'branch-secretary']
const departments: readonly Post[] = ['organization-department', 'party-office', 'publicity-department', 'party-school']
const has = ({ seats }: Person, posts: readonly Post[]): boolean => seats.some(({ post }) => posts.includes(post))

const Card = z.looseObject({ state: z.string(), scores: z.array(z.number()) })
const Round = z.looseObject({ round: z.number() })
const stood = <T>(content: z.ZodType<T>) =>
  z
    .looseObject({ content, withdrawn: z.unknown().optional() })
    .transform((one) => (one.withdrawn ? undefined : one.content))
const States = z.array(z.looseObject({ state: z.string(), withdrawn: z.unknown().optional() }))

/** The last version of every record by table, read only from the values beside the audit log. */
async function audited(store: Pick<Store, 'list'>): Promise<Map<string, Row[]>> {
  const last = new Map<string, { table: string } & Row>()
  for await (const { key, value } of all(store, ['audit-values'])) {
    const [, table = '', ...ids] = key.slice(0, -1)
    last.set(key.slice(1, -1).join('~'), { table, ids, value: AuditValues.parse(value).to })
  }
  const tables = new Map<string, Row[]>()
  for (const { table, ...row } of last.values()) tables.set(table, [...(tables.get(table) ?? []), row])
  return tables
}

type Setting = { campaign: Campaign; roster: Roster; today: Temporal.PlainDate }

/** The year's results on a day of December, counted by hand from the audit log in plain loops, independent of the program's own code. */
export async function recounted(store: Pick<Store, 'list'>, { campaign, roster, today }: Setting) {
  const tables = await audited(store)
  const rows = <T>(name: string, content: z.ZodType<T>): { ids: string[]; value: T }[] =>
    (tables.get(name) ?? []).flatMap(({ ids, value }) => {
      const found = stood(content).parse(value)
      return found === undefined ? [] : [{ ids: ids.slice(1), value: found }]
    })
  const { branches, generalBranches, people } = roster
  const cards = (tables.get('scorecard') ?? []).map(({ ids, value }) => ({
    ids: ids.slice(1),
    card: Card.parse(value),
  }))
  const scored = new Set(
    cards.flatMap(({ ids: [branch, kind], card }) =>
      kind === 'deciding' && card.state !== 'returned' ? [branch] : [],
    ),
  )
  const reported = new Set((tables.get('report') ?? []).map(({ ids }) => ids.slice(1).join('~')))
  const quarter = '2022-12-31'
  const quarterly = new Set(rows('quarterly-report', z.unknown()).map(({ ids }) => ids.join('~')))
  const held = heldIn(rows('meetings', z.unknown()), rows('lectures', z.looseObject({ branches: z.array(z.string()) })))
  const kinds = campaign.duties.meetings.kinds
  const meets = (branch: string): number => kinds.filter(({ name, every }) => held(branch, name, every)).length

  const said = new Map(
    rows('task-report', z.looseObject({ state: z.string() })).map(({ ids, value }) => [ids.join('~'), value.state]),
  )
  const developed = new Set(rows('development', z.unknown()).map(({ ids }) => ids.join('~')))
  const shaped = new Set(
    rows('brand', z.looseObject({ stage: z.string() })).flatMap(({ ids, value }) =>
      value.stage === '成型' ? [ids.join('~')] : [],
    ),
  )
  const seatsOf = ({ seats }: Person, post: Post): string[] =>
    seats.flatMap((seat) => (seat.post === post ? (seat.branch ?? seat.generalBranch ?? []) : []))
  const lectured = new Set(rows('lectures', z.unknown()).map(({ ids }) => ids[0]))
  const trained = new Set(
    rows('training', z.looseObject({ people: z.array(z.string()) })).flatMap(({ value }) => value.people),
  )
  const months = [4, 5, 6, 7, 8, 9, 10, 11, 12].map((month) => `2022-${String(month).padStart(2, '0')}`)
  const below = (unit: string) => branches.filter(({ generalBranch }) => generalBranch === unit)

  const isDone = (task: number, day: string, person: Person): boolean => {
    if (said.get(`${task}~${day}~${person.id}`) === '已完成') return true
    const own = seatsOf(person, 'branch-secretary')
    if (task === 2)
      return seatsOf(person, 'general-branch-secretary').every((unit) => below(unit).every(({ id }) => scored.has(id)))
    if (task === 3) return own.every((branch) => meets(branch) === kinds.length)
    if (task === 5) return own.length > 0 && own.every((branch) => developed.has(`${day}~${branch}`))
    if (task === 7) return people.filter((one) => has(one, secretaries)).every(({ id }) => trained.has(id))
    if (task === 8) return months.every((month) => reported.has(`${month}~${person.id}`))
    if (task === 9)
      return (
        own.some((branch) => shaped.has(`branch~${branch}`)) ||
        seatsOf(person, 'general-branch-secretary').some((unit) => shaped.has(`general~${unit}`))
      )
    return (task === 10 || task === 11) && lectured.has(person.id)
  }
  const tasks = taskTable.map(({ number, owners, days }) => ({
    number,
    days,
    who: people.filter((one) => has(one, owners)),
  }))
  const own = tasks.filter(({ number }) => [1, 4, 5, 6, 9].includes(number))

  const lagging = cards.flatMap(({ ids: [branch = '', kind], card }) =>
    kind === 'deciding' && card.state === 'filed' && card.scores.reduce((sum, points) => sum + points, 0) < 65
      ? [branch]
      : [],
  )
  const measures = rows('measures', States).flatMap(({ ids: [branch = ''], value }) =>
    lagging.includes(branch) ? value.filter(({ withdrawn }) => withdrawn === undefined) : [],
  )
  const inspections = rows('inspections', z.looseObject({ state: z.string() }))
  const issues = rows(
    'hard-issue',
    z.looseObject({ answer: z.unknown().optional(), takenOut: z.unknown().optional() }),
  ).filter(({ value }) => !value.takenOut)
  const again = (tables.get('regrading') ?? []).map(({ ids, value }) => ({ ids: ids.slice(1), ...Round.parse(value) }))
  const members = people.filter((one) => has(one, committee))
  const month = today.toString().slice(0, 7)
  const figure = <T>(name: string, everything: readonly T[], done: (one: T) => boolean): Figure => ({
    name,
    done: everything.filter(done).length,
    all: everything.length,
  })
  const pairs = own.flatMap(({ number, days, who }) =>
    who.map((person) => ({ number, day: days.at(-1) ?? '', person })),
  )
  return {
    kinds: [...tables.keys()].sort(),
    figures: [
      figure('评分', branches, ({ id }) => scored.has(id)),
      figure('复评', again, ({ ids: [branch = ''], round }) =>
        cards.some(({ ids, card }) => ids[0] === branch && ids[1] === `deciding-${round}` && card.state !== 'returned'),
      ),
      figure('月报', members, ({ id }) => reported.has(`${month}~${id}`)),
      figure('季报', branches, ({ id }) => quarterly.has(`${quarter}~branch~${id}`)),
      figure('总支季报', generalBranches, ({ id }) => quarterly.has(`${quarter}~general~${id}`)),
      {
        name: '三会一课',
        done: branches.reduce((sum, { id }) => sum + meets(id), 0),
        all: branches.length * kinds.length,
      },
      figure('任务', pairs, ({ number, day, person }) => isDone(number, day, person)),
      figure('措施', measures, ({ state }) => state === '已完成'),
      figure('督查整改', inspections, ({ value }) => value.state === 'closed'),
      figure('议题', issues, ({ value }) => value.answer !== undefined),
    ],
    missing: {
      '12月月报': members.filter(({ id }) => !reported.has(`${month}~${id}`)).map(({ name }) => name),
      '4季度季报': branches.filter(({ id }) => !quarterly.has(`${quarter}~branch~${id}`)).map(({ name }) => name),
      '4季度总支季报': generalBranches
        .filter(({ id }) => !quarterly.has(`${quarter}~general~${id}`))
        .map(({ name }) => name),
    },
    /** The figures of attachment 3: done/owners, one for each milestone. */
    states: tasks.flatMap(({ number, days, who }) =>
      days.map((day) => `${who.filter((person) => isDone(number, day, person)).length}/${who.length}`),
    ),
  }
}

/** Attachment 3, copied by hand. */
const taskTable: readonly { number: number; owners: readonly Post[]; days: readonly string[] }[] = [
  { number: 1, owners: ['general-branch-secretary'], days: ['2022-05-31', '2022-12-31'] },
  { number: 2, owners: ['general-branch-secretary'], days: ['2022-04-30'] },
  { number: 3, owners: ['branch-secretary'], days: ['2022-12-31'] },
  { number: 4, owners: [...departments, ...secretaries], days: ['2022-12-31'] },
  {
    number: 5,
    owners: ['organization-department', 'party-school', ...secretaries],
    days: ['2022-06-30', '2022-12-31'],
  },
  { number: 6, owners: ['branch-secretary'], days: ['2022-12-31'] },
  { number: 7, owners: ['organization-department'], days: ['2022-12-31'] },
  { number: 8, owners: committee, days: ['2022-12-31'] },
  { number: 9, owners: secretaries, days: ['2022-12-31'] },
  { number: 10, owners: secretaries, days: ['2022-12-31'] },
  { number: 11, owners: committee, days: ['2022-12-31'] },
]

/** Whether a kind of meeting was held for December, the last quarter or the year. A secretary's lecture counts as the branch's 党课. */
function heldIn(
  meetings: readonly { ids: string[] }[],
  lectures: readonly { ids: string[]; value: { branches: string[] } }[],
): (branch: string, kind: string, every: 'month' | 'quarter' | 'year') => boolean {
  const days = [
    ...meetings.map(({ ids: [branch, kind, day = ''] }) => ({ branch, kind, day })),
    ...lectures.flatMap(({ ids: [, day = ''], value }) =>
      value.branches.map((branch) => ({ branch, kind: '党课', day })),
    ),
  ]
  const first = { month: '2022-12-01', quarter: '2022-10-01', year: '2022-01-01' } as const
  return (branch, kind, every) =>
    days.some((one) => one.branch === branch && one.kind === kind && one.day >= first[every] && one.day <= '2022-12-31')
}
