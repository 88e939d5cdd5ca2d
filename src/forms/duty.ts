import { listed } from '../bot/pushes/push-text.ts'
import type { Snapshot } from '../bot/pushes/schedule.ts'
import type { Count, Duty } from '../bot/records/duties.ts'
import { countsSeen, namesSeen } from '../bot/turn/rights.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { dayOfStep, dueWords } from '../campaign/calendar/ladder.ts'
import type { Table } from '../store/table.ts'
import { forDoer, isSeen, ladderFor, type Owed, type Owing, openOf, owedIn } from './owed.ts'

/** What the records were when this turn first looked at them. */
export const snapshotIn = (turn: Turn, reads: readonly Table<unknown>[]): Promise<Snapshot> => turn.snapshot(reads)

/** The same after this turn has written one record: what is answered shows how it now stands. */
export async function snapshotAfter<T>(
  turn: Turn,
  reads: readonly Table<unknown>[],
  table: Table<T>,
  ids: readonly string[],
): Promise<Snapshot> {
  const snapshot = await snapshotIn(turn, reads)
  const key = [turn.campaign.id, ...ids]
  const value = await turn.read(table, ...key)
  const others = snapshot.kept.of(table).filter((row) => row.ids.join('~') !== key.join('~'))
  const kept = snapshot.kept.copy(reads)
  kept.set(table, value === undefined ? others : [...others, { ids: key, value }])
  return { ...snapshot, kept }
}

/** The duty as progress, 谁没交 and help see it: all of it follows from who owes what. */
export function dutyOf(owing: Owing): Duty {
  const counted = async (turn: Turn): Promise<{ snapshot: Snapshot; owed: readonly Owed[] }> => {
    const snapshot = await snapshotIn(turn, owing.reads)
    return { snapshot, owed: owing.counted?.(snapshot) ?? owedIn(owing, snapshot) }
  }
  const countOf = (owed: readonly Owed[]): Count | undefined =>
    owing.word === undefined || owed.length === 0
      ? undefined
      : { name: owing.word, done: owed.filter(({ done }) => done).length, all: owed.length }
  return {
    name: owing.word ?? owing.about,
    async today(turn) {
      const snapshot = await snapshotIn(turn, owing.reads)
      return openFor(owing, snapshot, turn.who.id)
        .filter(({ deadline }) => hasBegun(owing, snapshot, deadline))
        .map(({ said }) => [said.title, said.reply].join(''))
    },
    async counts(turn, person) {
      const { owed } = await counted(turn)
      const sight = countsSeen(person)
      return countOf(owed.filter((one) => isSeen(one, sight)))
    },
    async open(turn, person) {
      const { snapshot, owed } = await counted(turn)
      const sight = namesSeen(person)
      const mine = owed.filter((one) => isSeen(one, sight))
      if (mine.length === 0 || owing.word === undefined) return undefined
      return {
        name: owing.listName?.(snapshot) ?? owing.word,
        missing: mine.filter(({ done }) => !done).map((one) => owing.nameFor?.(snapshot, one, person) ?? one.name),
      }
    },
    async inGroup(turn, scope) {
      const { owed } = await counted(turn)
      return countOf(owed.filter((one) => scope === 'college' || one.generalBranch === scope))
    },
  }
}

/** Whether the first step towards a deadline has come, or the day from which it is open: what is due much later is nothing to be done today. */
export function hasBegun(owing: Owing, snapshot: Snapshot, deadline: Owed['deadline']): boolean {
  const { now, calendar } = snapshot.world
  const first = Math.max(0, ...ladderFor(owing, snapshot).steps.map((step) => Number(step.slice(2))))
  const begins = owing.begins?.(deadline) ?? dayOfStep(calendar, deadline, first)
  return begins.until(now.toPlainDate()).days >= 0
}

/** What one person has open, a text for each deadline. */
export function openFor(
  owing: Owing,
  snapshot: Snapshot,
  person: string,
): { deadline: Owed['deadline']; period: string; said: ReturnType<Owing['asks']> }[] {
  return byDeadline(openOf(owing, snapshot, person).map(forDoer)).flatMap((open) => {
    const [{ deadline, period, by }] = open
    const who = by.find(({ id }) => id === person)
    return who ? [{ deadline, period, said: owing.asks(snapshot, open, who) }] : []
  })
}

type Some = [Owed, ...Owed[]]
/** Grouped by period and deadline, in the order of the deadlines' first mention. */
export function byDeadline(owed: readonly Owed[]): Some[] {
  const groups = new Map<string, Some>()
  for (const one of owed) {
    const key = `${one.period} ${one.deadline.toString()}`
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()]
}

/** Names of what is open, the first ten of many. */
export const namesOf = (open: readonly Owed[], measure = '个'): string =>
  listed(
    open.map(({ name }) => name),
    measure,
  )

/** By when something open is due, as of now: `6月30日（周四）前，还有10个工作日`; empty of nothing. */
export const dueOf = ({ world: { calendar, now } }: Snapshot, [first]: readonly Owed[]): string =>
  first ? dueWords(calendar, first.deadline, now.toPlainDate()) : ''
