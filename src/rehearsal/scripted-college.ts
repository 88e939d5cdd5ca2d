import { Temporal } from 'temporal-polyfill'
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
import { dateOf } from '../bot/clock.ts'
import { nameOfLiaisonReport, nameOfScorecard } from '../bot/pushes/schedule.ts'
import { lateness } from '../bot/records/deadlines.ts'
import { regradings } from '../bot/records/records.ts'
import type { World } from '../bot/roster/world.ts'
import { isWorkingDay, nextWorkingDay } from '../campaign/calendar/calendar.ts'
import { isoOf } from '../campaign/calendar/iso.ts'
import { monthOf } from '../campaign/calendar/month.ts'
import { once, remembered } from '../campaign/once.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { campaignsOf } from '../campaign/plan/periods.ts'
import { rubricFor } from '../campaign/plan/rubrics.ts'
import { submitLiaisonReport } from '../campaign/reports/liaison-report.ts'
import {
  type Branch,
  branchName,
  branchOf,
  committeePosts,
  givesSelfScore,
  gradersOf,
  holdersOf,
  holds,
  liaisonBranches,
  type Person,
} from '../campaign/roster/roster.ts'
import { isScore, itemsOf } from '../campaign/scores/rubric.ts'
import { isDone, type ScoreKind, submit } from '../campaign/scores/scorecard.ts'
import type { College, Records } from './rehearsal.ts'
import { type Answer, instant, type Script, type Told } from './script.ts'
import { planInspections } from './scripted-inspection.ts'
import { hardWords, planIssues, raiseIssue } from './scripted-issues.ts'
import { planOrganisationLife } from './scripted-meetings.ts'
import { planRecords } from './scripted-records.ts'
import { scriptedRecount, scriptedResult } from './scripted-results.ts'
import { planReview } from './scripted-review.ts'

/** Numbers between 0 and 1, fixed by a seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The tables in which its answers are kept, besides scorecards and reports. */
export const answeredTables = [
  quarterlyReports,
  bulletins,
  meetings,
  lectures,
  participations,
  draws,
  inspections,
  taskReports,
  developments,
  brands,
  recognitions,
  proposals,
  practices,
  trainings,
  mobileMembers,
  hardIssues,
  sponsorships,
  measures,
  regradings,
] as const

/** A college that answers: most people in time, some early, some late, some never. The same seed gives the same college. */
export class ScriptedCollege implements College {
  readonly #answers = new Map<string, Answer[]>()
  readonly #world: Omit<World, 'now'>
  readonly #random: () => number
  #given = 0

  constructor(world: Omit<World, 'now'>, seed: number) {
    this.#world = world
    this.#random = numbers(seed)
    const script: Script = {
      world,
      random: this.#random,
      plan: (deadline, answer) => this.#plan(deadline, answer),
      on: (date, answer) => this.#on(date, answer),
    }
    const lagging = this.#lagging()
    const periods = campaignsOf(world.campaign)
    for (const [i, campaign] of periods.entries()) this.#planScores(campaign, i === 0 ? lagging : undefined)
    this.#planReports(script)
    for (const [i, campaign] of periods.entries())
      planReview({ ...script, world: { ...world, campaign } }, i === 0 ? lagging : undefined)
    planIssues(script)
    planRecords(script)
    planOrganisationLife(script)
    planInspections(script)
  }

  answer(records: Records, now: Temporal.ZonedDateTime, push: 'before' | 'after'): Told {
    const key = keyOf(dateOf(now), push === 'before')
    const due = this.#answers.get(key) ?? []
    this.#answers.delete(key)
    this.#given += due.length
    return due.flatMap((one) => one(records, now))
  }

  /** How many answers were given so far. */
  get given(): number {
    return this.#given
  }

  /** One branch that is led and graded. */
  #lagging(): Branch | undefined {
    const { roster } = this.#world
    const led = roster.branches.filter(
      (branch) =>
        gradersOf(roster, branch).length > 0 && holdersOf(roster, 'branch-secretary', { branch: branch.id }).length > 0,
    )
    return led[Math.floor(this.#random() * led.length)]
  }

  #planScores(campaign: Campaign, lagging: Branch | undefined): void {
    const { roster } = this.#world
    const { deadline } = campaign.duties.grading
    for (const branch of roster.branches) {
      if (givesSelfScore(roster, branch)) this.#plan(deadline, this.#score(campaign, { id: branch.id, kind: 'self' }))
      if (branch === lagging)
        this.#on(deadline.subtract({ days: 3 }), this.#score(campaign, { id: branch.id, kind: 'deciding', share: 0.5 }))
      else if (gradersOf(roster, branch).length > 0)
        this.#plan(deadline, this.#score(campaign, { id: branch.id, kind: 'deciding' }))
    }
  }

