import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { type Inputs, inputFields, inputsOf } from '../reading/read-appraisal.ts'
import type { Branch, Person, Roster } from '../roster/roster.ts'
import { givesSelfScore, gradersOf, holdersOf } from '../roster/roster.ts'
import type { Scores } from './rubric.ts'

/** `self`: the branch's own score. `deciding`: the general branch's, from which band and filing follow (decision 3). */
export const scoreKinds = ['self', 'deciding'] as const
export type ScoreKind = (typeof scoreKinds)[number]

export const Reasons = z.record(z.string(), z.string())
export type Reasons = z.infer<typeof Reasons>
const Mark = z.strictObject({ by: z.string(), at: z.string() })

/** The current version of one score of one branch; the versions before are its audit entries. Times are ISO instants, people ids. */
export const Scorecard = z.strictObject({
  scores: z.array(z.number()),
  version: z.number().int().positive(),
  state: z.enum(['submitted', 'returned', 'filed']),
  by: z.string(),
  at: z.string(),
  /** Working days after the deadline, where it came late. */
  late: z.number().exactOptional(),
  /** Its last return; `state` says whether it still stands. */
  returned: Mark.extend({ reason: z.string() }).exactOptional(),
  filed: Mark.exactOptional(),
  reopened: Mark.extend({ reason: z.string() }).exactOptional(),
  /** What was typed beside it: the masses' appraisal (decision 12), 年度考核, 调查摸底. */
  ...inputFields,
  /** What was said about single items beside their scores, by item number. */
  reasons: Reasons.exactOptional(),
  /** What the grader said about it: what looked unusual, a return. For the reviewer, until its scores change without a return. */
  remark: z.string().exactOptional(),
})
export type Scorecard = z.infer<typeof Scorecard>

/** A submission; undefined where it changes nothing, so that there is no new version. A filed card cannot be submitted again. */
export function submit(
  before: Scorecard | undefined,
  { scores, reasons, ...typed }: Inputs & { scores: Scores; reasons?: Reasons | undefined },
  by: string,
  at: string,
  late: number,
): Scorecard | undefined {
  if (before?.state === 'filed') throw new TypeError('a filed card is reopened first')
  const inputs = { ...inputsOf(before), ...inputsOf(typed) }
  const sameScores = before?.scores.every((score, i) => score === scores[i]) ?? false
  const same =
    before?.state === 'submitted' &&
    sameScores &&
    JSON.stringify([inputs, reasons]) === JSON.stringify([inputsOf(before), before.reasons])
  if (same) return undefined
  const { late: _late, reasons: _reasons, remark, ...kept } = before ?? { version: 0 }
  return {
    ...kept,
    scores: [...scores],
    version: kept.version + 1,
    state: 'submitted',
    by,
    at,
    ...(late > 0 ? { late } : {}),
    ...inputs,
    ...(reasons ? { reasons } : {}),
    ...(remark !== undefined && (sameScores || before?.state === 'returned') ? { remark } : {}),
  }
}

/** Filed by the organization department; undefined where the card is not the one that was looked at, or does not wait. */
export function file(card: Scorecard | undefined, version: number, by: string, at: string): Scorecard | undefined {
  if (card?.state !== 'submitted' || card.version !== version) return undefined
  return { ...card, state: 'filed', filed: { by, at } }
}

/** Sent back to the grader with a reason; undefined as with `file`. */
export function sendBack(
  card: Scorecard | undefined,
  { version, by, at, reason }: { version: number; by: string; at: string; reason: string },
): Scorecard | undefined {
  if (card?.state !== 'submitted' || card.version !== version) return undefined
  return { ...card, state: 'returned', returned: { by, at, reason } }
}

/** A filed card that may be changed again; as it stands it waits to be filed anew. */
export function reopen(card: Scorecard | undefined, by: string, at: string, reason: string): Scorecard | undefined {
  if (card?.state !== 'filed') return undefined
  const { filed: _, ...open } = card
  return { ...open, state: 'submitted', reopened: { by, at, reason } }
}

/** The instant since which a submitted card waits for review: as it stands it waits again from its reopening on. */
export const waitingSince = ({ at, reopened }: Scorecard): string =>
  reopened && Temporal.Instant.compare(reopened.at, at) > 0 ? reopened.at : at

/** Done is what is submitted or filed; a returned card is open again. */
export const isDone = (card: Scorecard | undefined): boolean => card !== undefined && card.state !== 'returned'

type Scored = { branch: Branch; kind: ScoreKind }
const scored = new WeakMap<Roster, Map<string, Scored[]>>()

/** What a person may score, in the order of the roster: who gives the score that decides gives no self-score beside it. */
export function scoredBy(roster: Roster, person: Person): Scored[] {
  let perPerson = scored.get(roster)
  if (!perPerson) {
    perPerson = new Map()
    for (const branch of roster.branches) {
      const graders = gradersOf(roster, branch)
      const selves = givesSelfScore(roster, branch) ? holdersOf(roster, 'branch-secretary', { branch: branch.id }) : []
      for (const one of graders) add(perPerson, one, { branch, kind: 'deciding' })
      for (const one of selves) if (!graders.includes(one)) add(perPerson, one, { branch, kind: 'self' })
    }
    scored.set(roster, perPerson)
  }
  return perPerson.get(person.id) ?? []
}

function add(perPerson: Map<string, Scored[]>, { id }: Person, one: Scored): void {
  const known = perPerson.get(id)
  if (known) known.push(one)
  else perPerson.set(id, [one])
}
