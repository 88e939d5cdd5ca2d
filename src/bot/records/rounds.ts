import {
  type CardKind,
  type Graded,
  kindOfRound,
  newestFiled,
  roundsAmong,
  roundsIn,
} from '../../campaign/scores/rounds.ts'
import type { Scores } from '../../campaign/scores/rubric.ts'
import type { Scorecard, ScoreKind } from '../../campaign/scores/scorecard.ts'
import type { Snapshot } from '../pushes/schedule.ts'
import { nameOfScorecard } from '../pushes/schedule.ts'
import type { Turn } from '../turn/turn.ts'
import { regradings, scorecards } from './records.ts'

type Id = { id: string }

/** The round in which a branch is graded now. */
export const roundOf = async (turn: Turn, { id }: Id): Promise<number> =>
  (await turn.read(regradings, turn.campaign.id, id))?.round ?? 1

const kindNow = async (turn: Turn, branch: Id, kind: ScoreKind): Promise<CardKind> =>
  kind === 'self' ? kind : kindOfRound(await roundOf(turn, branch))

/** A card of the round that runs; the self-score belongs to the first alone. */
export const cardOf = async (turn: Turn, branch: Id, kind: ScoreKind): Promise<Scorecard | undefined> =>
  turn.read(scorecards, turn.campaign.id, branch.id, await kindNow(turn, branch, kind))

export async function changeCard(
  turn: Turn,
  { branch, kind }: { branch: Id; kind: ScoreKind },
  card: Scorecard,
  what: string,
  reason?: string,
): Promise<void> {
  await turn.change(scorecards, [turn.campaign.id, branch.id, await kindNow(turn, branch, kind)], card, what, reason)
}

/** All rounds of a branch, oldest first. */
export const roundsOf = async (turn: Turn, { id }: Id): Promise<Graded[]> =>
  roundsAmong(await turn.list(scorecards, turn.campaign.id, id))

type OfBranch = { branch: Id; kind: ScoreKind }

/** The round before the one that runs, where this is 复评. */
export async function earlierOf(turn: Turn, { branch, kind }: OfBranch): Promise<Graded | undefined> {
  const round = kind === 'deciding' ? await roundOf(turn, branch) : 1
  return round === 1 ? undefined : newestFiled((await roundsOf(turn, branch)).slice(0, round - 1))
}

/** The branch's own scores, to stand beside the deciding ones of the first round. */
export const selfScoreOf = async (turn: Turn, { branch, kind }: OfBranch): Promise<Scores | undefined> =>
  kind === 'deciding' && (await roundOf(turn, branch)) === 1 ? (await cardOf(turn, branch, 'self'))?.scores : undefined

export const roundsInSnapshot = ({ scorecards }: Snapshot, { id }: Id): Graded[] =>
  roundsIn((kind) => scorecards.get(nameOfScorecard(id, kind)))
