import { brands, recognitions } from '../../handlers/brand/records.ts'
import { bulletins } from '../../handlers/bulletin/draft.ts'
import { developments } from '../../handlers/development/records.ts'
import { hardIssues } from '../../handlers/hard-issues/issues.ts'
import { draws, inspections } from '../../handlers/inspection/records.ts'
import { measures, sponsorships } from '../../handlers/lagging/records.ts'
import { lectures, meetings, participations } from '../../handlers/meetings/records.ts'
import { mobileMembers } from '../../handlers/mobile-members/members.ts'
import { practices } from '../../handlers/practice/practice.ts'
import { quarterlyReports } from '../../handlers/quarterly-report/reports.ts'
import { proposals } from '../../handlers/regulation/records.ts'
import { taskReports } from '../../handlers/tasks/records.ts'
import { trainings } from '../../handlers/training/records.ts'
import { regradings } from '../bot/records/records.ts'
import type { World } from '../bot/roster/world.ts'
import { liaisonBranches } from '../campaign/roster/roster.ts'
import { bandNames, bandOf, totalOf } from '../campaign/scores/rubric.ts'
import type { Scorecard } from '../campaign/scores/scorecard.ts'
import type { Table } from '../store/table.ts'
import type { Records, Said } from './rehearsal.ts'

type Year = { records: Records; world: Omit<World, 'now'> }
type Counted = [what: string, count: number]
/** One of the thirteen jobs of the plan. `about` matches the messages of the job. `left` counts the records that the job has left. */
type Job = { number: number; name: string; about: RegExp; left: (year: Year) => Counted[] }

const cards = ({ scorecards }: Records, kind: RegExp): Scorecard[] =>
  [...scorecards].flatMap(([name, card]) => (kind.test(name) ? [card] : []))
const first = /~deciding$/
const rows = ({ records }: Year, what: string, table: Table<unknown>): Counted => [what, records.kept.of(table).length]

const jobs: readonly Job[] = [
  {
    number: 1,
    name: '支部评分',
    about: /^grading$/,
    left: ({ records }) => [
      ['自评', cards(records, /~self$/).length],
      ['总支评分', cards(records, first).length],
    ],
  },
  {
    number: 2,
    name: '定级',
    about: /^grading$/,
    left: ({ records, world: { campaign } }) =>
      bandNames(campaign.bands).map((band) => [
        band,
        cards(records, first).filter(({ scores }) => bandOf(totalOf(scores), campaign.bands) === band).length,
      ]),
  },
  {
    number: 3,
    name: '审核备案',
    about: /^review$/,
    left: ({ records }) => [
      ['已备案', cards(records, first).filter(({ state }) => state === 'filed').length],
      ['退回过', cards(records, first).filter(({ returned }) => returned !== undefined).length],
    ],
  },
  {
    number: 4,
    name: '旁证',
    about: /^grading$/,
    left: ({ records }) => [
      ['年度考核', cards(records, first).filter(({ annual }) => annual !== undefined).length],
      ['调查摸底', cards(records, first).filter(({ survey }) => survey !== undefined).length],
    ],
  },
  {
    number: 5,
    name: '联系支部报告',
    about: /^liaison-report$/,
    left: ({ records }) => [
      ['报告', records.liaisonReports.size],
      ['走访支部', new Set([...records.liaisonReports.values()].flatMap(({ branches }) => branches)).size],
    ],
  },
  {
    number: 6,
    name: '联系支部分配',
    about: /^liaison-assignment$/,
    left: ({ world: { roster } }) => [
      ['有人联系的支部', new Set(roster.people.flatMap((person) => liaisonBranches(roster, person))).size],
    ],
  },
  {
    number: 7,
    name: '任务清单',
    about: /^task-/,
    left: (year) => [rows(year, '进展', taskReports), rows(year, '发展', developments)],
  },
  {
    number: 8,
    name: '季报和通报',
    about: /^(?:quarterly-report|bulletin)$/,
    left: (year) => [rows(year, '季报', quarterlyReports), rows(year, '通报', bulletins)],
  },
  {
    number: 9,
    name: '包扶、措施和复评',
    about: /^lagging$/,
    left: (year) => [
      rows(year, '包扶', sponsorships),
      rows(year, '整改措施', measures),
      rows(year, '复评', regradings),
    ],
  },
  {
    number: 10,
    name: '组织生活和督查',
    about: /^meetings$/,
    left: (year) => [
      rows(year, '会议', meetings),
      rows(year, '双重组织生活', participations),
      rows(year, '抽查', draws),
      rows(year, '督查', inspections),
    ],
  },
  {
    number: 11,
    name: '流动党员',
    about: /^mobile-members$/,
    left: (year) => [rows(year, '登记', mobileMembers)],
  },
  {
    number: 12,
    name: '制度、品牌、培训、党课',
    about: /^(?:task-|brand$|practice$)/,
    left: (year) => [
      rows(year, '制度', proposals),
      rows(year, '品牌', brands),
      rows(year, '认定', recognitions),
      rows(year, '培训', trainings),
      rows(year, '党课', lectures),
      rows(year, '经验', practices),
    ],
  },
  {
    number: 13,
    name: '难点问题',
    about: /^hard-issues$/,
    left: (year) => [
      rows(year, '议题', hardIssues),
      ['已答复', year.records.kept.of(hardIssues).filter(({ value }) => value.content.answer !== undefined).length],
    ],
  },
]

/** Counts what a year leaves of each of the thirteen jobs. */
export class JobTraces {
  readonly #said = new Map<string, number>()

  add({ about }: Pick<Said, 'about'>): void {
    for (const duty of about) this.#said.set(duty, (this.#said.get(duty) ?? 0) + 1)
  }

  of(year: Year): { number: number; name: string; messages: number; left: Counted[] }[] {
    return jobs.map(({ number, name, about, left }) => ({
      number,
      name,
      messages: [...this.#said].reduce((sum, [duty, count]) => sum + (about.test(duty) ? count : 0), 0),
      left: left(year),
    }))
  }
}