  #planReports(script: Script): void {
    const { campaign, roster } = this.#world
    for (const person of roster.people.filter((one) => holds(one, ...committeePosts)))
      for (const month of campaign.duties['liaison-report'].milestones)
        this.#plan(month, this.#report(script, person, month))
  }

  /** Plans an answer up to twelve days before a deadline, up to nine after it, or never. */
  #plan(deadline: Temporal.PlainDate, answer: Answer): void {
    const chance = this.#random()
    if (chance > 0.95) return
    const days = chance > 0.8 ? 1 + Math.floor(this.#random() * 9) : -Math.floor(this.#random() * 12)
    this.#put(keyOf(daysFrom(deadline)(days), this.#random() < 0.5), answer)
  }

  #on(date: Temporal.PlainDate, answer: Answer): void {
    const { calendar } = this.#world
    this.#put(keyOf(isWorkingDay(calendar, date) ? date : nextWorkingDay(calendar, date), true), answer)
  }

  #put(key: string, answer: Answer): void {
    const planned = this.#answers.get(key)
    if (planned) planned.push(answer)
    else this.#answers.set(key, [answer])
  }

  /** `share` is the part of the full marks. */
  #score(campaign: Campaign, { id, kind, share = 1 }: { id: string; kind: ScoreKind; share?: number }): Answer {
    const { roster } = this.#world
    const rubric = rubricFor(campaign.rubrics, branchOf(roster, id) ?? {})
    const scores = itemsOf(rubric).map((item) => {
      const { points } = item
      const less = Math.floor(share * (this.#random() < 0.25 ? Math.max(0, points - 1) : points))
      return isScore(less, item, rubric) ? less : points
    })
    return (records, now) => {
      const branch = branchOf(roster, id)
      const name = nameOfScorecard(campaign, id, kind)
      const grader =
        branch &&
        (kind === 'self' ? holdersOf(roster, 'branch-secretary', { branch: id }) : gradersOf(roster, branch))[0]
      if (!branch || !grader || isDone(records.scorecards.get(name))) return []
      const late = lateness(this.#world, campaign.duties.grading.deadline, now).days
      const inputs = kind === 'deciding' ? { annual: '良好', survey: '走访座谈，组织健全' } : {}
      const result = scriptedResult(campaign, records, { branch, kind, scores })
      const card = submit(undefined, { scores, result, ...inputs }, { by: grader.id, at: instant(now), late })
      if (card) records.scorecards.set(name, card)
      if (kind === 'self') scriptedRecount(campaign, records, branch)
      if (kind === 'self') return []
      const text = `${branchName(roster, branch)}评分已提交，可发“待审”查看。`
      return holdersOf(roster, 'organization-department')
        .filter((one) => one.id !== grader.id)
        .map((person) => ({ person, about: 'review', text }))
    }
  }

  #report(script: Script, person: Person, month: Temporal.PlainDate): Answer {
    const own = liaisonBranches(this.#world.roster, person)
    const branch = this.#random() < 0.9 ? own[Math.floor(this.#random() * own.length)] : undefined
    const isHard = branch !== undefined && this.#random() < 0.1
    return (records, now) => {
      const late = lateness(this.#world, month, now).days
      const reason = own.length > 0 ? '本月在外学习' : '名册里还没有联系支部'
      const content = branch
        ? {
            text: `支部活动正常。解决：无。难点：${isHard ? hardWords : '无'}。`,
            branches: [branch.id],
            hard: isHard ? hardWords : '无',
          }
        : { text: reason, branches: [], noVisit: reason }
      const report = submitLiaisonReport(undefined, content, { by: person.id, at: instant(now), late })
      if (report) records.liaisonReports.set(nameOfLiaisonReport(monthOf(month), person.id), report)
      if (isHard) raiseIssue(script, records, { now, person, month, branch: branch.id })
      return []
    }
  }
}

const keyOf = (date: Temporal.PlainDate, before: boolean): string => `${isoOf(date)} ${before ? 'before' : 'after'}`
/** Thousands answer on the same few days around a deadline. */
const daysFrom = once((deadline: Temporal.PlainDate) => {
  const known = new Map<number, Temporal.PlainDate>()
  return (days: number) => remembered(known, days, () => deadline.add({ days }))
})
