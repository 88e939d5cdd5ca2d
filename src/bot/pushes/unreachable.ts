import { wordedFor } from '../../campaign/roster/post-words.ts'
import { type Person, superiorsOf } from '../../campaign/roster/roster.ts'
import { canPush, waysTo } from '../roster/world.ts'
import type { Due, Said, Snapshot } from './schedule.ts'

/** A person who cannot be written to is not asked. The superior is told instead, in the same words after the person's name. */
export function redirected(due: Due, snapshot: Snapshot): Due[] {
  if (!('person' in due.receiver) || isReachable(due.receiver.person, snapshot)) return [due]
  const { person } = due.receiver
  if (due.kind === 'escalation') return []
  const { why, reply } = isInactive(person, snapshot)
    ? { why: '未激活', reply: `请转告${person.name}，并请其给机器人发一句话，以后就直接提醒本人。` }
    : {
        why: '未绑定账号',
        reply: wordedFor(snapshot.world.campaign)`请转告${person.name}；绑定账号请联系组织部更新名册。`,
      }
  return nearestReachable(person, snapshot).map((superior) => ({
    ...due,
    receiver: { person: superior },
    period: `${due.period} ${person.id}`,
    says: () => saidFor(`${person.name}（${why}）：`, due, reply),
  }))
}

/** The words about somebody else's duty. `whose` stands before them. */
function saidFor(whose: string, { says, confidential }: Due, reply: string): Said {
  const { title, lines, among } = says()
  return {
    title: `${whose}${title}`,
    lines: confidential ? [] : lines,
    reply,
    ...(among ? { among: { ...among, whose } } : {}),
  }
}

/** The superiors, or their superiors if none of them can be written to. */
function nearestReachable(person: Person, snapshot: Snapshot): Person[] {
  const seen = new Set([person])
  for (let level = [person]; level.length > 0; ) {
    level = level.flatMap((one) => superiorsOf(snapshot.world.roster, one)).filter((one) => !seen.has(one))
    for (const one of level) seen.add(one)
    const reachable = level.filter((one) => isReachable(one, snapshot))
    if (reachable.length > 0) return [...new Set(reachable)]
  }
  return []
}

const isReachable = (person: Person, { world, wrote }: Snapshot): boolean =>
  canPush(person, world.channels, wrote.get(person.id))

/** Whether a person has an account but has not yet written to the bot, on a platform that demands this first. */
export const isInactive = (person: Person, snapshot: Snapshot): boolean =>
  !isReachable(person, snapshot) &&
  waysTo(person, snapshot.world.channels).some((way) => snapshot.world.channels.get(way)?.push === 'after-word')
