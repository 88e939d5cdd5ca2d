import { randomBytes } from 'node:crypto'
import { scorecards } from '../../src/bot/records/records.ts'
import {
  AuditEntry,
  AuditValues,
  auditKey,
  auditValuesKey,
  changeHash,
  Enveloped,
  entryHash,
} from '../../src/store/audit.ts'
import {
  countText,
  macOf,
  Seal,
  SealCount,
  sealCountKey,
  sealingKeyKey,
  sealKey,
  sealText,
} from '../../src/store/seals.ts'
import type { Key, Store, Write } from '../../src/store/store.ts'

const at = '2022-04-25T02:00:00Z'
export const card: Key = scorecards.key('2022', 'b2', 'deciding')
const other: Key = scorecards.key('2022', 'b1', 'deciding')

type Readable = Pick<Store, 'get'>
export type Tamperings = { [name: string]: () => Promise<Write[]> }

/** Reads the store behind the program's back. */
const readerOf = (store: Readable) => {
  const valueAt = async (key: Key): Promise<unknown> => (await store.get(key))?.value
  return {
    entryAt: async (record: Key, n: number) => AuditEntry.parse(await valueAt(auditKey(record, n))),
    valuesAt: async (record: Key, n: number) => AuditValues.parse(await valueAt(auditValuesKey(record, n))),
    recordAt: async (record: Key) => Enveloped.parse(await valueAt(record)),
    sealAt: async (n: number) => Seal.parse(await valueAt(sealKey(n))),
    countNow: async () => SealCount.parse(await valueAt(sealCountKey)),
  }
}

/** Every kind of damage to one record and its chain of four entries, by name: the writes to the store. `other` is another record. */
export function recordTamperings(store: Readable, record: Key, other: Key): Tamperings {
  const { entryAt, valuesAt, recordAt } = readerOf(store)
  /** All writes that remove its chain from entry `n` on. */
  const removedFrom = async (n: number): Promise<Write[]> => {
    const { chain } = await recordAt(record)
    return Array.from({ length: chain.n - n + 1 }, (_, i) => [
      { delete: auditKey(record, n + i) },
      { delete: auditValuesKey(record, n + i) },
    ]).flat()
  }
  /** A chain forged by somebody who knows how, with another value in its last version. */
  const forged = async (): Promise<Write[]> => {
    const { value, chain } = await recordAt(record)
    const values = await valuesAt(record, chain.n)
    const to = tampered(value, 'leaf', 0)
    const { hash: _, ...entry } = await entryAt(record, chain.n)
    const made = { ...entry, change: changeHash({ ...values, to }) }
    const hash = entryHash(record, made)
    return [
      { put: record, value: { value: to, chain: { n: chain.n, head: hash } } },
      { put: auditKey(record, chain.n), value: { ...made, hash } },
      { put: auditValuesKey(record, chain.n), value: { ...values, to } },
    ]
  }
  return {
    'an altered value': async () => {
      const values = await valuesAt(record, 2)
      return [{ put: auditValuesKey(record, 2), value: { ...values, to: values.from } }]
    },
    'an altered hash': async () => [
      { put: auditKey(record, 2), value: { ...(await entryAt(record, 2)), hash: 'f'.repeat(64) } },
    ],
    'an altered number': async () => [{ put: auditKey(record, 2), value: { ...(await entryAt(record, 2)), n: 7 } }],
    'an altered person': async () => [
      { put: auditKey(record, 2), value: { ...(await entryAt(record, 2)), who: 'p1' } },
    ],
    'an entry removed in the middle': async () => [{ delete: auditKey(record, 2) }],
    'an entry removed in the middle with its values': async () => [
      { delete: auditKey(record, 2) },
      { delete: auditValuesKey(record, 2) },
    ],
    'an entry removed at the end': async () => [{ delete: auditKey(record, 4) }, { delete: auditValuesKey(record, 4) }],
    'the last entry removed and the record put back to the version before': async () => [
      ...(await removedFrom(4)),
      {
        put: record,
        value: { value: (await valuesAt(record, 3)).to, chain: { n: 3, head: (await entryAt(record, 3)).hash } },
      },
    ],
    'a whole chain removed': async () => removedFrom(1),
    'a whole chain removed with its record': async () => [...(await removedFrom(1)), { delete: record }],
    'an inserted entry': async () => {
      const entry = { ...(await entryAt(record, 4)), n: 5, previous: (await entryAt(record, 4)).hash }
      return [{ put: auditKey(record, 5), value: { ...entry, hash: entryHash(record, entry) } }]
    },
    'an entry inserted in another place of the order': async () => [
      { put: ['audit', ...record, '0000015'], value: await entryAt(record, 1) },
    ],
    'inserted values': async () => [{ put: auditValuesKey(record, 9), value: await valuesAt(record, 1) }],
    'a record inserted with a chain of its own': async () => [
      { put: [...record.slice(0, -1), 'inserted'], value: await recordAt(record) },
    ],
    'two entries swapped': async () => [
      { put: auditKey(record, 2), value: await entryAt(record, 3) },
      { put: auditKey(record, 3), value: await entryAt(record, 2) },
    ],
    'two entries swapped with their values and numbers': async () => [
      { put: auditKey(record, 2), value: { ...(await entryAt(record, 3)), n: 2 } },
      { put: auditKey(record, 3), value: { ...(await entryAt(record, 2)), n: 3 } },
      { put: auditValuesKey(record, 2), value: await valuesAt(record, 3) },
      { put: auditValuesKey(record, 3), value: await valuesAt(record, 2) },
    ],
    'two records swapped': async () => [
      { put: record, value: await recordAt(other) },
      { put: other, value: await recordAt(record) },
    ],
    'the head altered': async () => [
      { put: record, value: { ...(await recordAt(record)), chain: { n: 4, head: 'f'.repeat(64) } } },
    ],
    'a record changed without an entry': async () => {
      const { value, chain } = await recordAt(record)
      return [{ put: record, value: { value: tampered(value, 'leaf', 1), chain } }]
    },
    'a record removed': async () => [{ delete: record }],
    'a chain made anew with right hashes': forged,
  }
}

