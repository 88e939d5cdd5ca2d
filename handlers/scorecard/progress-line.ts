import type { ProgressLine } from '../../src/bot/turn/progress-line.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { campaignsBy, periodName } from '../../src/campaign/plan/periods.ts'
import { isDone } from '../../src/campaign/scores/scorecard.ts'
import { openOf } from '../../src/forms/owed.ts'
import { progressLineOf } from '../../src/forms/progress-line.ts'
import { todayOf } from '../../src/forms/several/today.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { scorecardForm } from './form.ts'
import { decidingOwed, selfOwed } from './owed.ts'
import { recordOf } from './subject.ts'

const deciding = progressLineOf(decidingOwed)
const self = progressLineOf(selfOwed)

/** 评分 in 进度: each branch needs its deciding score. For a branch secretary it is the self-score (J1, J2). */
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
  const selves = openOf(selfOwed, await snapshotIn(turn, []), turn.who.id).map(({ branch }) => branch)
  return todayOf(scorecardForm, turn, {
    isMissing: async (subject) =>
      subject.kind === 'self' ? selves.includes(subject.branch.id) : !isDone(await recordOf(turn, subject)),
    called: (missing) => (missing.every(({ kind }) => kind === 'self') ? '支部自评' : '支部评分'),
  })
}
