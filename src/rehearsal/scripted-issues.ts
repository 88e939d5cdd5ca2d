import type { Temporal } from 'temporal-polyfill'
import { hardIssues, issueKey } from '../../handlers/hard-issues/issues.ts'
import { monthOf } from '../campaign/calendar/month.ts'
import type { HardIssue } from '../campaign/reports/hard-issue.ts'
import { holdersOf, type Person } from '../campaign/roster/roster.ts'
import type { Records } from './rehearsal.ts'
import { instant, keep, keptOf, type Script, type Told } from './script.ts'

const about = 'hard-issues'
export const hardWords = '教室投影老化，影响集中学习'

/** J13: puts an issue raised by a report on the list, under a permanent number. */
export function raiseIssue(
  { world }: Script,
  records: Records,
  {
    now,
    person,
    month,
    branch,
  }: { now: Temporal.ZonedDateTime; person: Person; month: Temporal.PlainDate; branch: string },
): void {
  const number = records.kept.of(hardIssues).length + 1
  const content = { month: monthOf(month), raiser: person.id, branches: [branch], words: hardWords }
  keep(records, hardIssues, { ids: [world.campaign.id, issueKey(number)], content, by: person.id, now })
}

/** Each month the committee decides on the open issues, and a month later they are answered. Issues of the last months stay open. */
export function planIssues(script: Script): void {
  const { campaign } = script.world
  for (const month of campaign.duties['liaison-report'].milestones.slice(1, -1))
    script.on(month.with({ day: 15 }), (records, now) => [
      ...answers(script, records, now),
      ...decides(script, records, now),
    ])
}

type Deed = 'decision' | 'answer'
const decides = (script: Script, records: Records, now: Temporal.ZonedDateTime): Told =>
  act(script, records, { now, deed: 'decision' })
const answers = (script: Script, records: Records, now: Temporal.ZonedDateTime): Told =>
  act(script, records, { now, deed: 'answer' })

function act({ world }: Script, records: Records, { now, deed }: { now: Temporal.ZonedDateTime; deed: Deed }): Told {
  const { campaign, roster } = world
  const [by] = holdersOf(roster, 'party-office')
  if (!by) return []
  const due = now.toPlainDate().add({ days: 20 }).toString()
  return records.kept.of(hardIssues).flatMap(({ ids }): Told => {
    const issue = keptOf(records, hardIssues, ids)
    const isReady = deed === 'decision' ? !issue?.decision : issue?.decision && !issue.answer
    if (!issue || !isReady) return []
    const said = { by: by.id, at: instant(now), words: deed === 'decision' ? '由后勤处更换投影' : '已更换投影' }
    const content: HardIssue =
      deed === 'decision' ? { ...issue, decision: { ...said, due } } : { ...issue, answer: said }
    keep(records, hardIssues, { ids: [campaign.id, ids[1] ?? ''], content, by: by.id, now })
    const raiser = roster.people.filter(({ id }) => id === issue.raiser)
    const secretaries =
      deed === 'answer' ? issue.branches.flatMap((branch) => holdersOf(roster, 'branch-secretary', { branch })) : []
    const text = `第${Number(ids[1])}号议题${deed === 'decision' ? '有了决定' : '答复'}：${said.words}。`
    return [...raiser, ...secretaries].map((person) => ({ person, about, text }))
  })
}
