import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import { nameOfLiaisonReport } from '../../src/bot/pushes/schedule.ts'
import { monthBefore, monthMeant, monthOf, monthWords } from '../../src/campaign/calendar/month.ts'
import { daysOwed } from '../../src/campaign/plan/campaign.ts'
import { counts, isOpen, stateOf } from '../../src/campaign/reports/hard-issue.ts'
import {
  branchName,
  committeePosts,
  holdersOf,
  holds,
  liaisonBranches,
  type Person,
  type Roster,
} from '../../src/campaign/roster/roster.ts'
import { isConverted } from '../../src/campaign/scores/rounds.ts'
import { dueOf, namesOf } from '../../src/forms/open.ts'
import type { Owed, Owing, Said } from '../../src/forms/owed.ts'
import { hardIssues, issuesIn } from '../hard-issues/issues.ts'
import { laggingIn, laggingReads, numbered } from '../lagging/records.ts'
import { titleOf } from './month.ts'

const about = 'liaison-report'
const monthsOf = ({ world }: Snapshot): string[] => daysOwed(world.campaign, about).map((end) => monthOf(end))

const isMember = (person: Person): boolean => holds(person, ...committeePosts)
export const membersOf = (roster: Roster): Person[] => roster.people.filter(isMember)

/** Every member for each month that has begun. They belong to no general branch. */
const owed = ({ world, liaisonReports }: Snapshot, _days?: readonly unknown[], who?: Person): Owed[] => {
  const { roster, campaign, now } = world
  const superiors = holdersOf(roster, 'party-office')
  const members = who ? [who].filter(isMember) : membersOf(roster)
  return daysOwed(campaign, about)
    .filter((end) => monthOf(end) <= monthOf(now.toPlainDate()))
    .flatMap((deadline) =>
      members.map((person) => ({
        by: [person],
        period: monthOf(deadline),
        name: person.name,
        deadline,
        done: liaisonReports.has(nameOfLiaisonReport(monthOf(deadline), person.id)),
        superiors,
      })),
    )
}

/** Of one month; without one the month that 月报 means: in the first ten days the one before, as long as anybody's is missing. */
export function owedIn(snapshot: Snapshot, named?: string): { month: string; owed: Owed[] } {
  const all = owed(snapshot)
  const isMissing = (month: string): boolean => all.some(({ period, done }) => period === month && !done)
  const month = named ?? monthMeant(monthsOf(snapshot), snapshot.world.now.toPlainDate(), isMissing)
  return { month, owed: all.filter(({ period }) => period === month) }
}

const monthOfOwed = ([one]: readonly Owed[]): string => one?.period ?? ''

/** J5: each committee member reports on a branch visited, by the end of every month. */
export const reportsOwed: Owing = {
  about,
  word: '月报',
  listName: (snapshot) => `${monthWords(owedIn(snapshot).month)}月报`,
  reads: [hardIssues, ...laggingReads],
  owed,
  counted: (snapshot) => owedIn(snapshot).owed,
  begins: (deadline) => deadline.with({ day: 1 }),
  asks(snapshot, open, person): Said {
    const month = monthOfOwed(open)
    // Once the month is over, words alone may be taken as the next one's.
    const isOver = month < monthOf(snapshot.world.now.toPlainDate())
    const how = isOver ? `请以“月报 ${monthWords(month)}”开头回复一段话` : '直接回复一段话即可'
    return {
      title: `${titleOf(month)}，${dueOf(snapshot, open)}。`,
      lines: [linked(snapshot, person), ...sponsored(snapshot, person), ...raisedBy(snapshot, month, person)],
      reply: `${how}：到了哪个支部、看到什么、解决了什么、有什么难点。`,
    }
  },
  tells: (_, open): Said => ({
    title: `${titleOf(monthOfOwed(open))}已到期，还有${open.length}位未交。`,
    lines: [namesOf(open, '位')],
    reply: `汇总请回复“月报汇总 ${monthWords(monthOfOwed(open))}”。`,
  }),
  tellsGroup(snapshot, { owed: all, done, silent }): Said {
    return {
      title: `${titleOf(monthOfOwed(all))} ${dueOf(snapshot, all)}，已交 ${done}/${all.length}。`,
      lines: silent.length > 0 ? [`还没交：${silent.map(({ name }) => name).join('、')}`] : [],
      reply: '请各位委员在与我的对话里直接回复报告。',
    }
  },
}

function linked({ world: { roster } }: Snapshot, person: Person): string {
  const own = liaisonBranches(roster, person)
  const names = own.map((branch) => branchName(roster, branch)).join('、')
  const all = own.length === roster.branches.length && own.length > 8
  return all ? '您联系全院各党支部。' : `您联系的支部：${names || '名册里还没有，请联系组织部'}。`
}

/** The lagging branches that this person sponsors, until they have moved up: their progress belongs into the report (J9). */
function sponsored(snapshot: Snapshot, { id }: Person): string[] {
  const { bands } = snapshot.world.campaign
  const own = laggingIn(snapshot).filter(({ sponsor, rounds }) => sponsor?.id === id && !isConverted(rounds, bands))
  const names = own.map(({ name, measures }) => {
    const all = numbered(measures)
    const done = all.filter(({ measure }) => measure.state === '已完成').length
    return `${name}（${all.length > 0 ? `措施已完成${done}/${all.length}` : '措施未提出'}）`
  })
  return own.length > 0 ? [`您包扶的支部：${names.join('、')}，请写明整改进展。`] : []
}

const short = (text: string): string =>
  Array.from(text).length > 60 ? `${Array.from(text).slice(0, 60).join('')}…` : text

/** The person's hard issues that are open, and how those of the month before stand. */
function raisedBy(snapshot: Snapshot, month: string, { id }: Person): string[] {
  const before = monthBefore(month)
  return issuesIn(snapshot)
    .filter(({ issue }) => issue.raiser === id && counts(issue) && issue.month < month)
    .filter(({ issue }) => isOpen(issue) || issue.month === before)
    .map(({ issue }) => `您提出的问题：${short(issue.words)}（${stateOf(issue)}）`)
}
