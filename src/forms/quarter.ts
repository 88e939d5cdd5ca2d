import type { Temporal } from 'temporal-polyfill'
import { dateOf } from '../bot/clock.ts'
import type { Said, Snapshot } from '../bot/pushes/schedule.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { isoOf } from '../campaign/calendar/iso.ts'
import { begunBy, quarterMeant, quarterStart, quarterWords, readQuarter } from '../campaign/calendar/quarter.ts'
import { daysOwed } from '../campaign/plan/campaign.ts'
import { branchName, gradersOf, holdersOf, ledBranches, type Person } from '../campaign/roster/roster.ts'
import type { Form, Subject, SubjectSaid } from './form.ts'
import { heardOf } from './heard.ts'
import { dueOf, namesOf } from './open.ts'
import { type Owed, type Owing, placeOf } from './owed.ts'
import { type Unit, unitIn } from './own-units.ts'
import { type Recorded, type RecordTable, standing } from './record.ts'
import { snapshotIn } from './snapshot.ts'

type Day = Temporal.PlainDate

/** What is reported of a unit each quarter. */
export type QuarterOfUnit = Subject & { quarter: Day; unit: Unit }
/** `about` is its one name in the campaign. The keys of `records` are campaign, last day of the quarter, kind of the unit, its id. */
export type ByQuarter<T> = { about: string; word: string; records: RecordTable<T> }

/** The ids of a unit's record of a quarter, after the campaign's: the quarter's last day, the unit's kind and its id. */
export const idsOf = (quarter: Day, { kind, id }: Pick<Unit, 'kind' | 'id'>): [string, string, string] => [
  isoOf(quarter),
  kind,
  id,
]
const subjectOf = (quarter: Day, unit: Unit): QuarterOfUnit => ({
  id: idsOf(quarter, unit).join('~'),
  label: unit.name,
  quarter,
  unit,
})

export const reportIn = <T>(
  { kept }: Snapshot,
  records: RecordTable<T>,
  { quarter, unit }: { quarter: Day; unit: Pick<Unit, 'kind' | 'id'> },
): Recorded<T> | undefined => standing(kept, records).get(idsOf(quarter, unit).join('~'))

/**
 * The subjects of a form that units fill in each quarter. `units` are those of this person. `speaks`: whether words without a unit's name
 * may be about one of several units.
 */
export function quarterly<T>(
  { about, word, records }: ByQuarter<T>,
  { units, speaks = () => true }: { units: (turn: Turn) => Unit[]; speaks?: (unit: Unit, text: string) => boolean },
): Pick<Form<unknown, QuarterOfUnit>, 'subject' | 'find'> & { now: (turn: Turn) => Promise<QuarterOfUnit[]> } {
  const none = `本年度没有要报的${word}。`
  const meantOf = async (turn: Turn, unit: Unit): Promise<Day | undefined> => {
    const snapshot = await snapshotIn(turn, [records])
    const missing = (quarter: Day): boolean => reportIn(snapshot, records, { quarter, unit }) === undefined
    return quarterMeant(daysOwed(turn.campaign, about), turn.now.toPlainDate(), missing)
  }
  const subjectsOf = async (turn: Turn, among: readonly Unit[], quarter?: Day): Promise<QuarterOfUnit[]> => {
    const found: QuarterOfUnit[] = []
    for (const unit of among) {
      const meant = quarter ?? (await meantOf(turn, unit))
      if (meant) found.push(subjectOf(meant, unit))
    }
    return found
  }
  return {
    now: (turn) => subjectsOf(turn, units(turn)),
    find: async (turn, id) => {
      const [day, kind, unitId] = id.split('~')
      const unit = units(turn).find((one) => one.kind === kind && one.id === unitId)
      const quarter = daysOwed(turn.campaign, about).find((end) => end.toString() === day)
      return unit && quarter && subjectOf(quarter, unit)
    },
    async subject(turn, text): Promise<SubjectSaid<QuarterOfUnit>> {
      const own = units(turn)
      const { number, unit, rest } = readHead(turn, text, own)
      const quarter = number === undefined ? undefined : quarterSaid(turn, { about, word, number })
      if (typeof quarter === 'string') return { say: quarter }
      const among = unit ? [unit] : own.filter((one) => speaks(one, rest))
      const subjects = await subjectsOf(turn, among, quarter)
      const [only] = subjects
      if (!only) return { say: none }
      return subjects.length === 1 ? { subject: only, rest } : { among: subjects, rest }
    },
  }
}

/** The quarter and the unit at the beginning of a text, in either order. */
function readHead(turn: Turn, text: string, units: readonly Unit[]): { number?: number; unit?: Unit; rest: string } {
  const first = readQuarter(text)
  const isAsked = first.rest.trim() !== '' && units.length > 1
  const named = isAsked ? unitIn(turn, first.rest, units) : undefined
  if (!named?.unit) return first
  const second = first.number === undefined ? readQuarter(named.rest) : { number: first.number, rest: named.rest }
  return { ...second, unit: named.unit }
}

