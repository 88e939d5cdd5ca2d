import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Branch, Person, Roster } from '../roster/roster.ts'
import { givesSelfScore, gradersOf, holdersOf } from '../roster/roster.ts'
import { Approval } from './approval.ts'
import { type Inputs, inputFields, inputsOf } from './inputs.ts'
import { Result } from './results.ts'
import { countsSelf, type Rubric, type Scores } from './rubric.ts'

/** `self` is the branch's own score. `deciding` is the general branch's; band and filing follow from it (decision 3). */
export const scoreKinds = ['self', 'deciding'] as const
export type ScoreKind = (typeof scoreKinds)[number]

export const Reasons = z.record(z.string(), z.string())
export type Reasons = z.infer<typeof Reasons>
const Mark = z.strictObject({ by: z.string(), at: z.string() })

/** The current version of one score of one branch. The earlier versions are its audit entries. Times are ISO instants, people are ids. */
export const Scorecard = z.strictObject({
  scores: z.array(z.number()),
  version: z.number().int().positive(),
  state: z.enum(['submitted', 'returned', 'filed']),
  by: z.string(),
  at: z.string(),
  /** The number of working days after the deadline, if it came late. */
  late: z.number().exactOptional(),
  /** The last return. `state` says whether the card is still returned. */
  returned: Mark.extend({ reason: z.string() }).exactOptional(),
  filed: Mark.exactOptional(),
  reopened: Mark.extend({ reason: z.string() }).exactOptional(),
  /** The inputs typed beside it: the masses' appraisal (decision 12), 年度考核, 调查摸底. */
  ...inputFields,
  /** The words about single items beside their scores, by item number. */
  reasons: Reasons.exactOptional(),
  /** The names of the vetoes that hold. */
  vetoes: z.array(z.string()).exactOptional(),
  /** The result, if it is more than the sum of the items. It is reckoned whenever a part of it changes. */
  result: Result.exactOptional(),
  /** What each level above the grader decided, in their order. */
  approved: z.array(Approval).exactOptional(),
  /** 公示: the card is not filed before the end of this day. */
  notice: Mark.extend({ until: z.string() }).exactOptional(),
  /** The grader's words about unusual scores or a return. The reviewer sees them until the scores change without a return. */
  remark: z.string().exactOptional(),
})
export type Scorecard = z.infer<typeof Scorecard>

type Given = Inputs & {
  scores: Scores
  reasons?: Reasons | undefined
  vetoes?: string[] | undefined
  result?: Result | undefined
}

/** A submission, or undefined if nothing changed, so that there is no new version. A filed card cannot be submitted again. */
export function submit(
  before: Scorecard | undefined,
  { scores, reasons, vetoes, result, ...typed }: Given,
  { by, at, late }: { by: string; at: string; late: number },
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
    approved: _approved,
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

/**
 * The card with a result that another scorer's marks have changed: what was decided or published about it ends. Undefined if the result
 * stays or the card is filed.
 */
export function recounted(card: Scorecard | undefined, result: Result | undefined): Scorecard | undefined {
  if (!card || !result || card.state === 'filed' || JSON.stringify(result) === JSON.stringify(card.result))
    return undefined
  const { approved: _, notice: _notice, ...open } = card
  return { ...open, result, version: card.version + 1 }
}

/** Begins 公示. Undefined if the card is not the one that was looked at, is not waiting, or is published already. */
export function publish(
  card: Scorecard | undefined,
  { version, by, at, until }: { version: number; by: string; at: string; until: string },
): Scorecard | undefined {
  if (card?.state !== 'submitted' || card.version !== version || card.notice) return undefined
  return { ...card, notice: { by, at, until } }
}

/** Files a card for the organization department. Undefined if the card is not the one that was looked at, or is not waiting. */
export function file(
  card: Scorecard | undefined,
  { version, by, at }: { version: number; by: string; at: string },
): Scorecard | undefined {
  if (card?.state !== 'submitted' || card.version !== version) return undefined
  return { ...card, state: 'filed', filed: { by, at } }
}

/** Returns a card to its grader with a reason. Undefined in the same cases as `file`. */
export function sendBack(
  card: Scorecard | undefined,
  { version, by, at, reason }: { version: number; by: string; at: string; reason: string },
): Scorecard | undefined {
  if (card?.state !== 'submitted' || card.version !== version) return undefined
  const { approved: _, notice: _notice, ...open } = card
  return { ...open, state: 'returned', returned: { by, at, reason } }
}

/** Reopens a filed card. It may be changed, and waits to be filed again. */
export function reopen(
  card: Scorecard | undefined,
  { by, at, reason }: { by: string; at: string; reason: string },
): Scorecard | undefined {
  if (card?.state !== 'filed') return undefined
  const { filed: _, approved: _approved, notice: _notice, ...open } = card
  return { ...open, state: 'submitted', reopened: { by, at, reason } }
}

/**
 * The instant since which a submitted card waits for review. A reopened card waits since its reopening, a published one since the end of
 * 公示, one that a level has decided since that decision.
 */
export const waitingSince = ({ at, reopened, notice, approved }: Scorecard): string => {
  if (notice) return `${notice.until}T23:59:59+08:00`
  const decided = approved?.at(-1)
  if (decided) return decided.at
  return reopened && Temporal.Instant.compare(reopened.at, at) > 0 ? reopened.at : at
}

/** Whether a card is done: submitted or filed. A returned card is open again. */
export const isDone = (card: Scorecard | undefined): boolean => card !== undefined && card.state !== 'returned'

/**
 * Whether a branch's self-score is asked for: not once the deciding one is there (decision 4). If it counts for the result, it is asked for
 * until the card is filed.
 */
export const isSelfAsked = (
  { self, deciding }: { [kind in ScoreKind]: Scorecard | undefined },
  rubric: Rubric,
): boolean => !isDone(self) && (!isDone(deciding) || (countsSelf(rubric) && deciding?.state !== 'filed'))

type Scored = { branch: Branch; kind: ScoreKind }
const scored = new WeakMap<Roster, Map<string, Scored[]>>()

/** The scores that a person may give, in the roster's order. The person who gives the deciding score gives no self-score beside it. */
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
