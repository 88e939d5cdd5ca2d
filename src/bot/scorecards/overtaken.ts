import type { Branch } from '../../campaign/roster/roster.ts'
import { allBecameOf, becameOf } from '../../campaign/scores/review-words.ts'
import { doneBy } from '../turn/deed.ts'
import type { Turn } from '../turn/turn.ts'
import { cardOf, shortGradedName } from './rounds.ts'

const named = async (turn: Turn, branch: Branch) => ({
  name: shortGradedName(turn, branch),
  card: await cardOf(turn, branch, 'deciding'),
})

/** What became of a card that somebody else decided first. */
export const overtaken = async (turn: Turn, branch: Branch): Promise<string> =>
  becameOf(await named(turn, branch), (mark) => doneBy(turn, mark))

/** The same of several, without those on which nobody decided. */
export const allOvertaken = async (turn: Turn, branches: readonly Branch[]): Promise<string> =>
  allBecameOf(await Promise.all(branches.map((one) => named(turn, one))), (mark) => doneBy(turn, mark))
