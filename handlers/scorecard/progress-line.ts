import type { ProgressLine } from '../../src/bot/records/progress-line.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { campaignsBy, periodName, wordIn } from '../../src/campaign/plan/periods.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { branchName } from '../../src/campaign/roster/roster.ts'
import { isDone } from '../../src/campaign/scores/scorecard.ts'
import { openOf } from '../../src/forms/owed.ts'
import { progressLineOf } from '../../src/forms/progress-line.ts'
import { sorted } from '../../src/forms/several/proceed.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { scorecardForm } from './form.ts'
import { decidingOwed, selfOwed } from './owed.ts'
import { recordOf, type ScorecardSubject, subjectsOf } from './subject.ts'

const deciding = progressLineOf(decidingOwed)
const self = progressLineOf(selfOwed)

/** 评分 in 进度: each branch needs its deciding score; for a branch secretary it is the self-score (J1, J2). */
export const gradingLine: ProgressLine = {
  ...deciding,
  today,
  counts: async (turn, person) =>
    named(turn, (await deciding.counts(turn, person)) ?? (await self.counts(turn, person))),
  open: async (turn, person, argument) =>
    argument ? undefined : named(turn, await deciding.open(turn, person, argument)),
  inGroup: async (turn, scope) => named(turn, await deciding.inGroup(turn, scope)),
}

/** `评分`, `上半年评分`. */
const named = <T extends { name: string }>({ campaign }: Turn, of: T | undefined): T | undefined =>
  of && { ...of, name: `${periodName(campaign)}${of.name}` }

async function today(turn: Turn): Promise<string[]> {
  const lines: string[] = []
  for (const campaign of campaignsBy(turn.campaign, turn.now.toPlainDate()))
    lines.push(...(await todayIn(campaign === turn.campaign ? turn : turn.as(turn.who, campaign))))
  return lines
}

async function todayIn(turn: Turn): Promise<string[]> {
  const period = periodName(turn.campaign)
  const word = wordIn(turn.campaign, turn.now.toPlainDate(), '评分')
  const all = subjectsOf(turn)
  const { filled } = await sorted(scorecardForm, turn, all)
  const unsent = filled.length > 0 ? [`${period}支部评分${filled.length}张已填未提交，请回复“${word}”核对后提交。`] : []
  const missing: ScorecardSubject[] = []
  const selves = openOf(selfOwed, await snapshotIn(turn, []), turn.who.id).map(({ branch }) => branch)
  for (const subject of all) {
    const isAsked =
      subject.kind === 'self' ? selves.includes(subject.branch.id) : !isDone(await recordOf(turn, subject))
    if (isAsked && !filled.includes(subject)) missing.push(subject)
  }
  if (missing.length === 0) return unsent
  const what = missing.every(({ kind }) => kind === 'self') ? '支部自评' : '支部评分'
  const names = missing
    .slice(0, 4)
    .map(({ branch }) => shortName(branchName(turn.roster, branch)))
    .join('、')
  return [
    ...unsent,
    `${period}${what}还有${missing.length}个（${names}${missing.length > 4 ? '等' : ''}），请回复“${word}”。`,
  ]
}
