import { type Cell, grouped, type List, type Listed, unitName } from '../../src/bot/dashboard/list.ts'
import { allCards } from '../../src/bot/scorecards/rounds.ts'
import { countsSeen, maySeeScore, namesSeen, type Sight, seesAllBands } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { type Branch, branchName, holds } from '../../src/campaign/roster/roster.ts'
import { figuresOf } from '../../src/campaign/scores/figures.ts'
import { filedWord, stateWords } from '../../src/campaign/scores/filing.ts'
import { bandIn, borderIn, totalIn } from '../../src/campaign/scores/results.ts'
import { bandNames } from '../../src/campaign/scores/rubric.ts'
import { isDone, type Scorecard } from '../../src/campaign/scores/scorecard.ts'
import { isBranchSeen } from '../../src/forms/owed.ts'

/** The branches that a person sees through the whole college or through general branches. */
const branchesIn = ({ roster }: Turn, sight: Sight): Branch[] =>
  roster.branches.filter((branch) => isBranchSeen(branch, sight))

const seesScore = (turn: Turn, branch: Branch): boolean =>
  maySeeScore(turn.who, branch, { kind: 'deciding', filed: false })

/** J2: the state of the branches of each general branch, in the roster's order. */
export const bands: List = {
  name: 'bands',
  title: ({ names }) => names.grading,
  onPage: true,
  behind: '评分',
  seen: () => true,
  read: bandsOf,
}

/** The cards behind the figures of 评分: with scores for people who may see them, otherwise only who has given theirs. */
export const gradingList: List = {
  name: 'grading',
  title: '各支部评分',
  onPage: false,
  behind: '评分',
  seen: (turn) => holds(turn.who, 'organization-department', 'party-office', 'general-branch-secretary'),
  read: cardsOf,
}

async function bandsOf(turn: Turn): Promise<Listed> {
  const names = bandNames(turn.campaign.bands)
  const cards = await cardsBy(turn, 'deciding')
  const branches = branchesIn(turn, countsSeen(turn.who))
  return {
    columns: ['党总支', '已评/应评', '已备案', ...names, '临界'],
    rows: [...grouped(branches, (branch) => unitName(turn, branch))].map(([unit, own]) =>
      unitRow(turn, { unit, own, cards: own.flatMap(({ id }) => cards.get(id) ?? []) }),
    ),
    chart: { label: '党总支', values: names },
    note: seesAllBands(turn.who, branches)
      ? turn.worded`第一轮。定级以党总支评分为准，未备案的为暂定。`
      : '第一轮。定级只统计已备案的。',
  }
}

/** Each figure leads to its cards, for people who may see those. */
function unitRow(turn: Turn, { unit, own, cards }: { unit: string; own: Branch[]; cards: Scorecard[] }): Cell[] {
  const { bands: all } = turn.campaign
  const { done, filed, inBand, onBoundary } = figuresOf(cards, all, { all: seesAllBands(turn.who, own) })
  const named = own.every((branch) => isBranchSeen(branch, namesSeen(turn.who)))
  const scored = named && own.every((branch) => seesScore(turn, branch))
  const behind = (text: string | number, where: { [column: string]: string }, leads = scored): Cell =>
    leads ? { text, link: { list: 'grading', where: { 党总支: unit, ...where } } } : text
  return [
    unit,
    behind(`${done}/${own.length}`, {}, named),
    behind(filed, { 状态: filedWord }),
    ...bandNames(all).map((name, i) => behind(inBand[i] ?? 0, { 定级: name })),
    behind(onBoundary, { 临界: '临界' }),
  ]
}

async function cardsOf(turn: Turn): Promise<Listed> {
  const cards = await cardsBy(turn, 'deciding')
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
    return scored ? [...head, ...scoreCells(turn, branch, { card, self: selves.get(branch.id) })] : head
  })
  const columns = ['党总支', '党支部', '完成']
  return { columns: scored ? [...columns, '状态', '自评', '总分', '定级', '临界', '逾期'] : columns, rows }
}

const marks = { none: 'open', returned: 'open', submitted: 'note', filed: 'done' } as const
type Cards = { card: Scorecard | undefined; self: Scorecard | undefined }
function scoreCells(turn: Turn, branch: Branch, { card, self }: Cards): Cell[] {
  if (!seesScore(turn, branch)) return ['', '', '', '', '', '']
  const { bands: all } = turn.campaign
  const total = card && totalIn(card)
  const onBoundary = card !== undefined && borderIn(card, all) !== undefined
  return [
    { text: stateWords(card, turn.campaign.approvers), mark: marks[card?.state ?? 'none'] },
    self ? (totalIn(self) ?? '') : '',
    total ?? '',
    card ? bandIn(card, all) : '',
    onBoundary ? { text: '临界', mark: 'note' } : '',
    card?.late ? { text: `逾期${card.late}个工作日`, mark: 'late' } : '',
  ]
}

async function cardsBy(turn: Turn, kind: string): Promise<Map<string, Scorecard>> {
  const cards = await allCards(turn)
  return new Map(cards.flatMap(({ ids, value }) => (ids[2] === kind && ids[1] !== undefined ? [[ids[1], value]] : [])))
}
