import type { Count, Duty, Open } from '../../src/bot/records/duties.ts'
import { scorecards } from '../../src/bot/records/records.ts'
import { rubricOf } from '../../src/bot/records/results.ts'
import { roundOf } from '../../src/bot/records/rounds.ts'
import { countsSeen, namesSeen, type Sight } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { type Branch, branchName, gradersOf, type Person } from '../../src/campaign/roster/roster.ts'
import { countsSelf } from '../../src/campaign/scores/rubric.ts'
import { isDone, type Scorecard } from '../../src/campaign/scores/scorecard.ts'
import { recordOf, sheetsOf } from './sheet.ts'
import { sortedSheets } from './show.ts'

/** Grading as a duty: each branch needs its deciding score; for a branch secretary it is the self-score (J1, J2). */
export const grading: Duty = { name: '评分', today, counts, open, inGroup }

async function today(turn: Turn): Promise<string[]> {
  const all = sheetsOf(turn)
  const { filled } = await sortedSheets(turn, all)
  const unsent = filled.length > 0 ? [`支部评分${filled.length}张已填未提交，请回复“评分”核对后提交。`] : []
  const missing = []
  for (const sheet of all)
    if (!filled.includes(sheet) && !isDone(await recordOf(turn, sheet)) && !(await settled(turn, sheet)))
      missing.push(sheet)
  if (missing.length === 0) return unsent
  const what = missing.every((sheet) => sheet.kind === 'self') ? '支部自评' : '支部评分'
  const names = missing
    .slice(0, 4)
    .map((sheet) => shortName(sheet.name))
    .join('、')
  return [...unsent, `${what}还有${missing.length}个（${names}${missing.length > 4 ? '等' : ''}），请回复“评分”。`]
}

/** A self-score is not asked for once the deciding card is there (decision 4), unless it goes into the result. */
async function settled(turn: Turn, sheet: { branch: Branch; kind: string }): Promise<boolean> {
  if (sheet.kind !== 'self') return false
  const deciding = await recordOf(turn, { branch: sheet.branch, kind: 'deciding' })
  const isAwaited = countsSelf(rubricOf(turn, sheet.branch)) && deciding?.state !== 'filed'
  return (await roundOf(turn, sheet.branch)) > 1 || (isDone(deciding) && !isAwaited)
}

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
  const cards = await turn.list(scorecards, turn.campaign.id)
  const deciding = new Map(cards.flatMap(({ ids, value }) => (ids[2] === 'deciding' ? [[ids[1], value] as const] : [])))
  const missing = branches
    .filter(({ id }) => !isDone(deciding.get(id)))
    .map((branch) => openWords(turn, branch, person, deciding.get(branch.id)?.state === 'returned'))
  return { name: '评分', missing }
}

/** `软件教研室（杨晓东，已退回）`: whose turn it is, unless the one who asks is meant. */
function openWords(turn: Turn, branch: Branch, asking: Person, returned: boolean): string {
  const graders = gradersOf(turn.roster, branch).filter(({ id }) => id !== asking.id)
  const more = [graders.map(({ name }) => name).join('、'), returned ? '已退回' : ''].filter(Boolean).join('，')
  return `${shortName(branchName(turn.roster, branch))}${more ? `（${more}）` : ''}`
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
