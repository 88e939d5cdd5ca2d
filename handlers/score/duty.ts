import type { Count, Duty, Open } from '../../src/bot/records/duties.ts'
import { scorecards } from '../../src/bot/records/records.ts'
import { countsSeen, namesSeen, type Sight } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { type Branch, branchName, type Person } from '../../src/campaign/roster/roster.ts'
import { isDone, type Scorecard } from '../../src/campaign/scores/scorecard.ts'
import { shortName } from './cards.ts'
import { recordOf, sheetsOf } from './sheet.ts'

/** Grading as a duty: each branch needs its deciding score; for a branch secretary it is the self-score (J1, J2). */
export const grading: Duty = { name: '评分', today, counts, open, inGroup }

async function today(turn: Turn): Promise<string[]> {
  const missing = []
  for (const sheet of sheetsOf(turn))
    if (!isDone(await recordOf(turn, sheet)) && !(await settled(turn, sheet))) missing.push(sheet)
  if (missing.length === 0) return []
  const what = missing.every((sheet) => sheet.kind === 'self') ? '支部自评' : '支部评分'
  const names = missing
    .slice(0, 4)
    .map((sheet) => shortName(sheet.name))
    .join('、')
  return [`${what}还有${missing.length}个（${names}${missing.length > 4 ? '等' : ''}），请回复“评分”。`]
}

/** A self-score is not asked for once the deciding card is there (decision 4). */
const settled = async (turn: Turn, sheet: { branch: Branch; kind: string }): Promise<boolean> =>
  sheet.kind === 'self' && isDone(await recordOf(turn, { branch: sheet.branch, kind: 'deciding' }))

async function counts(turn: Turn, person: Person): Promise<Count | undefined> {
  const seen = countsSeen(person)
  const wide = branchesIn(turn, { ...seen, branches: [] })
  const kind = wide.length > 0 ? 'deciding' : 'self'
  const branches = wide.length > 0 ? wide : branchesIn(turn, seen)
  if (branches.length === 0) return undefined
  const done = await doneOf(turn, kind)
  return { name: '评分', done: branches.filter((branch) => done.has(branch.id)).length, all: branches.length }
}

async function open(turn: Turn, person: Person, argument: string): Promise<Open | undefined> {
  const branches = branchesIn(turn, namesSeen(person))
  if (argument || branches.length === 0) return undefined
  const done = await doneOf(turn, 'deciding')
  return {
    name: '评分',
    missing: branches
      .filter((branch) => !done.has(branch.id))
      .map((branch) => shortName(branchName(turn.roster, branch))),
  }
}

async function inGroup(turn: Turn, scope: string): Promise<Count | undefined> {
  const college = scope === 'college'
  const branches = branchesIn(turn, { college, generalBranches: college ? [] : [scope], branches: [] })
  const done = await doneOf(turn, 'deciding')
  return branches.length === 0
    ? undefined
    : { name: '评分', done: branches.filter((branch) => done.has(branch.id)).length, all: branches.length }
}

export const branchesIn = (turn: Turn, seen: Sight): Branch[] =>
  turn.roster.branches.filter(
    (branch) =>
      seen.college ||
      seen.branches.includes(branch.id) ||
      (branch.generalBranch !== undefined && seen.generalBranches.includes(branch.generalBranch)),
  )

async function doneOf(turn: Turn, kind: string): Promise<Set<string>> {
  const cards: { ids: string[]; value: Scorecard }[] = await turn.list(scorecards, turn.campaign.id)
  return new Set(cards.flatMap(({ ids, value }) => (ids[2] === kind && isDone(value) && ids[1] ? [ids[1]] : [])))
}
