import { type Cell, type List, type Listed, unitName } from '../../src/bot/dashboard/list.ts'
import { allCards } from '../../src/bot/records/rounds.ts'
import { countsSeen, maySeeScore, namesSeen, type Sight } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { type Branch, branchName, holds } from '../../src/campaign/roster/roster.ts'
import { bandIn, borderIn, totalIn } from '../../src/campaign/scores/results.ts'
import { isDone, type Scorecard } from '../../src/campaign/scores/scorecard.ts'
import { isBranchSeen } from '../../src/forms/owed.ts'

/** The branches that lie in what a person sees of the whole college or of general branches. */
const branchesIn = ({ roster }: Turn, sight: Sight): Branch[] =>
  roster.branches.filter((branch) => isBranchSeen(branch, sight))

const seesScore = (turn: Turn, branch: Branch): boolean => maySeeScore(turn.who, branch, 'deciding', false)
/** The party office has no right to bands before they are filed. */
export const seesAllBands = (turn: Turn, branches: readonly Branch[]): boolean =>
  holds(turn.who, 'committee-secretary', 'deputy-secretary') || branches.every((branch) => seesScore(turn, branch))

/** J2: how the branches of each general branch stand, in the order of the roster. */
export const bands: List = {
  name: 'bands',
  title: ({ names }) => names.grading,
  onPage: true,
  behind: '评分',
  seen: () => true,
  read: bandsOf,
}

/** The cards behind the figures of 评分: with scores for who may see them, else who has given theirs. */
export const gradingList: List = {
  name: 'grading',
  title: '各支部评分',
  onPage: false,
  behind: '评分',
  seen: (turn) => holds(turn.who, 'organization-department', 'party-office', 'general-branch-secretary'),
  read: cardsOf,
}

async function bandsOf(turn: Turn): Promise<Listed> {
  const { bands: all } = turn.campaign
  const names = [...all.upper.map(({ name }) => name), all.lowest.name]
  const cards = await decidingCards(turn)
  const units = new Map<string, Branch[]>()
  const branches = branchesIn(turn, countsSeen(turn.who))
  for (const branch of branches) {
    const known = units.get(unitName(turn, branch))
    if (known) known.push(branch)
    else units.set(unitName(turn, branch), [branch])
  }
  return {
    columns: ['党总支', '已评/应评', '已备案', ...names, '临界'],
    rows: [...units].map(([unit, own]) => unitRow(turn, unit, own, { cards, names })),
    chart: { label: '党总支', values: names },
    note: seesAllBands(turn, branches)
      ? '第一轮。定级以党总支评分为准，未备案的为暂定。'
      : '第一轮。定级只统计已备案的。',
  }
}

type Graded = { cards: ReadonlyMap<string, Scorecard>; names: readonly string[] }

function unitRow(turn: Turn, unit: string, branches: readonly Branch[], { cards, names }: Graded): Cell[] {
  const { bands: all } = turn.campaign
  const done = branches.flatMap(({ id }) => cards.get(id) ?? []).filter(isDone)
  const filed = done.filter(({ state }) => state === 'filed')
  const shown = seesAllBands(turn, branches) ? done : filed
  const boundary = shown.filter((card) => borderIn(card, all) !== undefined).length
  const rowsSeen = new Set(branchesIn(turn, namesSeen(turn.who)))
  const named = branches.every((branch) => rowsSeen.has(branch))
  const scored = named && branches.every((branch) => seesScore(turn, branch))
  const behind = (text: string | number, where: { [column: string]: string }, leads: boolean): Cell =>
    leads ? { text, link: { list: 'grading', where: { 党总支: unit, ...where } } } : text
  return [
    unit,
    behind(`${done.length}/${branches.length}`, {}, named),
    behind(filed.length, { 状态: states.filed }, scored),
    ...names.map((name) => behind(shown.filter((card) => bandIn(card, all) === name).length, { 定级: name }, scored)),
    behind(boundary, { 临界: '临界' }, scored),
  ]
}

const states = { none: '未评', returned: '已退回', submitted: '待审核', filed: '已备案' } as const

async function cardsOf(turn: Turn): Promise<Listed> {
  const cards = await decidingCards(turn)
  const branches = branchesIn(turn, namesSeen(turn.who))
  const scored = branches.some((branch) => seesScore(turn, branch))
  const selves = scored ? await cardsBy(turn, 'self') : new Map<string, Scorecard>()
  const rows = branches.map((branch): Cell[] => {
    const card = cards.get(branch.id)
    const done = isDone(card)
    const head: Cell[] = [
      unitName(turn, branch),
      branchName(turn.roster, branch),
      { text: done ? '已完成' : '未完成', mark: done ? 'done' : 'open' },
    ]
    return scored ? [...head, ...scoreCells(turn, branch, card, selves.get(branch.id))] : head
  })
  const columns = ['党总支', '党支部', '完成']
  return { columns: scored ? [...columns, '状态', '自评', '总分', '定级', '临界', '逾期'] : columns, rows }
}

function scoreCells(turn: Turn, branch: Branch, card: Scorecard | undefined, self: Scorecard | undefined): Cell[] {
  if (!seesScore(turn, branch)) return ['', '', '', '', '', '']
  const { bands: all } = turn.campaign
  const state = card?.state ?? 'none'
  const total = card && totalIn(card)
  const onBoundary = card !== undefined && borderIn(card, all) !== undefined
  return [
    { text: states[state], mark: state === 'filed' ? 'done' : state === 'submitted' ? 'note' : 'open' },
    self ? (totalIn(self) ?? '') : '',
    total ?? '',
    card ? bandIn(card, all) : '',
    onBoundary ? { text: '临界', mark: 'note' } : '',
    card?.late ? { text: `逾期${card.late}个工作日`, mark: 'late' } : '',
  ]
}

const decidingCards = (turn: Turn): Promise<Map<string, Scorecard>> => cardsBy(turn, 'deciding')

async function cardsBy(turn: Turn, kind: string): Promise<Map<string, Scorecard>> {
  const cards = await allCards(turn)
  return new Map(cards.flatMap(({ ids, value }) => (ids[2] === kind && ids[1] !== undefined ? [[ids[1], value]] : [])))
}
