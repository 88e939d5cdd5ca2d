import type { ProgressLine } from '../../src/bot/records/progress-line.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { isDone } from '../../src/campaign/scores/scorecard.ts'
import { openOf } from '../../src/forms/owed.ts'
import { progressLineOf } from '../../src/forms/progress-line.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { decidingOwed, selfOwed } from './owed.ts'
import { recordOf, type Sheet, sheetsOf } from './sheet.ts'
import { sortedSheets } from './show.ts'

const deciding = progressLineOf(decidingOwed)
const self = progressLineOf(selfOwed)

/** 评分 in 进度: each branch needs its deciding score; for a branch secretary it is the self-score (J1, J2). */
export const gradingLine: ProgressLine = {
  ...deciding,
  today,
  counts: async (turn, person) => (await deciding.counts(turn, person)) ?? self.counts(turn, person),
  open: (turn, person, argument) => (argument ? Promise.resolve(undefined) : deciding.open(turn, person, argument)),
}

async function today(turn: Turn): Promise<string[]> {
  const all = sheetsOf(turn)
  const { filled } = await sortedSheets(turn, all)
  const unsent = filled.length > 0 ? [`支部评分${filled.length}张已填未提交，请回复“评分”核对后提交。`] : []
  const missing: Sheet[] = []
  const selves = openOf(selfOwed, await snapshotIn(turn, []), turn.who.id).map(({ branch }) => branch)
  for (const sheet of all) {
    const isAsked = sheet.kind === 'self' ? selves.includes(sheet.branch.id) : !isDone(await recordOf(turn, sheet))
    if (isAsked && !filled.includes(sheet)) missing.push(sheet)
  }
  if (missing.length === 0) return unsent
  const what = missing.every((sheet) => sheet.kind === 'self') ? '支部自评' : '支部评分'
  const names = missing
    .slice(0, 4)
    .map((sheet) => shortName(sheet.name))
    .join('、')
  return [...unsent, `${what}还有${missing.length}个（${names}${missing.length > 4 ? '等' : ''}），请回复“评分”。`]
}
