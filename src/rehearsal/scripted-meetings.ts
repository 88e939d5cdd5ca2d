import type { Temporal } from 'temporal-polyfill'
import { lectures, meetings, participations } from '../../handlers/meetings/records.ts'
import { dateOf } from '../bot/clock.ts'
import { isoOf } from '../campaign/calendar/iso.ts'
import { isWithin, lectureKind, periodEnds } from '../campaign/meetings/meeting-kinds.ts'
import type { MeetingKind } from '../campaign/plan/campaign.ts'
import { committeePosts, holdersOf, holds, liaisonBranches, type Person, seatsOf } from '../campaign/roster/roster.ts'
import { keep, type Script } from './script.ts'

/** J10 and J12: meetings of branches, members who take part in them, and lectures. */
export function planOrganisationLife(script: Script): void {
  const { campaign, roster } = script.world
  for (const { id: branch } of roster.branches)
    for (const { id: by } of holdersOf(roster, 'branch-secretary', { branch }).slice(0, 1))
      for (const kind of campaign.duties.meetings.kinds)
        for (const end of periodEnds(kind, campaign)) planMeeting(script, { branch, by, kind, end })
  const members = roster.people.filter((person) => holds(person, ...committeePosts))
  for (const person of members) planParticipation(script, person)
  const secretaries = roster.people.filter((person) => holds(person, 'general-branch-secretary', 'branch-secretary'))
  for (const person of new Set([...members, ...secretaries])) planLecture(script, person)
}

type Meeting = { branch: string; by: string; kind: MeetingKind; end: Temporal.PlainDate }

/** A meeting is recorded on the day it was held, or after its period with the period's last day. */
function planMeeting({ world, random, plan }: Script, { branch, by, kind, end }: Meeting): void {
  const expected = 4 + Math.floor(random() * 20)
  const present = expected - Math.floor(random() * 3)
  plan(end, (records, now) => {
    const today = dateOf(now)
    const day = isWithin(kind, end, today) ? today : end
    const content = { topic: `${kind.name}的议题`, expected, present }
    keep(records, meetings, { ids: [world.campaign.id, branch, kind.name, isoOf(day)], content, by, now })
    return []
  })
}

function planParticipation({ world, random, plan }: Script, { id: by, ...person }: Person): void {
  const { campaign, roster } = world
  const own = liaisonBranches(roster, { id: by, ...person })
  const branch = own[Math.floor(random() * own.length)]
  const [kind] = campaign.duties.meetings.kinds
  if (!branch || !kind) return
  plan(campaign.starts.add({ months: 3 }), (records, now) => {
    const ids = [campaign.id, by, now.toPlainDate().toString(), branch.id]
    keep(records, participations, { ids, content: { kinds: [kind.name] }, by, now })
    return []
  })
}

/** A branch secretary's lecture also counts as the branch's 党课 of the quarter (R3). */
function planLecture({ world, plan }: Script, person: Person): void {
  const { campaign } = world
  const branches = seatsOf(person, 'branch-secretary').flatMap(({ branch }) => branch ?? [])
  const occasion = branches.length > 0 ? '支部党员大会' : '党校'
  plan(campaign.ends.subtract({ months: 6 }), (records, now) => {
    const content = { occasion, title: `${lectureKind}一讲`, listeners: 30, branches }
    keep(records, lectures, {
      ids: [campaign.id, person.id, now.toPlainDate().toString()],
      content,
      by: person.id,
      now,
    })
    return []
  })
}
