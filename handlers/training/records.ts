import { z } from 'zod'
import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import { holds, type Person, type Roster } from '../../src/campaign/roster/roster.ts'
import { recordTable, standing } from '../../src/forms/record.ts'

export const ways = ['线上', '线下'] as const
export type Way = (typeof ways)[number]

/** The people who took part in a training, by id. Plan, 三（七）. */
const Training = z.strictObject({ people: z.array(z.string()) })
/** Keys: campaign, ISO day, `线上` or `线下`. */
export const trainings = recordTable('training', Training)

/** Everybody who holds a secretary's seat now, in the roster's order. */
export const secretariesOf = (roster: Roster): Person[] =>
  roster.people.filter((person) => holds(person, 'general-branch-secretary', 'branch-secretary'))

/** `missing` are those who took part in none. `ways` counts those who took part in each way. */
export type Coverage = { done: number; all: number; missing: Person[]; ways: Record<Way, number> }

/** How many of the secretaries have taken part in a training. */
export function coverageOf({ kept, world }: Pick<Snapshot, 'kept' | 'world'>): Coverage {
  const people = secretariesOf(world.roster)
  const trained = { 线上: new Set<string>(), 线下: new Set<string>() }
  for (const [key, { content }] of standing(kept, trainings)) {
    const way = ways.find((one) => key.endsWith(one))
    if (way) for (const id of content.people) trained[way].add(id)
  }
  const missing = people.filter(({ id }) => !ways.some((way) => trained[way].has(id)))
  const count = (way: Way): number => people.filter(({ id }) => trained[way].has(id)).length
  return {
    done: people.length - missing.length,
    all: people.length,
    missing,
    ways: { 线上: count('线上'), 线下: count('线下') },
  }
}

/** `覆盖 30/34（线上28，线下20）`. */
export const coverageWords = ({ done, all, ways: { 线上, 线下 } }: Coverage): string =>
  `覆盖 ${done}/${all}（线上${线上}，线下${线下}）`
