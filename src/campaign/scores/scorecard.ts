import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Branch, Person, Roster } from '../roster/roster.ts'
import { givesSelfScore, gradersOf, holdersOf } from '../roster/roster.ts'
import { type Inputs, inputFields, inputsOf } from './inputs.ts'
import { Result } from './results.ts'
import { countsSelf, type Rubric, type Scores } from './rubric.ts'

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
  /** Vetoes that hold, by name. */
  vetoes: z.array(z.string()).exactOptional(),
  /** What it comes to, where that is more than the sum of its items; as it was reckoned when something of it changed last. */
  result: Result.exactOptional(),
  /** 公示: until the end of this day it is not filed. */
  notice: Mark.extend({ until: z.string() }).exactOptional(),
  /** What the grader said about it: what looked unusual, a return. For the reviewer, until its scores change without a return. */
  remark: z.string().exactOptional(),
})
export type Scorecard = z.infer<typeof Scorecard>

type Given = Inputs & {
  scores: Scores
  reasons?: Reasons | undefined
  vetoes?: string[] | undefined
  result?: Result | undefined
}

/** A submission; undefined where it changes nothing, so that there is no new version. A filed card cannot be submitted again. */
export function submit(
  before: Scorecard | undefined,
  { scores, reasons, vetoes, result, ...typed }: Given,
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
    JSON.stringify([inputs, reasons, vetoes, result]) ===
      JSON.stringify([inputsOf(before), before.reasons, before.vetoes, before.result])
  if (same) return undefined
  const {
    late: _late,
    reasons: _reasons,
    vetoes: _vetoes,
    result: _result,
    notice: _notice,
    remark,
    ...kept
  } = before ?? { version: 0 }
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
    ...(vetoes ? { vetoes } : {}),
    ...(result ? { result } : {}),
    ...(remark !== undefined && (sameScores || before?.state === 'returned') ? { remark } : {}),
  }
}

/** Somebody else's marks changed what an open card comes to; undefined where it stays. Not of a filed one. */
export function recounted(card: Scorecard | undefined, result: Result | undefined): Scorecard | undefined {
  if (!card || !result || card.state === 'filed' || JSON.stringify(result) === JSON.stringify(card.result))
    return undefined
  return { ...card, result, version: card.version + 1 }
}

/** 公示 begins; undefined where the card is not the one that was looked at, or does not wait, or is published. */
export function publish(
  card: Scorecard | undefined,
  { version, by, at, until }: { version: number; by: string; at: string; until: string },
): Scorecard | undefined {
  if (card?.state !== 'submitted' || card.version !== version || card.notice) return undefined
  return { ...card, notice: { by, at, until } }
}

/** Filed by the organization department; undefined where the card is not the one that was looked at, or does not wait. */
export function file(
  card: Scorecard | undefined,
  { version, by, at }: { version: number; by: string; at: string },
): Scorecard | undefined {
  if (card?.state !== 'submitted' || card.version !== version) return undefined
  return { ...card, state: 'filed', filed: { by, at } }
}

/** Sent back to the grader with a reason; undefined as with `file`. */
export function sendBack(
  card: Scorecard | undefined,
  { version, by, at, reason }: { version: number; by: string; at: string; reason: string },
): Scorecard | undefined {
  if (card?.state !== 'submitted' || card.version !== version) return undefined
  const { notice: _, ...open } = card
  return { ...open, state: 'returned', returned: { by, at, reason } }
}

/** A filed card that may be changed again; as it stands it waits to be filed anew. */
export function reopen(
  card: Scorecard | undefined,
  { by, at, reason }: { by: string; at: string; reason: string },
): Scorecard | undefined {
  if (card?.state !== 'filed') return undefined
  const { filed: _, notice: _notice, ...open } = card
  return { ...open, state: 'submitted', reopened: { by, at, reason } }
}

/** The instant since which a submitted card waits for review: as it stands it waits again from its reopening on, a published one from the end of 公示. */
export const waitingSince = ({ at, reopened, notice }: Scorecard): string => {
  if (notice) return `${notice.until}T23:59:59+08:00`
  return reopened && Temporal.Instant.compare(reopened.at, at) > 0 ? reopened.at : at
}

/** Done is what is submitted or filed; a returned card is open again. */
export const isDone = (card: Scorecard | undefined): boolean => card !== undefined && card.state !== 'returned'

/**
 * Whether a branch's self-score is asked for: no more once the deciding one is there (decision 4), but where it goes into the result until
 * that is filed.
 */
export const isSelfAsked = (
  { self, deciding }: { [kind in ScoreKind]: Scorecard | undefined },
  rubric: Rubric,
): boolean => !isDone(self) && (!isDone(deciding) || (countsSelf(rubric) && deciding?.state !== 'filed'))

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
