import type { Temporal } from 'temporal-polyfill'
import { once } from '../../campaign/once.ts'
import type { Campaign } from '../../campaign/plan/campaign.ts'
import { campaignsBy, keyIn, periodName, rowsIn } from '../../campaign/plan/periods.ts'
import { shortName } from '../../campaign/roster/branch-names.ts'
import { type Branch, branchName } from '../../campaign/roster/roster.ts'
import {
  type CardKind,
  type Graded,
  isLagging,
  kindOfRound,
  newestFiled,
  roundsAmong,
  roundsIn,
} from '../../campaign/scores/rounds.ts'
import type { Scores } from '../../campaign/scores/rubric.ts'
import type { Scorecard, ScoreKind } from '../../campaign/scores/scorecard.ts'
import type { Row } from '../../store/table.ts'
import { dateOf } from '../clock.ts'
import type { Schedule, Snapshot } from '../pushes/schedule.ts'
import { nameOfScorecard } from '../pushes/schedule.ts'
import { regradings, scorecards } from '../records/records.ts'
import type { Turn } from '../turn/turn.ts'

type Id = { id: string }

/** The ids of a record that a branch has once in each period. */
export const ofBranch = ({ campaign }: Pick<Turn, 'campaign'>, { id }: Id): string[] => [
  campaign.id,
  keyIn(campaign, id),
]

/** The cards of all branches in this turn's period. */
export const allCards = async (turn: Turn): Promise<readonly Row<Scorecard>[]> =>
  rowsIn(turn.campaign, await turn.list(scorecards, turn.campaign.id))

/** The name of a branch in grading. If there are several periods, the period stands before it (`上半年软件教研室党支部`). */
export const gradedName = ({ campaign, roster }: Pick<Turn, 'campaign' | 'roster'>, branch: Branch): string =>
  `${periodName(campaign)}${branchName(roster, branch)}`

/** The same without 党支部, for lists and samples. */
export const shortGradedName = (turn: Pick<Turn, 'campaign' | 'roster'>, branch: Branch): string =>
  shortName(gradedName(turn, branch))
/** The same of several branches, as one list in words. */
export const gradedNames = (turn: Pick<Turn, 'campaign' | 'roster'>, branches: readonly Branch[]): string =>
  branches.map((branch) => gradedName(turn, branch)).join('、')

/** The present round of a branch's grading. */
export const roundOf = async (turn: Turn, { id }: Id): Promise<number> =>
  (await turn.read(regradings, ...ofBranch(turn, { id })))?.round ?? 1

/** The ids of a card of any round, in this turn's period. */
export const idsOfCard = ({ campaign }: Pick<Turn, 'campaign'>, { id }: Id, kind: CardKind): string[] => [
  campaign.id,
  id,
  keyIn(campaign, kind),
]
const cardIds = async (turn: Turn, branch: Id, kind: ScoreKind): Promise<string[]> =>
  idsOfCard(turn, branch, kind === 'self' ? kind : kindOfRound(await roundOf(turn, branch)))

/** A card of the present round. Only the first round has a self-score. */
export const cardOf = async (turn: Turn, branch: Id, kind: ScoreKind): Promise<Scorecard | undefined> =>
  turn.read(scorecards, ...(await cardIds(turn, branch, kind)))

/** Writes a card of the present round with its audit entry. `what` is the deed in the field's words: 提交, 备案, 退回 … */
export async function changeCard(
  turn: Turn,
  { branch, kind }: { branch: Id; kind: ScoreKind },
  { card, what, reason }: { card: Scorecard; what: string; reason?: string },
): Promise<void> {
  await turn.change(scorecards, await cardIds(turn, branch, kind), { value: card, what, reason })
}

/** All rounds of a branch, oldest first. */
export const roundsOf = async (turn: Turn, { id }: Id): Promise<Graded[]> =>
  roundsAmong(rowsIn(turn.campaign, await turn.list(scorecards, turn.campaign.id, id)))

type OfBranch = { branch: Id; kind: ScoreKind }

/** The round before the present one, if this is 复评. */
export async function earlierOf(turn: Turn, { branch, kind }: OfBranch): Promise<Graded | undefined> {
  const round = kind === 'deciding' ? await roundOf(turn, branch) : 1
  return round === 1 ? undefined : newestFiled((await roundsOf(turn, branch)).slice(0, round - 1))
}

/** The branch's own scores, shown beside the deciding ones of the first round. */
export const selfScoreOf = async (turn: Turn, { branch, kind }: OfBranch): Promise<Scores | undefined> =>
  kind === 'deciding' && (await roundOf(turn, branch)) === 1 ? (await cardOf(turn, branch, 'self'))?.scores : undefined

/** The results for each period that has opened by `date`, each seen in its period, oldest first. */
export const inPeriods = <T>(snapshot: Snapshot, date: Temporal.PlainDate, of: (snapshot: Snapshot) => T[]): T[] =>
  campaignsBy(snapshot.world.campaign, date).flatMap((campaign) =>
    of(campaign === snapshot.world.campaign ? snapshot : seenIn(snapshot)(campaign)),
  )
/** Runs a schedule of grading in each period that has opened. */
export const inEach = (schedule: Schedule): Schedule => ({
  ...schedule,
  due: (all, date) => inPeriods(all, date, (snapshot) => schedule.due(snapshot, date)),
  open: (all, person) => inPeriods(all, dateOf(all.world.now), (snapshot) => schedule.open(snapshot, person)),
})

const seenIn = once((snapshot: Snapshot) =>
  once((campaign: Campaign): Snapshot => ({ ...snapshot, world: { ...snapshot.world, campaign } })),
)

/**
 * The rounds of a lagging branch: from the first period in which it was filed in the lowest band, together with those of later periods,
 * numbered on. For another branch, the rounds of the period.
 */
export function laggingRounds(snapshot: Snapshot, branch: Id): Graded[] {
  const { campaign } = snapshot.world
  if (campaign.periods.length === 0) return roundsInSnapshot(snapshot, branch)
  const all = inPeriods(snapshot, campaign.ends, (seen) => [roundsInSnapshot(seen, branch)])
  const first = all.findIndex((rounds) => isLagging(rounds, campaign.bands))
  if (first < 0) return roundsInSnapshot(snapshot, branch)
  return all
    .slice(first)
    .flat()
    .map(({ card }, i) => ({ round: i + 1, card }))
}

/** The rounds of a branch in the snapshot's period that have a card, oldest first. */
export const roundsInSnapshot = ({ scorecards, world }: Snapshot, { id }: Id): Graded[] =>
  roundsIn((kind) => scorecards.get(nameOfScorecard(world.campaign, id, kind)))
