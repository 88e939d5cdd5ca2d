import { Temporal } from 'temporal-polyfill'
import { brands, recognitions } from '../../handlers/brand/records.ts'
import { bulletins } from '../../handlers/bulletin/draft.ts'
import { developments } from '../../handlers/development/records.ts'
import { mobileMembers } from '../../handlers/mobile-members/members.ts'
import { practices } from '../../handlers/practice/practice.ts'
import { quarterlyReports } from '../../handlers/quarterly-report/reports.ts'
import { proposals } from '../../handlers/regulation/records.ts'
import { taskReports } from '../../handlers/tasks/records.ts'
import { secretariesOf, trainings } from '../../handlers/training/records.ts'
import { nextWorkingDay } from '../campaign/calendar/calendar.ts'
import { quarterWords } from '../campaign/calendar/quarter.ts'
import type { Task } from '../campaign/plan/campaign.ts'
import { branchName, holdersOf, holds, type Person } from '../campaign/roster/roster.ts'
import { isAutomatic, milestonesOf, roleOf, taskOf } from '../campaign/tasks/task-roles.ts'
import { standing } from '../forms/record.ts'
import { instant, keep, type Script } from './script.ts'

/** J7, J8, J11 and J12: the records that units and people make in a year. */
export function planRecords(script: Script): void {
  planQuarters(script)
  planTasks(script)
  planTrainings(script)
  planProposals(script)
  planGoodPractice(script)
  planMobileMembers(script)
}

function planQuarters(script: Script): void {
  const { world, plan, on } = script
  const { campaign, roster, calendar } = world
  for (const quarter of campaign.duties['quarterly-report'].milestones) {
    const ids = (kind: string, unit: string): string[] => [campaign.id, quarter.toString(), kind, unit]
    for (const { id } of roster.branches)
      for (const { id: by } of holdersOf(roster, 'branch-secretary', { branch: id }).slice(0, 1))
        plan(quarter, (records, now) => {
          const content = { done: '按计划开展组织生活', problems: '无', next: '继续按计划推进' }
          keep(records, quarterlyReports, { ids: ids('branch', id), content, by, now })
          return []
        })
    for (const { id } of roster.generalBranches)
      for (const { id: by } of holdersOf(roster, 'general-branch-secretary', { generalBranch: id }).slice(0, 1))
        plan(quarter.add({ days: 7 }), (records, now) => {
          keep(records, quarterlyReports, { ids: ids('general', id), content: { own: '各支部运转正常' }, by, now })
          return []
        })
    on(nextWorkingDay(calendar, quarter), (records, now) => {
      const [sender] = holdersOf(roster, 'organization-department')
      if (!sender) return []
      const done = records.kept
        .of(quarterlyReports)
        .filter(({ ids }) => ids[1] === quarter.toString() && ids[2] === 'branch').length
      const text = `${quarterWords(quarter)}基层党组织工作通报\n支部季报已交 ${done}/${roster.branches.length}。`
      const day = nextWorkingDay(calendar, now.toPlainDate()).toString()
      const days = Object.fromEntries(roster.groups.map((group) => [group.id, day]))
      const content = { sent: { by: sender.id, at: instant(now), days, text } }
      keep(records, bulletins, { ids: [campaign.id, quarter.toString()], content, by: sender.id, now })
      return []
    })
  }
}

function planTasks(script: Script): void {
  const { campaign, roster } = script.world
  for (const task of campaign.tasks.filter((one) => !isAutomatic(campaign, one)))
    for (const person of roster.people.filter((one) => holds(one, ...task.owners.posts)))
      for (const milestone of milestonesOf(campaign, task)) planTask(script, task, { person, milestone })
}

/** Uses the form of the task if it has one (R3), otherwise words. */
function planTask(
  { world, plan }: Script,
  task: Task,
  { person, milestone }: { person: Person; milestone: Temporal.PlainDate },
): void {
  const { campaign } = world
  const role = roleOf(campaign, task.number)
  const branches = person.seats.flatMap(({ post, branch }) => (post === 'branch-secretary' && branch ? [branch] : []))
  plan(milestone, (records, now) => {
    const said = { by: person.id, now }
    const day = milestone.toString()
    if (role === 'development' && branches.length > 0)
      for (const branch of branches)
        keep(records, developments, {
          ids: [campaign.id, day, branch],
          content: { applicants: 6, candidates: 2 },
          ...said,
        })
    else if (role === 'brand' && branches.length > 0)
      for (const branch of branches) {
        const content = { name: '先锋课堂', stage: '成型' as const, about: '党员带头上示范课' }
        keep(records, brands, { ids: [campaign.id, 'branch', branch], content, ...said })
      }
    else {
      const content = { state: '已完成' as const, words: '已办好' }
      keep(records, taskReports, { ids: [campaign.id, String(task.number), day, person.id], content, ...said })
    }
    return []
  })
}

