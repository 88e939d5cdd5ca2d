import { Temporal } from 'temporal-polyfill'
import { awayIn, type Listed, mobileMembers } from '../handlers/mobile-members/members.ts'
import type { Due, Schedule, Snapshot } from '../src/bot/pushes/schedule.ts'
import { isWorkingDay, previousWorkingDay } from '../src/campaign/calendar/calendar.ts'
import { fullOn, runsFrom } from '../src/campaign/members/mobile-member.ts'
import { branchName, branchOf, holdersOf } from '../src/campaign/roster/roster.ts'

const duty = 'mobile-members'

/**
 * J11, decision 6: contact and care after three months without taking part, the lawful steps after six. It never says that anybody has
 * left.
 */
export const mobileMemberSchedule: Schedule = {
  duty,
  reads: [mobileMembers],
  due: (snapshot, date) => {
    const { careAfterMonths, lawfulStepsAfterMonths } = snapshot.world.campaign.mobileMembers
    const steps = fallingOn(snapshot, date, lawfulStepsAfterMonths)
    const care = fallingOn(snapshot, date, careAfterMonths).filter((one) => !steps.includes(one))
    return [...toCare(snapshot, care, date), ...toSteps(snapshot, steps)]
  },
  open: () => [],
}

/** The members whose months are full on this day, or on a day off just before it. */
function fallingOn(snapshot: Snapshot, date: Temporal.PlainDate, months: number): Listed[] {
  const { calendar } = snapshot.world
  if (!isWorkingDay(calendar, date)) return []
  const before = previousWorkingDay(calendar, date)
  return awayIn(snapshot).filter(({ member }) => {
    const full = fullOn(member, months)
    return Temporal.PlainDate.compare(full, date) <= 0 && Temporal.PlainDate.compare(full, before) > 0
  })
}

const periodOf = ({ id, member }: Listed): string => `${id} ${runsFrom(member).toString()}`
const secretariesOf = ({ world }: Snapshot, { branch }: Listed) =>
  holdersOf(world.roster, 'branch-secretary', { branch })
const branchOfMember = ({ world }: Snapshot, { branch }: Listed): string => {
  const found = branchOf(world.roster, branch)
  return found ? branchName(world.roster, found) : ''
}

function toCare(snapshot: Snapshot, falling: readonly Listed[], date: Temporal.PlainDate): Due[] {
  const { roster, campaign } = snapshot.world
  const { careAfterMonths, lawfulStepsAfterMonths } = campaign.mobileMembers
  const own = falling.flatMap((one) =>
    secretariesOf(snapshot, one).map(
      (person): Due => ({
        receiver: { person },
        duty,
        period: periodOf(one),
        step: 'care',
        kind: 'reminder',
        says: () => ({
          title: `请联系关心一位流动党员：满${careAfterMonths}个月没有参加组织生活。`,
          lines: [`${one.member.name}（${one.member.kind}），请了解近况，请其参加网络党课等组织生活。`],
          reply: `联系后请回复“流动党员 姓名 日期 电话联系”或“… 参加…”。`,
        }),
        confidential: true,
      }),
    ),
  )
  if (falling.length === 0) return own
  const toDepartment = holdersOf(roster, 'organization-department').map(
    (person): Due => ({
      receiver: { person },
      duty,
      period: date.toString(),
      step: 'care',
      kind: 'reminder',
      says: () => ({
        title: `有${falling.length}名流动党员满${careAfterMonths}个月没有参加组织生活，已请支部书记联系关心。`,
        lines: [
          `本年度计划写的是${careAfterMonths}个月，组织程序从${lawfulStepsAfterMonths}个月起；是否认定由组织按程序决定，本程序不作认定。`,
        ],
        reply: '各支部人数请回复“流动党员”。',
      }),
    }),
  )
  return [...own, ...toDepartment]
}

const lawfulSteps = '1. 再次联系本人并留存记录；2. 支委会研究；3. 支部大会（党员大会）讨论；4. 报上级党组织批准。'

function toSteps(snapshot: Snapshot, falling: readonly Listed[]): Due[] {
  const { roster, campaign } = snapshot.world
  const months = campaign.mobileMembers.lawfulStepsAfterMonths
  return falling.flatMap((one) =>
    [...secretariesOf(snapshot, one), ...holdersOf(roster, 'organization-department')].map(
      (person): Due => ({
        receiver: { person },
        duty,
        period: periodOf(one),
        step: 'steps',
        kind: 'reminder',
        says: () => ({
          title: `一名流动党员满${months}个月没有参加组织生活，请按程序办理。`,
          lines: [
            `${branchOfMember(snapshot, one)}：${one.member.name}。`,
            `依次是：${lawfulSteps}本程序不作任何认定。`,
          ],
          reply: '名单请回复“流动党员”。',
        }),
        confidential: true,
      }),
    ),
  )
}