/** The quarter that was named, or the sentence that says why it cannot be reported. */
function quarterSaid(turn: Turn, said: { about: string; word: string; number: number }): Day | string {
  const { about, word, number } = said
  const all = daysOwed(turn.campaign, about)
  const quarter = all.find((end) => Math.ceil(end.month / 3) === number)
  const [first] = all
  if (!quarter) {
    const isEach = all.every(
      (end, i) =>
        i === 0 ||
        quarterStart(end)
          .subtract({ days: 1 })
          .equals(all[i - 1] ?? end),
    )
    const which = isEach && first ? `从${quarterWords(first)}报起` : `要报的是${all.map(quarterWords).join('、')}`
    return `本年度没有${number}季度的${word}，${which}。请说“${word} 季度”。`
  }
  const ahead = quarterStart(quarter).since(turn.now.toPlainDate()).days > 0
  return ahead ? `${quarterWords(quarter)}还没到，到时会提醒您。` : quarter
}

/** Who owes something for one quarter. `done` holds the valid records by their ids. For `who`, see `Owing.owed`. */
export type Owe = (
  snapshot: Snapshot,
  quarter: Day,
  by: { done: ReadonlyMap<string, unknown>; who?: Person | undefined },
) => Owed[]

/** Each branch owes it through its secretary, until the quarter's last day. */
export const branchesOwe: Owe = ({ world: { roster } }, quarter, { done, who }) =>
  (who ? ledBranches(roster, who) : roster.branches).map((branch) => ({
    by: holdersOf(roster, 'branch-secretary', { branch: branch.id }),
    period: isoOf(quarter),
    name: branchName(roster, branch),
    ...placeOf(branch),
    deadline: quarter,
    done: done.has(idsOf(quarter, { kind: 'branch', id: branch.id }).join('~')),
    superiors: gradersOf(roster, branch),
  }))

/** The quarter that is meant now: the current one, or in its first ten days the one before while something of that is missing. */
export function quarterNow<T>(snapshot: Snapshot, { about, records }: ByQuarter<T>, owe: Owe): Day | undefined {
  const { campaign, now } = snapshot.world
  const done = standing(snapshot.kept, records)
  return quarterMeant(daysOwed(campaign, about), now.toPlainDate(), (quarter) =>
    owe(snapshot, quarter, { done }).some((one) => !one.done),
  )
}

/** The quarter of an owed thing in words: `2季度`. */
export const quarterOf = ({ world }: Snapshot, about: string, [one]: readonly Owed[]): string => {
  const quarter = daysOwed(world.campaign, about).find((end) => one?.period.startsWith(end.toString()))
  return quarter ? quarterWords(quarter) : ''
}

/**
 * Everything that follows from who owes something for each quarter: for all that have begun, and for the one meant now. `deadline` gives a
 * quarter's deadline; the default is its last day.
 */
export function owedByQuarter<T>(
  form: ByQuarter<T>,
  owe: Owe,
  deadline: (snapshot: Snapshot, quarter: Day) => Day = (_, quarter) => quarter,
): Pick<Owing, 'about' | 'word' | 'reads' | 'deadlines' | 'owed' | 'counted'> & Required<Pick<Owing, 'listName'>> {
  const { about, word, records } = form
  const begun = ({ world }: Snapshot): Day[] => begunBy(daysOwed(world.campaign, about), world.now.toPlainDate())
  const counted = (snapshot: Snapshot): Owed[] => {
    const quarter = quarterNow(snapshot, form, owe)
    return quarter ? owe(snapshot, quarter, { done: standing(snapshot.kept, records) }) : []
  }
  return {
    about,
    word,
    listName: (snapshot) => `${quarterOf(snapshot, about, counted(snapshot))}${word}`,
    reads: [records],
    deadlines: (snapshot) => begun(snapshot).map((quarter) => deadline(snapshot, quarter)),
    owed(snapshot, days, who) {
      const done = standing(snapshot.kept, records)
      return begun(snapshot)
        .filter((quarter) => days?.some((day) => day.equals(deadline(snapshot, quarter))) ?? true)
        .flatMap((quarter) => owe(snapshot, quarter, { done, who }))
    },
    counted,
  }
}

/** What a branch secretary, their superior and groups hear. `sample` shows how to say all of it in one message. */
export const branchesHear = (
  { about, word }: { about: string; word: string },
  { sample, tell }: { sample: string; tell: string },
): Required<Pick<Owing, 'asks' | 'tells' | 'tellsGroup'>> => ({
  asks(snapshot, open): Said {
    const quarter = quarterOf(snapshot, about, open)
    const [first] = open
    const over = first !== undefined && isoOf(first.deadline) < isoOf(dateOf(snapshot.world.now))
    const by = dueOf(snapshot, open)
    return {
      title: `${quarter}${word}，${by}。`,
      among: { by, what: `${quarter}${word}`, word },
      lines: open.length > 1 ? [`待报：${namesOf(open)}`] : [],
      reply: `一条消息即可：“${word} ${over ? `${quarter} ` : ''}${sample}”。`,
    }
  },
  ...heardOf({
    called: (snapshot, owed) => `${quarterOf(snapshot, about, owed)}${word}`,
    measure: { title: '个支部', names: '个' },
    reply: {
      superior: () => tell,
      group: ({ world }) => `请各${world.campaign.posts['branch-secretary']}在与我的对话里回复“${word}”。`,
    },
  }),
})
