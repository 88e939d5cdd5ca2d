import type { Worded } from '../../campaign/plan/worded.ts'
import { unitOf } from '../../campaign/roster/roster.ts'
import type { Turn } from '../turn/turn.ts'

/** How a cell is marked. Its word says the same, because colour must never be the only sign. */
export type Mark = 'done' | 'open' | 'late' | 'note'
/** A link to the records behind a figure: a list, filtered to the rows whose cells have these words in these columns. */
export type Link = { list: string; where?: { [column: string]: string } }
export type Cell = string | number | { text: string | number; mark?: Mark; link?: Link }

/**
 * A chart with one bar for each row, labelled by the column `label`; `values` are stacked. It is drawn from the table's own cells, so there
 * is one source.
 */
export type Chart = { label: string; values: readonly string[] }
export type Listed = { columns: readonly string[]; rows: readonly Cell[][]; chart?: Chart; note?: string }

/**
 * One list of the dashboard, declared beside the form or duty whose records it shows. `name` is in the address, `/app/<name>`. `onPage`: it
 * stands on the page itself; figures lead to the others. `behind` is the duty of 进度 whose figure leads here. `seen` says who may see
 * anything of it. `read` returns what `turn.who` may see, and never names of mobile members.
 */
export type List = {
  name: string
  title: Worded
  onPage: boolean
  behind?: string
  seen: (turn: Turn) => boolean
  read: (turn: Turn) => Promise<Listed>
}

/** The name of a branch's general branch, or 直属支部 if there is none. */
export const unitName = ({ roster }: Pick<Turn, 'roster'>, place: { generalBranch?: string }): string =>
  unitOf(roster, place).name

/** Groups by key, in the order in which the groups are first met. */
export function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const known = groups.get(keyOf(one))
    if (known) known.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

/** The content of a cell without marks and links. */
export const plainOf = (cell: Cell | undefined): string | number =>
  cell === undefined ? '' : typeof cell === 'object' ? cell.text : cell
