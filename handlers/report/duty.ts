import type { Count, Duty, Open } from '../../src/bot/records/duties.ts'
import { reports } from '../../src/bot/records/records.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { committeePosts, holds, type Person } from '../../src/campaign/roster/roster.ts'
import { currentMonth, hasBegun, monthWords, readMonth, recordOf } from './month.ts'

/** The liaison report as a duty of every committee member; of the month that 月报 means at this moment. */
export const liaisonReport: Duty = { name: '月报', today, counts, open, inGroup }

export const members = (turn: Turn): Person[] => turn.roster.people.filter((person) => holds(person, ...committeePosts))

async function silentIn(turn: Turn, month: string): Promise<Person[]> {
  const reported = new Set((await turn.list(reports, turn.campaign.id, month)).map(({ ids }) => ids[2]))
  return members(turn).filter((person) => !reported.has(person.id))
}

/** In the first ten days of a month the one before counts, as long as anybody's is missing. */
const monthForAll = (turn: Turn): Promise<string> =>
  currentMonth(turn, async (month) => (await silentIn(turn, month)).length > 0)

async function today(turn: Turn): Promise<string[]> {
  if (!holds(turn.who, ...committeePosts)) return []
  const month = await currentMonth(turn, async (one) => (await recordOf(turn, one)) === undefined)
  return (await recordOf(turn, month)) ? [] : [`${monthWords(month)}联系支部报告，请直接回复一段话，或回复“月报”。`]
}

async function counts(turn: Turn, person: Person): Promise<Count | undefined> {
  if (!holds(person, 'organization-department', 'party-office', 'committee-secretary', 'deputy-secretary'))
    return undefined
  return inGroup(turn, 'college')
}

/** Members belong to the college, not to a general branch. */
async function inGroup(turn: Turn, scope: string): Promise<Count | undefined> {
  const all = members(turn).length
  if (scope !== 'college' || all === 0) return undefined
  const silent = await silentIn(turn, await monthForAll(turn))
  return { name: '月报', done: all - silent.length, all }
}

async function open(turn: Turn, person: Person, argument: string): Promise<Open | undefined> {
  if (!holds(person, 'organization-department', 'party-office')) return undefined
  const { month = await monthForAll(turn) } = readMonth(turn, argument)
  if (!hasBegun(turn, month))
    return { name: `${monthWords(month)}月报`, missing: [], instead: `${monthWords(month)}还没到` }
  return { name: `${monthWords(month)}月报`, missing: (await silentIn(turn, month)).map((one) => one.name) }
}
