import { createHash, randomBytes } from 'node:crypto'
import type { Campaign } from '../../campaign/plan/campaign.ts'
import { holdersOf, type Roster } from '../../campaign/roster/roster.ts'
import { readRosterFile } from '../../campaign/roster/roster-file.ts'
import { type Store, StoreUnavailable } from '../../store/store.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { announced, tellDepartment } from '../notices/announce.ts'
import type { Turn } from '../turn/turn.ts'
import { emptyRoster, rosters, rosterVersion, type World } from './world.ts'

export type Imported = {
  people: number
  imported: number
  problems: string[]
  /** Lines on what may be a mistake; nothing was left out for it. */
  hints: string[]
  missing: string[]
  unchanged: boolean
  department: boolean
}

/** The roster in force; empty before the first import. */
export async function currentRoster(store: Pick<Store, 'get'>): Promise<Roster> {
  const version = await store.get(rosterVersion.key())
  const found = version && (await store.get(rosters.key(rosterVersion.schema.parse(version.value).current)))
  return found ? rosters.schema.parse(found.value) : emptyRoster
}

/**
 * Takes a roster file: all of it in one commit. `unchanged`: it is the file that was imported last, and nothing was done.
 * Throws NotARoster where the file is none. `problems`: a line for each bad row; the good ones are imported.
 */
export async function importRoster(
  store: Store,
  file: Uint8Array,
  campaign: Campaign,
  { again = true } = {},
): Promise<Imported> {
  const content = createHash('sha256').update(file).digest('hex')
  for (let attempt = 0; attempt < 10; attempt++) {
    const before = await store.get(rosterVersion.key())
    const inForce = await currentRoster(store)
    const last = before && rosterVersion.schema.parse(before.value)
    if (!again && last?.content === content)
      return { ...summary(inForce), imported: 0, problems: [], hints: [], missing: [], unchanged: true }
    const { roster, problems, hints, imported, missing } = readRosterFile(
      file,
      last ? inForce : undefined,
      campaign.posts,
    )
    if (imported === 0) return { ...summary(inForce), imported, problems, hints: [], missing: [], unchanged: true }
    const current = `${Date.now()}-${content.slice(0, 12)}`
    const written = await store.commit([
      { put: rosters.key(current), value: roster },
      { put: rosterVersion.key(), value: { current, content }, if: before?.version ?? 'absent' },
      ...(last ? [{ delete: rosters.key(last.current) }] : []),
    ])
    if (written) return { ...summary(roster), imported, problems, hints, missing, unchanged: false }
  }
  throw new StoreUnavailable('roster: too many conflicts')
}

/** Puts another roster in force, in the commit of a turn. */
export async function replaceRoster(turn: Turn, roster: Roster): Promise<void> {
  const last = await turn.read(rosterVersion)
  if (!last) throw new TypeError('no roster is in force')
  const current = `${Date.now()}-${randomBytes(6).toString('hex')}`
  await turn.put(rosters, [current], roster)
  await turn.put(rosterVersion, [], { ...last, current })
  await turn.remove(rosters, [last.current])
}

/** Tells the organization department who is not in the newest file. */
export async function tellMissing(
  store: Store,
  world: World,
  names: readonly string[],
  instance: string,
): Promise<OutboxRow[]> {
  if (names.length === 0) return []
  const text = `新名册里没有：${names.join('、')}。确认他们不再任职后，请回复“确认移除”。`
  return announced(store, (changes) => tellDepartment(changes, world, text, 'roster', { instance }))
}

const summary = (roster: Roster): { people: number; department: boolean } => ({
  people: peopleWithAccount(roster),
  department: holdersOf(roster, 'organization-department').length > 0,
})

export const peopleWithAccount = (roster: Roster): number =>
  roster.people.filter((person) => person.accounts.wecom !== undefined || person.accounts.dingtalk !== undefined).length
