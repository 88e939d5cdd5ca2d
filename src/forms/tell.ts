import type { Turn } from '../bot/turn/turn.ts'
import { type Branch, gradersOf, type Person } from '../campaign/roster/roster.ts'

type How = { about: string; urgent?: boolean; counted?: boolean }

/** Tells people what was done, each once, except the person who did it. `about` is the duty. */
export async function tellOthers(
  turn: Turn,
  people: readonly Person[],
  { about, text, ...how }: How & { text: string },
) {
  for (const person of new Set(people)) if (person.id !== turn.who.id) await turn.tell(person, text, { about, ...how })
}

/** Tells the graders of some branches what was done with their scores. Each hears once, about all of theirs. */
export async function tellGraders(
  turn: Turn,
  branches: readonly Branch[],
  { text, ...how }: { text: (own: readonly Branch[]) => string; urgent?: boolean },
): Promise<void> {
  const owns = new Map<Person, Branch[]>()
  for (const branch of branches)
    for (const grader of gradersOf(turn.roster, branch)) owns.set(grader, [...(owns.get(grader) ?? []), branch])
  for (const [grader, own] of owns) await tellOthers(turn, [grader], { about: 'grading', text: text(own), ...how })
}
