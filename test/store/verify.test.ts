import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { auditedTables, scorecards } from '../../src/bot/records.ts'
import {
  AuditEntry,
  AuditValues,
  auditKey,
  auditValuesKey,
  changeHash,
  Enveloped,
  entryHash,
} from '../../src/store/audit.ts'
import type { DataKeys } from '../../src/store/encrypted.ts'
import {
  countText,
  macOf,
  Seal,
  SealCount,
  seal,
  sealCountKey,
  sealingKeyKey,
  sealKey,
  sealText,
} from '../../src/store/seals.ts'
import { all, type Key, type Store, type Write } from '../../src/store/store.ts'
import { verify } from '../../src/store/verify.ts'
import { onBothEngines } from '../support/engines.ts'
import { aYearOf, type TalkingCollege, talkingCollege } from '../support/talking-college.ts'

const keys: DataKeys = { key: randomBytes(32) }
const at = '2022-04-25T02:00:00Z'
/** What the audit consists of, besides the records themselves. */
const auditTables = [...auditedTables, 'audit', 'audit-values', 'seal', 'seal-count', 'seal-key']

onBothEngines((open) => {
  let store: Store
  let college: TalkingCollege
  const findings = async () => (await verify(store, auditedTables, keys)).findings
  const sealNow = () => seal(store, auditedTables, at, keys)

  beforeAll(async () => {
    store = await open()
    await sealNow()
    college = await talkingCollege(store)
    await college.says('yangxiaodong', '评分 软件教研室 5545 5555 5555 5555 10 10')
    await college.says('yangxiaodong', '提交')
    await sealNow()
    await aYearOf(college)
    await sealNow()
  })

  const valueAt = async (key: Key): Promise<unknown> => (await store.get(key))?.value
  const entryAt = async (record: Key, n: number) => AuditEntry.parse(await valueAt(auditKey(record, n)))
  const valuesAt = async (record: Key, n: number) => AuditValues.parse(await valueAt(auditValuesKey(record, n)))
  const recordAt = async (record: Key) => Enveloped.parse(await valueAt(record))
  const sealAt = async (n: number) => Seal.parse(await valueAt(sealKey(n)))
  const countNow = async () => SealCount.parse(await valueAt(sealCountKey))

  /** Does this to the store behind the program's back, gives what verify says, and undoes it. */
  async function after(writes: readonly Write[]): Promise<string> {
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

  it('finds nothing where nothing was done, and counts what it looked at', async () => {
    const { findings: none, records, entries, seals, unsealed, unkeyed } = await verify(store, auditedTables, keys)
    expect(none).toEqual([])
    expect({ records, entries, seals, unsealed, unkeyed }).toEqual({
      records: 5,
      entries: 9,
      seals: 3,
      unsealed: 0,
      unkeyed: 0,
    })
  })

  const card: Key = scorecards.key('2022', 'b2', 'deciding')
  const other: Key = scorecards.key('2022', 'b1', 'deciding')

  /** All writes that take a chain from `n` on away, with its record. */
  const removedFrom = async (record: Key, n: number): Promise<Write[]> => {
    const { chain } = await recordAt(record)
    return Array.from({ length: chain.n - n + 1 }, (_, i) => [
      { delete: auditKey(record, n + i) },
      { delete: auditValuesKey(record, n + i) },
    ]).flat()
  }
  /** A chain made anew by somebody who knows how, with other scores in its last version. */
  const forged = async (record: Key): Promise<Write[]> => {
    const { value, chain } = await recordAt(record)
    const values = await valuesAt(record, chain.n)
    const to = { ...scorecards.schema.parse(value), scores: Array.from({ length: 18 }, () => 1) }
    const { hash: _, ...entry } = await entryAt(record, chain.n)
    const made = { ...entry, change: changeHash({ ...values, to }) }
    const hash = entryHash(record, made)
    return [
      { put: record, value: { value: to, chain: { n: chain.n, head: hash } } },
      { put: auditKey(record, chain.n), value: { ...made, hash } },
      { put: auditValuesKey(record, chain.n), value: { ...values, to } },
    ]
  }
  /** All seals and their count made anew without the key, or with another one. */
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

  const cases: { [name: string]: () => Promise<Write[]> } = {
    'an altered value': async () => {
      const values = await valuesAt(card, 2)
      return [{ put: auditValuesKey(card, 2), value: { ...values, to: values.from } }]
    },
    'an altered hash': async () => [
      { put: auditKey(card, 2), value: { ...(await entryAt(card, 2)), hash: 'f'.repeat(64) } },
    ],
    'an altered number': async () => [{ put: auditKey(card, 2), value: { ...(await entryAt(card, 2)), n: 7 } }],
    'an altered person': async () => [{ put: auditKey(card, 2), value: { ...(await entryAt(card, 2)), who: 'p1' } }],
    'an entry removed in the middle': async () => [{ delete: auditKey(card, 2) }],
    'an entry removed in the middle with its values': async () => [
      { delete: auditKey(card, 2) },
      { delete: auditValuesKey(card, 2) },
    ],
    'an entry removed at the end': async () => [{ delete: auditKey(card, 4) }, { delete: auditValuesKey(card, 4) }],
    'the last entry removed and the record put back to the version before': async () => [
      ...(await removedFrom(card, 4)),
      {
        put: card,
        value: { value: (await valuesAt(card, 3)).to, chain: { n: 3, head: (await entryAt(card, 3)).hash } },
      },
    ],
    'a whole chain removed': async () => removedFrom(card, 1),
    'a whole chain removed with its record': async () => [...(await removedFrom(card, 1)), { delete: card }],
    'an inserted entry': async () => {
      const entry = { ...(await entryAt(card, 4)), n: 5, previous: (await entryAt(card, 4)).hash }
      return [{ put: auditKey(card, 5), value: { ...entry, hash: entryHash(card, entry) } }]
    },
    'an entry inserted in another place of the order': async () => [
      { put: ['audit', ...card, '0000015'], value: await entryAt(card, 1) },
    ],
    'inserted values': async () => [{ put: auditValuesKey(card, 9), value: await valuesAt(card, 1) }],
    'a record inserted with a chain of its own': async () => [
      { put: scorecards.key('2022', 'b3', 'deciding'), value: await recordAt(card) },
    ],
    'two entries swapped': async () => [
      { put: auditKey(card, 2), value: await entryAt(card, 3) },
      { put: auditKey(card, 3), value: await entryAt(card, 2) },
    ],
    'two entries swapped with their values and numbers': async () => [
      { put: auditKey(card, 2), value: { ...(await entryAt(card, 3)), n: 2 } },
      { put: auditKey(card, 3), value: { ...(await entryAt(card, 2)), n: 3 } },
      { put: auditValuesKey(card, 2), value: await valuesAt(card, 3) },
      { put: auditValuesKey(card, 3), value: await valuesAt(card, 2) },
    ],
    'two records swapped': async () => [
      { put: card, value: await recordAt(other) },
      { put: other, value: await recordAt(card) },
    ],
    'the head altered': async () => [
      { put: card, value: { ...(await recordAt(card)), chain: { n: 4, head: 'f'.repeat(64) } } },
    ],
    'a record changed without an entry': async () => {
      const { value, chain } = await recordAt(card)
      return [{ put: card, value: { value: { ...scorecards.schema.parse(value), state: 'filed' }, chain } }]
    },
    'a record removed': async () => [{ delete: card }],
    'a chain made anew with right hashes': () => forged(card),
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
  describe('finds', () => {
    for (const [name, writes] of Object.entries(cases))
      it(name, async () => {
        expect(await after(await writes())).not.toBe('')
        expect(await findings()).toEqual([])
      })
  })

  it('says which record it is, and in words what is wrong', async () => {
    expect(await after(await (cases['a record removed'] ?? (() => Promise.resolve([])))())).toBe(
      'scorecard/2022/b2/deciding：记录不见了或内容不对。',
    )
    expect(await after([{ delete: sealKey(3) }])).toBe('封存：总数对不上：有2号，应有3号。')
    const renumbered = { ...(await entryAt(card, 2)), n: 7 }
    expect(await after([{ put: auditKey(card, 2), value: renumbered }])).toContain(
      'scorecard/2022/b2/deciding：第2条变更记录的位置上不是它（编号000002）。',
    )
  })

  it('finds any one leaf of any one value altered, any member taken out or put in, any value removed or moved', async () => {
    const kept: { key: Key; value: unknown }[] = []
    for (const table of auditTables) {
      const single = await store.get([table])
      if (single) kept.push(single)
      for await (const record of all(store, [table])) kept.push(record)
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...kept),
        fc.constantFrom(...kept),
        fc.constantFrom('leaf', 'leaf', 'leaf', 'member out', 'member in', 'removed', 'moved'),
        fc.nat(),
        async ({ key, value }, elsewhere, kind, pick) => {
          const moved = JSON.stringify(elsewhere.value) === JSON.stringify(value) ? null : elsewhere.value
          const write: Write =
            kind === 'removed'
              ? { delete: key }
              : { put: key, value: kind === 'moved' ? moved : tampered(value, kind, pick) }
          expect(await after([write])).not.toBe('')
        },
      ),
      { numRuns: 80 },
    )
    expect(await findings()).toEqual([])
  })

  it('goes on beside a program that writes', async () => {
    let done = false
    const writing = (async () => {
      for (let i = 0; i < 12; i++) {
        await college.says('zhaomingyuan', `评分 学生 55${(i % 2) + 3}5 5555 5555 5555 9 10`)
        await college.says('zhaomingyuan', '提交')
        if (i % 4 === 0) await sealNow()
      }
      done = true
    })()
    while (!done) {
      expect(await findings()).toEqual([])
      await new Promise(setImmediate)
    }
    await writing
  })

  it('counts what came after the last seal', async () => {
    await sealNow()
    await college.says('zhaomingyuan', '评分 学生 5545 5545 5555 5555 9 10')
    await college.says('zhaomingyuan', '提交')
    const verified = await verify(store, auditedTables, keys)
    expect([verified.unsealed, verified.findings]).toEqual([1, []])
    await sealNow()
    expect((await verify(store, auditedTables, keys)).unsealed).toBe(0)
  })

  it('without DATA_KEY it finds accidents, and counts the seals that bind nobody who knows how', async () => {
    const plain = await open()
    await seal(plain, auditedTables, at, undefined)
    await aYearOf(await talkingCollege(plain))
    await seal(plain, auditedTables, at, undefined)
    expect(await verify(plain, auditedTables, undefined)).toMatchObject({ findings: [], seals: 2, unkeyed: 2 })
    await plain.commit([{ delete: auditKey(card, 2) }])
    expect((await verify(plain, auditedTables, undefined)).findings).not.toEqual([])
  })

  it('seals from before there was a key stay right, and are counted', async () => {
    const plain = await open()
    await seal(plain, auditedTables, at, undefined)
    await aYearOf(await talkingCollege(plain))
    await seal(plain, auditedTables, at, undefined)
    expect((await verify(plain, auditedTables, keys)).findings).toEqual([
      { place: '封存', sentence: '最后一次没有用 DATA_KEY。刚设置它的话，请重新启动程序后再核对。' },
    ])
    await seal(plain, auditedTables, at, keys)
    expect(await verify(plain, auditedTables, keys)).toMatchObject({ findings: [], seals: 3, unkeyed: 2 })
  })

  it('a change of DATA_KEY changes no seal, and the old key is not needed for them any more', async () => {
    const changed = await open()
    await seal(changed, auditedTables, at, keys)
    await aYearOf(await talkingCollege(changed))
    await seal(changed, auditedTables, at, keys)
    const key = randomBytes(32)
    expect((await verify(changed, auditedTables, { key, old: keys.key })).findings).toEqual([])
    await seal(changed, auditedTables, at, { key, old: keys.key })
    expect((await verify(changed, auditedTables, { key })).findings).toEqual([])
    expect((await verify(changed, auditedTables, keys)).findings).not.toEqual([])
    await expect(seal(changed, auditedTables, at, keys)).rejects.toThrow('the key of seals')
  })

  it('a chain is sealed once: where nothing has changed there is no new seal', async () => {
    await sealNow()
    expect(await sealNow()).toBe(false)
  })
})

/** The value with one leaf another, one member less or one more; `pick` chooses where. */
function tampered(value: unknown, kind: 'leaf' | 'member out' | 'member in', pick: number): unknown {
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
