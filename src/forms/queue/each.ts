import { shortGradedName } from '../../bot/scorecards/rounds.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import type { Branch } from '../../campaign/roster/roster.ts'

/** A branch, by its short name, for which something was not done, and why, as the end of a sentence that begins with the name. */
export type Not = { name: string; why: string }

/**
 * Does something for each of several branches. `deed` returns true if it was done, or why it was not; false if it was not and there is
 * nothing to say.
 */
export async function eachBranch(
  turn: Turn,
  branches: readonly Branch[],
  deed: (branch: Branch) => Promise<string | boolean>,
): Promise<{ done: Branch[]; not: Not[] }> {
  const done: Branch[] = []
  const not: Not[] = []
  for (const branch of branches) {
    const outcome = await deed(branch)
    if (outcome === true) done.push(branch)
    else if (outcome !== false) not.push({ name: shortGradedName(turn, branch), why: outcome })
  }
  return { done, not }
}

/** One line for each reason, with all names that it holds for: `物流、电商还没有公示`. */
export function byReason(not: readonly Not[]): string[] {
  const names = new Map<string, string[]>()
  for (const { name, why } of not) names.set(why, [...(names.get(why) ?? []), name])
  return [...names].map(([why, all]) => `${all.join('、')}${why}`)
}