/** Two secretaries miss the training and are trained shortly before the end of the year. */
function planTrainings({ world, on }: Script): void {
  const { campaign, roster } = world
  if (!taskOf(campaign, 'training')) return
  const people = secretariesOf(roster).map(({ id }) => id)
  const train = (days: number, who: readonly string[]): void =>
    on(campaign.ends.subtract({ days }), (records, now) => {
      const [by] = holdersOf(roster, 'organization-department')
      const ids = [campaign.id, now.toPlainDate().toString(), '线下']
      if (by) keep(records, trainings, { ids, content: { people: [...who] }, by: by.id, now })
      return []
    })
  train(204, people.slice(2))
  train(8, people.slice(0, 2))
}

/** J12: each department proposes to revise one regulation. */
function planProposals({ world, plan }: Script): void {
  const { campaign, roster } = world
  if (!taskOf(campaign, 'regulations')) return
  const departments = ['organization-department', 'party-office', 'publicity-department', 'party-school'] as const
  for (const { id: by } of roster.people.filter((person) => holds(person, ...departments)))
    plan(campaign.starts.add({ months: 4 }), (records, now) => {
      const content = { name: '《发展党员工作办法》', block: '环节不清', change: '补充流程图', basis: '上级细则' }
      keep(records, proposals, { ids: [campaign.id, by, `r${by}`], content, by, now })
      return []
    })
}

/** J12: general branches report good practice. The first branch with a brand is recognised shortly before the end of the year. */
function planGoodPractice({ world, plan, on }: Script): void {
  const { campaign, roster } = world
  for (const { id: by } of roster.people.filter((person) => holds(person, 'general-branch-secretary')))
    plan(campaign.starts.add({ months: 5 }), (records, now) => {
      const content = { words: '主题党日与技能竞赛结合' }
      keep(records, practices, { ids: [campaign.id, `e${by}`], content, by, now })
      return []
    })
  on(campaign.ends.subtract({ days: 4 }), (records, now) => {
    const [by] = holdersOf(roster, 'organization-department')
    const branded = standing(records.kept, brands)
    const branch = roster.branches.find(({ id }) => branded.has(`branch~${id}`))
    if (!by || !branch) return []
    const ids = [campaign.id, '特色支部', 'branch', branch.id]
    keep(records, recognitions, { ids, content: { honour: '特色支部' }, by: by.id, now })
    const text = `${branchName(roster, branch)}已由组织部认定为特色支部。`
    return holdersOf(roster, 'branch-secretary', { branch: branch.id }).map((person) => ({
      person,
      about: 'task-9',
      text,
    }))
  })
}

/** One member is never heard of, and one takes part again after being asked. */
function planMobileMembers({ world, random, on }: Script): void {
  const { campaign, roster } = world
  const led = roster.branches.filter(({ id }) => holdersOf(roster, 'branch-secretary', { branch: id }).length > 0)
  const branch = led[Math.floor(random() * led.length)]
  const [secretary] = branch ? holdersOf(roster, 'branch-secretary', { branch: branch.id }) : []
  if (!branch || !secretary) return
  const since = campaign.starts.subtract({ days: 5 }).toString()
  const put = (id: string, name: string, { days, contacts }: { days: number; contacts: 'none' | 'part' }): void =>
    on(campaign.starts.add({ days }), (records, now) => {
      const day = now.toPlainDate().toString()
      const content = {
        name,
        kind: '实习学生' as const,
        since,
        entered: campaign.starts.toString(),
        contacts: contacts === 'none' ? [] : [{ day, words: '参加网络党课', tookPart: true }],
      }
      keep(records, mobileMembers, { ids: [campaign.id, branch.id, id], content, by: secretary.id, now })
      return []
    })
  put('m1', '流动党员甲', { days: 3, contacts: 'none' })
  put('m2', '流动党员乙', { days: 3, contacts: 'none' })
  put('m2', '流动党员乙', { days: 100, contacts: 'part' })
}
