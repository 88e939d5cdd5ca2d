import type { Snapshot } from '../bot/pushes/schedule.ts'
import type { ProgressLine } from '../bot/turn/progress-line.ts'
import { namesSeen } from '../bot/turn/rights.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { monthInGrace, monthMeant, monthOf, monthWords, readMonth } from '../campaign/calendar/month.ts'
import { type Campaign, daysOwed } from '../campaign/plan/campaign.ts'
import type { Person } from '../campaign/roster/roster.ts'
import type { Form, Subject } from './form.ts'
import { isSeen, type Owed, type Owing } from './owed.ts'
import { progressLineOf } from './progress-line.ts'
import { snapshotIn } from './snapshot.ts'

/** What people do once a month, each for themselves. `about` is its one name in the campaign. Months are written `2022-05`. */
export type ByMonth = {
  about: string
  word: string
  /** The title for one month, `5月联系支部报告`. */
  title: (month: string) => string
  /** Whether the speaker has done it. */
  isDone: (turn: Turn, month: string) => Promise<boolean>
}

/** The months in which it is done. */
export const monthsOf = ({ campaign }: { campaign: Campaign }, about: string): string[] =>
  daysOwed(campaign, about).map(monthOf)
export const hasMonthBegun = ({ now }: Pick<Turn, 'now'>, month: string): boolean => month <= monthOf(now.toPlainDate())

/**
 * The month that the bare word means for the speaker: this one, or in its first ten days the one before as long as the speaker's is
 * missing.
 */
export async function ownMonth(turn: Turn, { about, isDone }: Pick<ByMonth, 'about' | 'isDone'>): Promise<string> {
  const [months, today] = [monthsOf(turn, about), turn.now.toPlainDate()]
  const before = monthInGrace(months, today)
  const isMissing = before !== undefined && !(await isDone(turn, before))
  return monthMeant(months, today, () => isMissing)
}

/** The subjects of a form of months. `id` is the month. */
export function monthly(form: ByMonth): Required<
  Pick<Form<unknown, Subject>, 'subject' | 'find' | 'calls' | 'isDone'>
> & {
  own: (turn: Turn) => Promise<Subject>
} {
  const { about, word, title, isDone } = form
  const subjectOf = (month: string): Subject => ({ id: month, label: title(month) })
  return {
    own: async (turn) => subjectOf(await ownMonth(turn, form)),
    find: (turn, id) => Promise.resolve(monthsOf(turn, about).includes(id) ? subjectOf(id) : undefined),
    calls: ({ id }) => monthWords(id),
    isDone: (turn, { id }) => isDone(turn, id),
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

/** What one person owes for a month, without the dates. */
type OwedInMonth = Omit<Owed, 'period' | 'deadline'>
export type MonthlyOwing = Pick<Owing, 'about' | 'owed' | 'counted' | 'begins'> &
  Required<Pick<Owing, 'word' | 'listName'>> & {
    /** What is owed for a month. If none is named, it is the month that the bare word means for everybody. */
    inMonth: (snapshot: Snapshot, named?: string) => { month: string; owed: readonly Owed[] }
  }

/** Everything that follows from who owes something for each month that has begun. `owe` returns all of it, or what `who` owes. */
export function owedByMonth(
  { about, word }: Pick<ByMonth, 'about' | 'word'>,
  owe: (snapshot: Snapshot, month: string, who?: Person) => readonly OwedInMonth[],
): MonthlyOwing {
  const owed: Owing['owed'] = (snapshot, _days, who) =>
    daysOwed(snapshot.world.campaign, about)
      .filter((end) => hasMonthBegun(snapshot.world, monthOf(end)))
      .flatMap((deadline) => {
        const period = monthOf(deadline)
        return owe(snapshot, period, who).map((one) => ({ ...one, period, deadline }))
      })
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
    owed,
    inMonth,
    counted: (snapshot) => inMonth(snapshot).owed,
    listName: (snapshot) => `${monthWords(inMonth(snapshot).month)}${word}`,
    begins: (deadline) => deadline.with({ day: 1 }),
  }
}

/** The line of such a duty in 进度. 谁没交 lists the month that is named. */
export const monthlyLine = (owing: Owing & MonthlyOwing): ProgressLine => ({
  ...progressLineOf(owing),
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
