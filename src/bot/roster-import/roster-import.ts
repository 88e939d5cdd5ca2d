import { createHash, randomBytes } from 'node:crypto'
import type { Campaign } from '../../campaign/plan/campaign.ts'
import { withoutPeriod } from '../../campaign/plan/periods.ts'
import { fullNames } from '../../campaign/roster/branch-names.ts'
import { holdersOf, type Roster } from '../../campaign/roster/roster.ts'
import { readRosterFile } from '../../campaign/roster/roster-file.ts'
import { undone, withKept } from '../../campaign/roster/roster-units.ts'
import { all, type Store, StoreUnavailable } from '../../store/store.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { announced, tellDepartment } from '../notices/announce.ts'
import { notedNewcomers } from '../roster/newcomers.ts'
import { emptyRoster, rosters, rosterVersion, type World } from '../roster/world.ts'
import type { Turn } from '../turn/turn.ts'

export type Imported = {
  people: number
  imported: number
  problems: string[]
  /** Lines about possible mistakes. These rows were imported nevertheless. */
  hints: string[]
  missing: string[]
  /** The full names of branches that have records but no row in this file. */
  absent: string[]
  /** The file is in force already, so nothing was done. */
  unchanged: boolean
  /** The file was in force before a later one. */
  older: boolean
  /** If an older file was taken nevertheless: a line that says what this undoes. */
  undone?: string
  department: boolean
}

/** The roster in force; empty before the first import. */
export async function currentRoster(store: Pick<Store, 'get'>): Promise<Roster> {
  const version = await store.get(rosterVersion.key())
  const found = version && (await store.get(rosters.key(rosterVersion.schema.parse(version.value).current)))
  return found ? rosters.schema.parse(found.value) : emptyRoster
}

/** We remember the hashes of this many files that were in force before the last one. */
const filesRemembered = 100

/**
 * Imports a roster file in one commit. `again` says whether a file is taken that was imported already: `never` (at the start), `last` (the
 * one imported last), or `always` (an older one too, which undoes what came after it). Throws NotARoster if the file is none.
 */
export async function importRoster(
  store: Store,
  file: Uint8Array,
  { campaign, again = 'last' }: { campaign: Campaign; again?: 'never' | 'last' | 'always' },
): Promise<Imported> {
  const content = createHash('sha256').update(file).digest('hex')
  for (let attempt = 0; attempt < 10; attempt++) {
    const version = await store.get(rosterVersion.key())
    const inForce = await currentRoster(store)
    const last = version && rosterVersion.schema.parse(version.value)
    const isLast = last?.content === content
    const older = !isLast && (last?.earlier ?? []).includes(content)
    const nothing = { ...summary(inForce), imported: 0, problems: [], hints: [], missing: [], absent: [], older }
    if ((isLast && again === 'never') || (older && again !== 'always')) return { ...nothing, unchanged: true }
    const before = last ? inForce : undefined
    const read = readRosterFile(file, before, campaign.posts)
    if (read.imported === 0) return { ...nothing, problems: read.problems, unchanged: true }
    const recorded = await branchesWithRecords(store, campaign)
    const kept = new Set(read.unnamed.filter((id) => recorded.has(id)))
    const roster = before ? withKept(read.roster, before, kept) : read.roster
    const earlier = [...(last?.earlier ?? []), ...(last ? [last.content] : [])].filter((one) => one !== content)
    const current = `${Date.now()}-${content.slice(0, 12)}`
    const written = await store.commit([
      { put: rosters.key(current), value: roster },
      {
        put: rosterVersion.key(),
        value: { current, content, earlier: [...new Set(earlier)].slice(-filesRemembered) },
        if: version?.version ?? 'absent',
      },
      ...(last ? [{ delete: rosters.key(last.current) }] : []),
      ...(before ? notedNewcomers(campaign, before, roster) : []),
    ])
    if (!written) continue
    const { imported, problems, hints, missing } = read
    const absent = fullNames(roster, [...kept])
    const undo = older ? { undone: undone(inForce, roster) } : {}
    return { ...summary(roster), imported, problems, hints, missing, absent, unchanged: false, older, ...undo }
  }
  throw new StoreUnavailable('roster: too many conflicts')
}

/** The branches that the campaign's official records are about. Their ids are in the keys, and every record has its audit entries. */
async function branchesWithRecords(store: Store, campaign: Campaign): Promise<Set<string>> {
  const found = new Set<string>()
  for await (const { key } of all(store, ['audit']))
    if (key[2] === campaign.id) for (const id of key.slice(3)) found.add(withoutPeriod(id))
  return found
}

/** Puts another roster in force, in the commit of a turn. */
export async function replaceRoster(turn: Turn, roster: Roster): Promise<void> {
  const last = await turn.read(rosterVersion)
  if (!last) throw new TypeError('no roster is in force')
  const current = `${Date.now()}-${randomBytes(6).toString('hex')}`
  await turn.put(rosters, [current], { value: roster })
  await turn.put(rosterVersion, [], { value: { ...last, current } })
  await turn.remove(rosters, [last.current])
}

/** The question to the organization department after an import, or undefined if there is none. */
export function changesInWords({ missing, absent }: Pick<Imported, 'missing' | 'absent'>): string | undefined {
  const lines = [
    ...(missing.length > 0 ? [`新名册里没有：${missing.join('、')}。确认他们不再任职后，请回复“确认移除”。`] : []),
    ...(absent.length > 0
      ? [
          `新名册里没有这${absent.length}个有记录的支部：${absent.join('、')}。记录和统计都保留着。`,
          `改了名的请回复“改名 ${absent[0]} 新名称”，并入别的支部的请回复“并入 ${absent[0]} 支部名”，撤销了的请回复“确认移除 ${absent[0]}”。`,
        ]
      : []),
  ]
  return lines.length > 0 ? lines.join('\n') : undefined
}

/** Tells the organization department which people and branches are not in the newest file. */
export async function tellChanged(
  store: Store,
  world: World,
  { imported, instance }: { imported: Pick<Imported, 'missing' | 'absent'>; instance: string },
): Promise<OutboxRow[]> {
  const text = changesInWords(imported)
  if (text === undefined) return []
  return announced(store, (changes) =>
    tellDepartment(changes, world, { text, about: 'roster', instance, urgent: true }),
  )
}

const summary = (roster: Roster): { people: number; department: boolean } => ({
  people: peopleWithAccount(roster),
  department: holdersOf(roster, 'organization-department').length > 0,
})

export const peopleWithAccount = (roster: Roster): number =>
  roster.people.filter((person) => person.accounts.wecom !== undefined || person.accounts.dingtalk !== undefined).length
