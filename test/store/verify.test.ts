import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { auditedTables } from '../../handlers/all.ts'
import { AuditEntry, auditKey } from '../../src/store/audit.ts'
import type { DataKeys } from '../../src/store/encrypted.ts'
import { seal, sealKey } from '../../src/store/seals.ts'
import { all, type Key, type Store, type Write } from '../../src/store/store.ts'
import { verify } from '../../src/store/verify.ts'
import { onBothEngines } from '../support/engines.ts'
import { aYearOf, type TalkingCollege, talkingCollege } from '../support/talking-college.ts'
import { card, saidAfter, tampered, tamperings } from './tampering.ts'

const keys: DataKeys = { key: randomBytes(32) }
const at = '2022-04-25T02:00:00Z'
/** The tables of the audit, besides the records themselves. */
const auditTables = [...auditedTables, 'audit', 'audit-values', 'seal', 'seal-count', 'seal-key']

onBothEngines((open) => {
  let store: Store
  let college: TalkingCollege
  const findings = async () => (await verify(store, auditedTables, keys)).findings
  const sealNow = () => seal(store, auditedTables, { at, keys })

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

  const after = (writes: readonly Write[]): Promise<string> => saidAfter(store, writes, findings)

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

  describe('finds', () => {
    for (const [name, writes] of Object.entries(tamperings({ get: (key) => store.get(key) })))
      it(name, async () => {
        expect(await after(await writes())).not.toBe('')
        expect(await findings()).toEqual([])
      })
  })

  it('says which record it is, and in words what is wrong', async () => {
    expect(await after([{ delete: card }])).toBe('scorecard/2022/b2/deciding：记录不见了或内容不对。')
    expect(await after([{ delete: sealKey(3) }])).toBe('封存：总数对不上：有2号，应有3号。')
    const renumbered = AuditEntry.parse((await store.get(auditKey(card, 3)))?.value)
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
    await college.says('yangxiaodong', '评分 软件教研室 5545 5545 5555 5555 9 10')
    await college.says('yangxiaodong', '提交')
    const verified = await verify(store, auditedTables, keys)
    expect([verified.unsealed, verified.findings]).toEqual([1, []])
    await sealNow()
    expect((await verify(store, auditedTables, keys)).unsealed).toBe(0)
  })

  it('without DATA_KEY it finds accidents, and counts the seals that bind nobody who knows how', async () => {
    const plain = await open()
    await seal(plain, auditedTables, { at, keys: undefined })
    await aYearOf(await talkingCollege(plain))
    await seal(plain, auditedTables, { at, keys: undefined })
    expect(await verify(plain, auditedTables, undefined)).toMatchObject({ findings: [], seals: 2, unkeyed: 2 })
    await plain.commit([{ delete: auditKey(card, 2) }])
    expect((await verify(plain, auditedTables, undefined)).findings).not.toEqual([])
  })

  it('seals from before there was a key stay right, and are counted', async () => {
    const plain = await open()
    await seal(plain, auditedTables, { at, keys: undefined })
    await aYearOf(await talkingCollege(plain))
    await seal(plain, auditedTables, { at, keys: undefined })
    expect((await verify(plain, auditedTables, keys)).findings).toEqual([
      { place: '封存', sentence: '最后一次没有用 DATA_KEY。刚设置它的话，请重新启动程序后再核对。' },
    ])
    await seal(plain, auditedTables, { at, keys })
    expect(await verify(plain, auditedTables, keys)).toMatchObject({ findings: [], seals: 3, unkeyed: 2 })
  })

  it('a change of DATA_KEY changes no seal, and the old key is not needed for them any more', async () => {
    const changed = await open()
    await seal(changed, auditedTables, { at, keys })
    await aYearOf(await talkingCollege(changed))
    await seal(changed, auditedTables, { at, keys })
    const key = randomBytes(32)
    expect((await verify(changed, auditedTables, { key, old: keys.key })).findings).toEqual([])
    await seal(changed, auditedTables, { at, keys: { key, old: keys.key } })
    expect((await verify(changed, auditedTables, { key })).findings).toEqual([])
    expect((await verify(changed, auditedTables, keys)).findings).not.toEqual([])
    await expect(seal(changed, auditedTables, { at, keys })).rejects.toThrow('the key of seals')
  })

  it('a chain is sealed once: where nothing has changed there is no new seal', async () => {
    await sealNow()
    expect(await sealNow()).toBe(false)
  })
})
