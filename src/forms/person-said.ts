import type { Turn } from '../bot/turn/turn.ts'
import type { Person } from '../campaign/roster/roster.ts'
import { choose } from './choose.ts'

/** Offers people of one name to choose from, by their posts. */
export function offerNamesakes(
  turn: Turn,
  people: readonly Person[],
  offered: { handler: string; action: string; args: readonly string[] },
): void {
  const options = people.map(({ id, seats: [seat] }, i) => ({
    id,
    text: seat ? turn.campaign.posts[seat.post] : `第${i + 1}位`,
  }))
  choose(turn, `哪一位${people[0]?.name ?? ''}`.slice(0, 16), { options, offered })
}
