import { type Cell, type List, type Listed, plainOf } from '../../bot/dashboard/list.ts'
import type { ProgressLine } from '../../bot/turn/progress-line.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import { campaignsBy } from '../../campaign/plan/periods.ts'
import { inWords } from '../../campaign/plan/worded.ts'

/** The number of rows on one page of a list. */
const rowsAPage = 50
/** At most this many open names are shown beside a figure. The list behind it has the rest. */
const namesShown = 6

/** `duties` holds what 进度 says to this person, with the list behind each figure. `open` holds what 谁没交 says, if this person may ask. */
export type Progress = {
  asOf: string
  who: { name: string; posts: string[] }
  college: string
  campaign: string
  duties: { name: string; done: number; all: number; list?: string }[]
  open: { name: string; count: number; names: string[] }[]
  lists: { name: string; title: string }[]
  /** The periods of grading that have opened, if the plan grades several times a year. `shown` marks the period of these figures. */
  periods?: { number: number; name: string; shown: boolean }[]
}

/** The figures of the dashboard's first page, as this person may see them. */
export async function progressOf(
  look: Turn,
  lines: readonly ProgressLine[],
  lists: readonly List[],
): Promise<Progress> {
  const seen = lists.filter((list) => list.seen(look))
  const progress: Progress = {
    asOf: look.now.toString({ timeZoneName: 'never', smallestUnit: 'second' }),
    who: { name: look.who.name, posts: [...new Set(look.who.seats.map(({ post }) => look.campaign.posts[post]))] },
    college: look.campaign.college,
    campaign: look.campaign.name,
    duties: [],
    open: [],
    lists: seen
      .filter((list) => list.onPage)
      .map((list) => ({ name: list.name, title: inWords(list.title, look.campaign) })),
  }
  const opened = campaignsBy(look.campaign, look.now.toPlainDate()).flatMap(({ period }) => period ?? [])
  if (opened.length > 0)
    progress.periods = opened.map(({ number, name }) => ({
      number,
      name,
      shown: number === look.campaign.period?.number,
    }))
  for (const line of lines) {
    const count = await line.counts(look, look.who)
    const list = count && seen.find(({ behind }) => behind === count.name || behind === line.name)?.name
    if (count) progress.duties.push({ ...count, ...(list === undefined ? {} : { list }) })
    const open = await line.open(look, look.who, '')
    if (open && open.missing.length > 0)
      progress.open.push({ name: open.name, count: open.missing.length, names: open.missing.slice(0, namesShown) })
  }
  return progress
}

type Query = { readonly [name: string]: string | string[] | undefined }
export type Page = Listed & {
  name: string
  title: string
  /** The number of rows that match, and the page shown, from 1. */
  total: number
  page: number
  pages: number
  /** The filters, as column and word. */
  where: { [column: string]: string }
}

/**
 * A list filtered by the columns named in the address: all its rows, and one page. Links to lists that this person may not see are left
 * out.
 */
export function pageOf(
  { name, title }: { name: string; title: string },
  listed: Listed,
  { query, seen }: { query: Query; seen: readonly List[] },
): { page: Page; all: Listed } {
  const where = Object.fromEntries(
    listed.columns.flatMap((column) => {
      const wanted = query[column]
      return typeof wanted === 'string' ? [[column, wanted]] : []
    }),
  )
  const wanted = Object.entries(where).map(([column, word]) => [listed.columns.indexOf(column), word] as const)
  const rows = listed.rows.filter((row) => wanted.every(([at, word]) => String(plainOf(row[at])) === word))
  const pages = Math.max(1, Math.ceil(rows.length / rowsAPage))
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(query['page'])) || 1))
  const shown = rows.slice((page - 1) * rowsAPage, page * rowsAPage)
  const names = new Set(seen.map((one) => one.name))
  return {
    page: {
      ...listed,
      rows: shown.map((row) => row.map((cell) => linked(cell, names))),
      name,
      title,
      total: rows.length,
      page,
      pages,
      where,
    },
    all: { ...listed, rows },
  }
}

function linked(cell: Cell, names: ReadonlySet<string>): Cell {
  if (typeof cell !== 'object' || cell.link === undefined || names.has(cell.link.list)) return cell
  const { link: _, ...rest } = cell
  return rest
}
