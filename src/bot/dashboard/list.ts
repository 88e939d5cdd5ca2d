import type { Worded } from '../../campaign/plan/worded.ts'
import { unitOf } from '../../campaign/roster/roster.ts'
import type { Turn } from '../turn/turn.ts'

/** How a cell is marked, in its word too: colour is never the only sign. */
export type Mark = 'done' | 'open' | 'late' | 'note'
/** Leads to the records behind a figure: a list, narrowed to the rows whose cells read so in these columns. */
export type Link = { list: string; where?: { [column: string]: string } }
export type Cell = string | number | { text: string | number; mark?: Mark; link?: Link }

/** A bar for each row, labelled by the column `label`; `values` are stacked. Drawn from the table's own cells: one source. */
export type Chart = { label: string; values: readonly string[] }
export type Listed = { columns: readonly string[]; rows: readonly Cell[][]; chart?: Chart; note?: string }

/**
 * One list of the dashboard, declared beside the form or duty whose records it shows. `name`: in the address, `/app/<name>`. `onPage`: stands
 * on the page itself; others are what figures lead to. `behind`: the duty of 进度 whose figure leads here, by its name there. `seen`: whose
 * posts may see anything of it. `read`: as far as `turn.who` may see; names of mobile members never.
 */
export type List = {
  name: string
  title: Worded
  onPage: boolean
  behind?: string
  seen: (turn: Turn) => boolean
  read: (turn: Turn) => Promise<Listed>
}

/** The general branch that a branch belongs to, by its name; 直属支部 where there is none. */
export const unitName = ({ roster }: Pick<Turn, 'roster'>, place: { generalBranch?: string }): string =>
  unitOf(roster, place).name

/** In the order in which the groups are first met. */
export function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const known = groups.get(keyOf(one))
    if (known) known.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

/** What a cell says, without marks and links. */
export const plainOf = (cell: Cell | undefined): string | number =>
  cell === undefined ? '' : typeof cell === 'object' ? cell.text : cell
