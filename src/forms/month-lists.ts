import { dayOf } from '../bot/clock.ts'
import type { Cell, List, Listed, Mark } from '../bot/dashboard/list.ts'
import type { Snapshot } from '../bot/pushes/schedule.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { endOf, monthWords } from '../campaign/calendar/month.ts'
import { holds, type Person } from '../campaign/roster/roster.ts'
import { type ByMonth, hasMonthBegun, monthsOf } from './month.ts'
import { snapshotIn } from './snapshot.ts'

/** `name` is in the address, `title` on the page. */
type Named = { name: string; title: string }
type Submitted = { at: string; late?: number }

/** What the dashboard shows of the records of a monthly form. `who` says what its people are (委员). */
export type ShownByMonth<R> = {
  who: string
  /** The people who may see names, and those who may see counts only. */
  sees: { names: (turn: Turn) => boolean; counts: (turn: Turn) => boolean }
  /** Person × month: `beside` stands after the name, `figure` in each month; `sum` is a count over everybody's records of one month. */
  months: Named & {
    beside: { column: string; of: (turn: Turn, person: Person) => Cell }
    figure: (record: R) => { text: string; mark: Mark }
    sum: { column: string; of: (records: readonly R[]) => number }
  }
  /** One row for each person and month. `cells` are those of a record, one for each of `columns`. */
  records: Named & { columns: readonly string[]; cells: (turn: Turn, record: R) => Cell[] }
}

type Shown<R> = { form: ByMonth<R>; shown: ShownByMonth<R> }

/**
 * The lists behind a monthly form's figure: all records, newest month first; and the months, by name for people who may see names, and as
 * counts for others.
 */
export function listsByMonth<R extends Submitted>(form: ByMonth<R>, shown: ShownByMonth<R>): readonly [List, List] {
  const { records, months, sees } = shown
  const { word: behind } = form
  const all = { form, shown }
  return [
    {
      name: records.name,
      title: records.title,
      onPage: false,
      behind,
      seen: sees.names,
      read: (turn) => byRecord(turn, all),
    },
    {
      name: months.name,
      title: months.title,
      onPage: true,
      behind,
      seen: sees.counts,
      read: (turn) => (sees.names(turn) ? byPerson(turn, all) : byMonth(turn, all)),
    },
  ]
}

/** Everybody who owes it, the months so far, and what each has on record. */
async function given<R>(turn: Turn, form: ByMonth<R>) {
  const snapshot: Snapshot = await snapshotIn(turn, [])
  return {
    people: turn.roster.people.filter((one) => holds(one, ...form.by)),
    months: monthsOf(turn, form.about).filter((month) => hasMonthBegun(turn, month)),
    of: (month: string, { id }: Person): R | undefined => form.recordOf(snapshot, month, id),
  }
}

const missing = (turn: Turn, month: string): { text: string; mark: Mark } =>
  turn.now.toPlainDate().toString() > endOf(month).toString()
    ? { text: '未交', mark: 'late' }
    : { text: '未到期', mark: 'open' }

async function byPerson<R>(turn: Turn, { form, shown: { who, months: shown, records } }: Shown<R>): Promise<Listed> {
  const { people, months, of } = await given(turn, form)
  const rows = people.map((person): Cell[] => [
    person.name,
    shown.beside.of(turn, person),
    ...months.map((month): Cell => {
      const record = of(month, person)
      const link = { list: records.name, where: { 月份: monthWords(month), [who]: person.name } }
      return { ...(record ? shown.figure(record) : missing(turn, month)), link }
    }),
  ])
  return { columns: [who, shown.beside.column, ...months.map(monthWords)], rows }
}

async function byMonth<R>(
  turn: Turn,
  {
    form,
    shown: {
      months: { sum },
    },
  }: Shown<R>,
): Promise<Listed> {
  const { people, months, of } = await given(turn, form)
  const rows = months.map((month): Cell[] => {
    const done = people.flatMap((person) => of(month, person) ?? [])
    return [monthWords(month), done.length, people.length - done.length, sum.of(done)]
  })
  return { columns: ['月份', '已交', '未交', sum.column], rows, chart: { label: '月份', values: ['已交', '未交'] } }
}

async function byRecord<R extends Submitted>(turn: Turn, { form, shown: { who, records } }: Shown<R>): Promise<Listed> {
  const { people, months, of } = await given(turn, form)
  const row = (month: string, person: Person): Cell[] => {
    const posts = person.seats.filter(({ post }) => form.by.includes(post)).map(({ post }) => turn.campaign.posts[post])
    const head = [monthWords(month), person.name, posts.join('、')]
    const record = of(month, person)
    if (!record) return [...head, missing(turn, month), ...records.columns.map(() => ''), '']
    const at = dayOf(record.at)
    return [...head, stateOf(record), ...records.cells(turn, record), `${at.month}月${at.day}日`]
  }
  const rows = months.toReversed().flatMap((month) => people.map((person) => row(month, person)))
  return { columns: ['月份', who, '职务', '状态', ...records.columns, '提交'], rows }
}

const stateOf = ({ late }: Submitted): Cell =>
  late ? { text: `已交，逾期${late}个工作日`, mark: 'late' } : { text: '已交', mark: 'done' }
