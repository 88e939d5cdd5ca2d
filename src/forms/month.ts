import type { Snapshot } from '../bot/pushes/schedule.ts'
import type { ProgressLine } from '../bot/turn/progress-line.ts'
import { namesSeen } from '../bot/turn/rights.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { monthInGrace, monthMeant, monthOf, monthWords, readMonth } from '../campaign/calendar/month.ts'
import { type Campaign, daysOwed } from '../campaign/plan/campaign.ts'
import { holdersOf, holds, type Person, type Post } from '../campaign/roster/roster.ts'
import type { Table } from '../store/table.ts'
import type { Form, Subject } from './form.ts'
import { heardOf } from './heard.ts'
import { isSeen, type Owed, type Owing } from './owed.ts'
import { progressLineOf } from './progress-line.ts'
import { snapshotIn } from './snapshot.ts'

/**
 * What the holders of some posts do once a month, each for themselves. `about` is its one name in the campaign. Months are written
 * `2022-05`. The keys of `records` are campaign, month, person.
 */
export type ByMonth<R> = {
  about: string
  word: string
  by: readonly Post[]
  /** The post that is told of what is overdue. */
  superior: Post
  /** The title for one month, `5月联系支部报告`. */
  title: (month: string) => string
  records: Table<R>
  /** The same record as schedules see it. */
  recordOf: (snapshot: Snapshot, month: string, person: string) => R | undefined
  /** What the person, the superior of those who have not done it, and a group are asked to reply. */
  replies: { own: string; superior: (month: string) => string; group: string }
}

/** What the speaker has on record for a month. */
export const recordIn = <R>(
  turn: Turn,
  { records }: Pick<ByMonth<R>, 'records'>,
  month: string,
): Promise<R | undefined> => turn.read(records, turn.campaign.id, month, turn.who.id)

/** Makes something the speaker's record for a month. */
export const keepIn = <R>(
  turn: Turn,
  { records }: Pick<ByMonth<R>, 'records'>,
  { month, record }: { month: string; record: R },
): Promise<void> => turn.change(records, [turn.campaign.id, month, turn.who.id], { value: record, what: '提交' })

/** Everything that the speaker has on record, by month, oldest first. */
export async function recordsByMonth<R>(turn: Turn, form: ByMonth<R>): Promise<ReadonlyMap<string, R>> {
  const found = new Map<string, R>()
  for (const month of monthsOf(turn, form.about)) {
    const record = await recordIn(turn, form, month)
    if (record !== undefined) found.set(month, record)
  }
  return found
}

/** The months in which it is done. */
export const monthsOf = ({ campaign }: { campaign: Campaign }, about: string): string[] =>
  daysOwed(campaign, about).map(monthOf)
/** Whether a month has begun by now. */
export const hasMonthBegun = ({ now }: Pick<Turn, 'now'>, month: string): boolean => month <= monthOf(now.toPlainDate())

/**
 * The month that the bare word means for the speaker: this one, or in its first ten days the one before as long as the speaker's is
 * missing.
 */
async function ownMonth<R>(turn: Turn, form: ByMonth<R>): Promise<string> {
  const [months, today] = [monthsOf(turn, form.about), turn.now.toPlainDate()]
  const before = monthInGrace(months, today)
  const isMissing = before !== undefined && (await recordIn(turn, form, before)) === undefined
  return monthMeant(months, today, () => isMissing)
}

/** What a form of months has in common: its word, whose it is, and its subjects. `id` of a subject is the month; `own` the bare word's. */
export function monthly<R>(form: ByMonth<R>): Required<
  Pick<Form<unknown, Subject>, 'word' | 'by' | 'title' | 'subject' | 'find' | 'calls' | 'isDone'>
