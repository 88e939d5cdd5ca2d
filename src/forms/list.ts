import { type Cell, type List, type Listed, unitName } from '../bot/dashboard/list.ts'
import { countsSeen, namesSeen, type Sight } from '../bot/turn/rights.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { dayWords, workingDaysLate } from '../campaign/calendar/ladder.ts'
import { branchOf } from '../campaign/roster/roster.ts'
import { isSeen, type Owed, type Owing, owedIn } from './owed.ts'
import { snapshotIn } from './snapshot.ts'

/** `name` is in the address, `title` on the page. `who` says what the owed things are (党支部, 党总支 …). */
export type ListOptions = { name: string; title: string; who: string; onPage: boolean }

const done = '已完成'
const unitOf = ({ roster }: Turn, { branch, generalBranch }: Owed): string =>
  unitName({ roster }, generalBranch === undefined ? (branchOf(roster, branch ?? '') ?? {}) : { generalBranch })
const sees = ({ college, generalBranches }: Sight): boolean => college || generalBranches.length > 0

/**
 * The lists behind a duty's figure, from the same things that 进度 counts: by name for people who may use 谁没交, and as counts by general
 * branch.
 */
export function listsOf(owing: Owing, { name, title, who, onPage }: ListOptions): readonly [List, List] {
  const counted = async (turn: Turn, sight: Sight): Promise<Owed[]> => {
    const snapshot = await snapshotIn(turn, owing.reads)
    return (owing.counted?.(snapshot) ?? owedIn(owing, snapshot)).filter((one) => isSeen(one, sight))
  }
  const behind = owing.word === undefined ? {} : { behind: owing.word }
  const names: List = {
    ...behind,
    name,
    title: `${title}明细`,
    onPage: false,
    seen: (turn) => sees(namesSeen(turn.who)),
    read: async (turn) => byName(turn, await counted(turn, namesSeen(turn.who)), who),
  }
  const counts: List = {
    ...behind,
    name: `${name}-counts`,
    title,
    onPage,
    seen: (turn) => sees(countsSeen(turn.who)),
    read: async (turn) => byUnit(turn, await counted(turn, { ...countsSeen(turn.who), branches: [] }), name),
  }
  return [names, counts]
}

function byName(turn: Turn, owed: readonly Owed[], who: string): Listed {
  const today = turn.now.toPlainDate()
  const rows = owed.map((one): Cell[] => {
    const late = one.done ? 0 : workingDaysLate(turn.world.calendar, one.deadline, today)
    return [
      unitOf(turn, one),
      one.name,
      one.done ? { text: done, mark: 'done' } : { text: '未完成', mark: late > 0 ? 'late' : 'open' },
      dayWords(one.deadline),
      late > 0 ? { text: `${late}个工作日`, mark: 'late' } : '',
    ]
  })
  return { columns: ['所属', who, '完成', '到期', '逾期'], rows }
}

function byUnit(turn: Turn, owed: readonly Owed[], list: string): Listed {
  const named = namesSeen(turn.who)
  const units = new Map<string, Owed[]>()
  for (const one of owed) units.set(unitOf(turn, one), [...(units.get(unitOf(turn, one)) ?? []), one])
  const rows = [...units].map(([unit, all]): Cell[] => {
    const finished = all.filter((one) => one.done).length
    const leads = all.every((one) => isSeen(one, named))
    const figure = (text: number, 完成: string): Cell =>
      leads ? { text, link: { list, where: { 所属: unit, 完成 } } } : text
    return [unit, figure(finished, done), figure(all.length - finished, '未完成')]
  })
  return { columns: ['所属', done, '未完成'], rows, chart: { label: '所属', values: [done, '未完成'] } }
}
