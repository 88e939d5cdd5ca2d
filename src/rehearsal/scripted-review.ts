import { Temporal } from 'temporal-polyfill'
import { measures, sponsorships } from '../../handlers/lagging/records.ts'
import { nameOfScorecard } from '../bot/pushes/schedule.ts'
import { regradings } from '../bot/records/records.ts'
import { rubricFor } from '../campaign/plan/rubrics.ts'
import { type Branch, branchName, committeePosts, gradersOf, holdersOf, holds } from '../campaign/roster/roster.ts'
import { kindOfRound } from '../campaign/scores/rounds.ts'
import { fullMarks } from '../campaign/scores/rubric.ts'
import { file, sendBack, submit } from '../campaign/scores/scorecard.ts'
import type { Records } from './rehearsal.ts'
import { instant, keep, keptOf, type Script, type Told } from './script.ts'
import { scriptedResult } from './scripted-results.ts'

/** J3 and J9: cards are filed week by week, and the first of them is returned once. `lagging` is helped and graded again. */
export function planReview(script: Script, lagging: Branch | undefined): void {
  const { world, on } = script
  const { deadline } = world.campaign.duties.grading
  let returned: Branch | undefined
  for (const days of [-7, -1, 6, 13, 20])
    on(deadline.add({ days }), (records, now) => {
      const first = returned ? undefined : waiting(script, records).find((branch) => branch !== lagging)
      if (first) returned = first
      return [
        ...fileAll(script, records, { now, but: first }),
        ...(first ? sentBack(script, records, { now, branch: first }) : []),
      ]
    })
  on(deadline.add({ days: 9 }), (records, now) => (returned ? again(script, records, { now, branch: returned }) : []))
  if (lagging) planLagging(script, lagging)
}

const nameOf = ({ world }: Script, { id }: Branch): string => nameOfScorecard(world.campaign, id, 'deciding')
const cardOf = (script: Script, { scorecards }: Records, branch: Branch) => scorecards.get(nameOf(script, branch))

const waiting = (script: Script, records: Records): Branch[] =>
  script.world.roster.branches.filter((branch) => cardOf(script, records, branch)?.state === 'submitted')

function fileAll(
  script: Script,
  records: Records,
  { now, but }: { now: Temporal.ZonedDateTime; but: Branch | undefined },
): Told {
  const [by] = holdersOf(script.world.roster, 'organization-department')
  for (const branch of waiting(script, records)) {
    const card = cardOf(script, records, branch)
    const filed = by && branch !== but && file(card, { version: card?.version ?? 0, by: by.id, at: instant(now) })
    if (filed) records.scorecards.set(nameOf(script, branch), filed)
  }
  return []
}

function sentBack(
  script: Script,
  records: Records,
  { now, branch }: { now: Temporal.ZonedDateTime; branch: Branch },
): Told {
  const { roster } = script.world
  const [by] = holdersOf(roster, 'organization-department')
  const card = cardOf(script, records, branch)
  const reason = '请补充第3项的依据'
  const back = by && sendBack(card, { version: card?.version ?? 0, by: by.id, at: instant(now), reason })
  if (!back) return []
  records.scorecards.set(nameOf(script, branch), back)
  const text = `${branchName(roster, branch)}的评分已退回：${reason}。`
  return gradersOf(roster, branch).map((person) => ({ person, about: 'review', text }))
}

function again(
  script: Script,
  records: Records,
  { now, branch }: { now: Temporal.ZonedDateTime; branch: Branch },
): Told {
  const card = cardOf(script, records, branch)
  const next = card?.state === 'returned' ? submit(card, card, { by: card.by, at: instant(now), late: 0 }) : undefined
  if (next) records.scorecards.set(nameOf(script, branch), next)
  return []
}

function planLagging(script: Script, branch: Branch): void {
  const { world, on } = script
  const { campaign, roster } = world
  const { deadline } = campaign.duties.grading
  const [by] = holdersOf(roster, 'organization-department')
  const sponsor = roster.people.find((person) => holds(person, ...committeePosts))
  const [secretary] = holdersOf(roster, 'branch-secretary', { branch: branch.id })
  const ids = [campaign.id, branch.id]
  if (!by || !sponsor || !secretary) return
  on(deadline.add({ days: 12 }), (records, now) => {
    const since = now.toPlainDate().toString()
    keep(records, sponsorships, { ids, content: { sponsor: sponsor.id, since }, by: by.id, now })
    const text = `${branchName(roster, branch)}由${sponsor.name}包扶。`
    return [sponsor, secretary].map((person) => ({ person, about: 'lagging', text }))
  })
  const measure = { what: '每月集中学习一次', who: secretary.name, by: deadline.add({ months: 4 }).toString() }
  const put = (days: number, state: '未开始' | '已完成'): void =>
    on(deadline.add({ days }), (records, now) => {
      keep(records, measures, { ids, content: [{ ...measure, state }], by: secretary.id, now })
      return []
    })
  put(18, '未开始')
  put(120, '已完成')
  on(deadline.add({ months: 6, days: 10 }), (records, now) => {
    if (keptOf(records, measures, ids) === undefined || cardOf(script, records, branch)?.state !== 'filed') return []
    records.kept.set(regradings, [{ ids, value: { round: 2, by: by.id, at: instant(now) } }])
    const scores = fullMarks(rubricFor(campaign.rubrics, branch))
    const result = scriptedResult(campaign, records, { branch, kind: 'deciding', scores })
    const card = submit(undefined, { scores, result }, { by: by.id, at: instant(now), late: 0 })
    const filed = card && file(card, { version: card.version, by: by.id, at: instant(now) })
    if (filed) records.scorecards.set(nameOfScorecard(campaign, branch.id, kindOfRound(2)), filed)
    return []
  })
}