> & {
  own: (turn: Turn) => Promise<Subject>
} {
  const { about, word, by, title } = form
  const subjectOf = (month: string): Subject => ({ id: month, label: title(month) })
  return {
    word,
    by,
    title: ({ label }) => label,
    own: async (turn) => subjectOf(await ownMonth(turn, form)),
    find: (turn, id) => Promise.resolve(monthsOf(turn, about).includes(id) ? subjectOf(id) : undefined),
    calls: ({ id }) => monthWords(id),
    isDone: async (turn, { id }) => (await recordIn(turn, form, id)) !== undefined,
    async subject(turn, text) {
      const months = monthsOf(turn, about)
      const { month: said, unknown, rest } = readMonth(text, months)
      if (unknown !== undefined)
        return {
          say: `本年度没有${unknown}的${word}，有${months.map(monthWords).join('、')}。请回复“${word} 月份”。`,
        }
      const month = said ?? (await ownMonth(turn, form))
      return hasMonthBegun(turn, month)
        ? { subject: subjectOf(month), rest }
        : { say: `${monthWords(month)}还没到，到时候再写；已到的月份请回复“${word}”。` }
    },
  }
}

type MonthlyOwing = Pick<Owing, 'about' | 'owed' | 'counted' | 'begins'> &
  Required<Pick<Owing, 'word' | 'deadlines' | 'tells' | 'tellsGroup'>> & {
    /** What is owed for a month. If none is named, it is the month that the bare word means for everybody. */
    inMonth: (snapshot: Snapshot, named?: string) => { month: string; owed: readonly Owed[] }
  }

/** The month of things that are owed for the same one. */
export const monthIn = ([one]: readonly Owed[]): string => one?.period ?? ''

/** Everything that follows from who owes it: each holder of the posts, for each month that has begun. It belongs to no general branch. */
export function owedByMonth<R>({ about, word, ...form }: ByMonth<R>): MonthlyOwing {
  const deadlines: MonthlyOwing['deadlines'] = ({ world }) =>
    daysOwed(world.campaign, about).filter((end) => hasMonthBegun(world, monthOf(end)))
  const owed: Owing['owed'] = (snapshot, days, who) => {
    const { roster } = snapshot.world
    const superiors = holdersOf(roster, form.superior)
    const people = (who ? [who] : roster.people).filter((one) => holds(one, ...form.by))
    return deadlines(snapshot)
      .filter((end) => days?.some((day) => day.equals(end)) ?? true)
      .flatMap((deadline) => {
        const period = monthOf(deadline)
        const isDone = ({ id }: Person): boolean => form.recordOf(snapshot, period, id) !== undefined
        return people.map((one) => ({
          by: [one],
          name: one.name,
          period,
          deadline,
          done: isDone(one),
          superiors,
        }))
      })
  }
  const inMonth: MonthlyOwing['inMonth'] = (snapshot, named) => {
    const all = owed(snapshot)
    const isMissing = (month: string): boolean => all.some(({ period, done }) => period === month && !done)
    const { campaign, now } = snapshot.world
    const month = named ?? monthMeant(monthsOf({ campaign }, about), now.toPlainDate(), isMissing)
    return { month, owed: all.filter(({ period }) => period === month) }
  }
  return {
    about,
    word,
    deadlines,
    owed,
    inMonth,
    counted: (snapshot) => inMonth(snapshot).owed,
    begins: (deadline) => deadline.with({ day: 1 }),
    ...heardOf({
      called: (_, all) => form.title(monthIn(all)),
      measure: { title: '位', names: '位' },
      reply: { superior: (open) => form.replies.superior(monthIn(open)), group: () => form.replies.group },
    }),
  }
}

/** The line of such a duty in 进度 and 帮助, where it is the month that the bare word means. 谁没交 lists the month that is named. */
export const monthlyLine = <R>(owing: Owing & MonthlyOwing, form: ByMonth<R>): ProgressLine => ({
  ...progressLineOf(owing),
  async today(turn) {
    if (!holds(turn.who, ...form.by)) return []
    const month = await ownMonth(turn, form)
    return (await recordIn(turn, form, month)) ? [] : [`${form.title(month)}，${form.replies.own}`]
  },
  async open(turn, person, argument) {
    const sight = namesSeen(person)
    const { month: named } = readMonth(argument, monthsOf(turn, owing.about))
    const { month, owed } = owing.inMonth(await snapshotIn(turn, owing.reads), named)
    const name = `${monthWords(month)}${owing.word}`
    const seen = owed.filter((one) => isSeen(one, sight))
    if (seen.length === 0 && !sight.college) return undefined
    return hasMonthBegun(turn, month)
      ? { name, missing: seen.filter(({ done }) => !done).map((one) => one.name) }
      : { name, missing: [], instead: `${monthWords(month)}还没到` }
  },
})