/** Every kind of tampering, by name. There are four entries of `card` and three seals. */
export function tamperings(store: Readable): Tamperings {
  const { sealAt, countNow } = readerOf(store)
  /** All seals and their count made anew, without the key or with another one. */
  const resealed = async (secret: Uint8Array | undefined, n: number): Promise<Write[]> => {
    const writes: Write[] = []
    let previous = ''
    for (let i = 1; i <= n; i++) {
      const made = { ...(await sealAt(i)), previous, keyed: secret !== undefined }
      previous = macOf(sealText(made), secret)
      writes.push({ put: sealKey(i), value: { ...made, mac: previous } })
    }
    const mac = macOf(countText(n, previous), secret)
    return [...writes, { put: sealCountKey, value: { n, keyed: secret !== undefined, mac } }]
  }

  return {
    ...recordTamperings(store, card, other),
    'a seal altered': async () => [{ put: sealKey(2), value: { ...(await sealAt(2)), at: '2022-01-01T00:00:00Z' } }],
    'a seal removed': async () => [{ delete: sealKey(2) }],
    'the last seal removed': async () => [{ delete: sealKey(3) }],
    'the last seal removed and the count made anew without the key': async () => [
      { delete: sealKey(3) },
      { put: sealCountKey, value: { n: 2, keyed: false, mac: macOf(countText(2, (await sealAt(2)).mac), undefined) } },
    ],
    'a seal inserted': async () => {
      const made = { n: 4, at, heads: [], previous: (await sealAt(3)).mac, keyed: true }
      return [{ put: sealKey(4), value: { ...made, mac: 'f'.repeat(64) } }]
    },
    'a seal inserted without the key, and counted': async () => {
      const made = { n: 4, at, heads: [], previous: (await sealAt(3)).mac }
      const mac = macOf(sealText(made), undefined)
      return [
        { put: sealKey(4), value: { ...made, keyed: false, mac } },
        { put: sealCountKey, value: { n: 4, keyed: false, mac: macOf(countText(4, mac), undefined) } },
      ]
    },
    'the count of seals altered': async () => [{ put: sealCountKey, value: { ...(await countNow()), n: 4 } }],
    'the count of seals removed': async () => [{ delete: sealCountKey }],
    'all seals removed': async () => [1, 2, 3].map((n) => ({ delete: sealKey(n) })),
    'all seals removed with their count and key': async () => [
      ...[1, 2, 3].map((n) => ({ delete: sealKey(n) })),
      { delete: sealCountKey },
      { delete: sealingKeyKey },
    ],
    'all seals made anew without the key': () => resealed(undefined, 3),
    'all seals made anew without the key, and the key of seals removed': async () => [
      ...(await resealed(undefined, 3)),
      { delete: sealingKeyKey },
    ],
    'all seals made anew with another key': () => resealed(randomBytes(32), 3),
    'the key of seals exchanged': async () => [{ put: sealingKeyKey, value: { locked: 'AAAA' } }],
  }
}

/** The value with one leaf changed, or one member more or less. `pick` chooses the place. */
export function tampered(value: unknown, kind: 'leaf' | 'member out' | 'member in', pick: number): unknown {
  const places: (() => unknown)[] = []
  const walk = (part: unknown, put: (changed: unknown) => unknown): void => {
    if (typeof part === 'object' && part !== null) {
      const members = Object.entries(part)
      const rebuilt = (changed: [string, unknown][]): unknown =>
        put(Array.isArray(part) ? changed.map(([, one]) => one) : Object.fromEntries(changed))
      if (kind === 'member in') places.push(() => rebuilt([...members, ['more', 1]]))
      for (const [name, inner] of members) {
        if (kind === 'member out') places.push(() => rebuilt(members.filter(([one]) => one !== name)))
        walk(inner, (changed) => rebuilt(members.map(([one, same]) => [one, one === name ? changed : same])))
      }
    } else if (kind === 'leaf') places.push(() => put(otherThan(part)))
  }
  walk(value, (changed) => changed)
  return (places[pick % places.length] ?? (() => null))()
}
function otherThan(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf + 1
  if (typeof leaf === 'boolean') return !leaf
  return typeof leaf === 'string' ? `${leaf.startsWith('x') ? 'y' : 'x'}${leaf.slice(1)}` : 'x'
}

/** Applies this to the store behind the program's back, returns what verify says, and undoes it. */
export async function saidAfter(
  store: Store,
  writes: readonly Write[],
  findings: () => Promise<readonly { place: string; sentence: string }[]>,
): Promise<string> {
  const before: Write[] = []
  for (const write of writes) {
    const key = 'put' in write ? write.put : 'delete' in write ? write.delete : []
    const found = await store.get(key)
    before.unshift(found ? { put: key, value: found.value } : { delete: key })
  }
  await store.commit(writes)
  const said = (await findings()).map(({ place, sentence }) => `${place}：${sentence}`).join('\n')
  await store.commit(before)
  return said
}
