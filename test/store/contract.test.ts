import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openRedis } from '../../src/store/redis.ts'
import { all, type Key, type Store, type Write } from '../../src/store/store.ts'
import { startRedis } from '../support/redis-server.ts'
import { describeWith } from '../support/tools.ts'

const clock = { at: 1_650_000_000_000 }
const now = (): number => clock.at

describe('embedded', () => {
  const folders: string[] = []
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })
  contract(() => {
    const folder = mkdtempSync(join(tmpdir(), 'store-'))
    folders.push(folder)
    return openEmbedded(folder, { kind: 'platform', now })
  })
})

describeWith('redis-server', 'redis', () => {
  let server: Awaited<ReturnType<typeof startRedis>>
  let stores = 0
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())
  contract(() => openRedis(server.url, `store-${++stores}`, { now }))
})

/** The rules that both engines keep. `open` makes an empty store whose clock is `clock`. */
function contract(open: () => Promise<Store>): void {
  let store: Store
  beforeEach(async () => {
    store = await open()
    return () => store.close()
  })
  const put = (key: Key, value: unknown = true): Promise<boolean> => store.commit([{ put: key, value }])
  const keys = async (prefix: Key, page = {}): Promise<Key[]> => (await store.list(prefix, page)).map(({ key }) => key)
  const versionOf = async (key: Key): Promise<string> => (await store.get(key))?.version ?? 'absent'

  describe('marks', () => {
    it('differ once anything of their table was written, and only then', async () => {
      await put(['card', 'b1'])
      await put(['cards', 'b1'])
      const before = await store.marks(['card', 'cards', 'none'])
      expect(await store.marks(['card', 'cards', 'none'])).toEqual(before)
      await store.commit([{ check: ['card', 'b1'], if: 'absent' }])
      await put(['card', 'b2', 'deciding'])
      const after = await store.marks(['card', 'cards', 'none'])
      expect(after[0]).not.toBe(before[0])
      expect(after.slice(1)).toEqual(before.slice(1))
      await store.commit([{ delete: ['card', 'b2', 'deciding'] }, { put: ['none'], value: 1 }])
      const last = await store.marks(['card', 'cards', 'none'])
      expect(last.map((mark, i) => mark === after[i])).toEqual([false, true, false])
    })
    it('of nothing are none', async () => {
      expect(await store.marks([])).toEqual([])
    })
  })

  describe('values', () => {
    it('come out equal to what went in', async () => {
      await fc.assert(
        fc.asyncProperty(fc.jsonValue({ stringUnit: 'binary' }), async (value) => {
          await put(['v'], value)
          expect((await store.get(['v']))?.value).toEqual(JSON.parse(JSON.stringify(value)))
        }),
        { numRuns: 200 },
      )
    })
    it('keep Chinese, emoji, odd spaces, half points, nesting and empty texts', async () => {
      const value = {
        名: '软件一支部 🚩\u0000\u2028 “”',
        points: [4.5, 0, -1, 1e21],
        deep: { a: [{ b: null }] },
        empty: '',
      }
      await put(['v'], value)
      expect(await store.get(['v'])).toMatchObject({ key: ['v'], value })
    })
    it('of a hundred thousand characters are kept', async () => {
      await put(['v'], '党'.repeat(100_000))
      expect((await store.get(['v']))?.value).toBe('党'.repeat(100_000))
    })
    it('that are no JSON data are refused, and what is committed beside them stands', async () => {
      const beside = put(['other'])
      await expect(put(['v'], () => 'a function')).rejects.toThrow(TypeError)
      await expect(put([], 1)).rejects.toThrow(TypeError)
      await expect(put(['half \ud800'], 1)).rejects.toThrow(TypeError)
      expect(await beside).toBe(true)
      expect(await keys([])).toEqual([['other']])
    })
  })

  describe('versions', () => {
    it('differ after every writing, also of the same value and after delete and re-creation', async () => {
      const seen = new Set<string>()
      for (let n = 0; n < 20; n++) {
        await put(['a'], 'same')
        seen.add(await versionOf(['a']))
        if (n % 3 === 0) await store.commit([{ delete: ['a'] }])
      }
      expect(seen.size).toBe(20)
    })
    it('stay while others write', async () => {
      await put(['a'])
      const version = await versionOf(['a'])
      await put(['b'])
      expect(await versionOf(['a'])).toBe(version)
    })
  })

  describe('checks', () => {
    const stored = ['stored']
    beforeEach(() => put(stored, 1).then(() => undefined))

    it('“absent” holds only where there is nothing', async () => {
      expect(await store.commit([{ put: ['new'], value: 1, if: 'absent' }])).toBe(true)
      expect(await store.commit([{ put: ['new'], value: 2, if: 'absent' }])).toBe(false)
      expect((await store.get(['new']))?.value).toBe(1)
    })
    it('a version holds only while it is the stored one', async () => {
      const version = await versionOf(stored)
      expect(await store.commit([{ put: stored, value: 2, if: version }])).toBe(true)
      expect(await store.commit([{ put: stored, value: 3, if: version }])).toBe(false)
      expect((await store.get(stored))?.value).toBe(2)
    })
    it('a delete with an outdated version deletes nothing', async () => {
      const version = await versionOf(stored)
      await put(stored, 2)
      expect(await store.commit([{ delete: stored, if: version }])).toBe(false)
      expect(await store.commit([{ delete: stored, if: await versionOf(stored) }])).toBe(true)
      expect(await store.get(stored)).toBeUndefined()
    })
    it('a check alone changes nothing', async () => {
      const version = await versionOf(stored)
      expect(await store.commit([{ check: stored, if: version }])).toBe(true)
      expect(await store.commit([{ check: stored, if: 'absent' }])).toBe(false)
      expect(await store.commit([{ check: ['nothing'], if: 'absent' }])).toBe(true)
      expect(await store.commit([{ check: ['nothing'], if: version }])).toBe(false)
      expect(await versionOf(stored)).toBe(version)
    })
    it('one that fails, wherever it stands, leaves nothing of the commit', async () => {
      const writes: Write[] = [{ put: ['x'], value: 1 }, { delete: stored }, { put: ['y'], value: 1 }]
      for (let place = 0; place <= writes.length; place++) {
        const failing: Write = { check: stored, if: 'absent' }
        expect(await store.commit([...writes.slice(0, place), failing, ...writes.slice(place)])).toBe(false)
      }
      expect(await keys([])).toEqual([stored])
    })
    it('of several new keys, one that is taken leaves none of the others', async () => {
      await store.commit([{ put: ['taken'], value: 1, if: 'absent' }])
      const fresh = (key: string): Write => ({ put: [key], value: 2, if: 'absent' })
      for (const order of [
        ['taken', 'a', 'b'],
        ['a', 'taken', 'b'],
        ['a', 'b', 'taken'],
      ])
        expect(await store.commit([...order.map(fresh), { put: stored, value: 2 }])).toBe(false)
      expect(await keys([])).toEqual([stored, ['taken']])
      expect(await store.getMany([['taken'], ['a'], stored])).toMatchObject([{ value: 1 }, undefined, { value: 1 }])
      expect(await store.commit([fresh('a'), fresh('b')])).toBe(true)
    })
    it('are judged on what stood before the commit', async () => {
      const commit: Write[] = [
        { put: ['x'], value: 1, if: 'absent' },
        { check: ['x'], if: 'absent' },
        { put: ['x'], value: 2 },
      ]
      expect(await store.commit(commit)).toBe(true)
      expect((await store.get(['x']))?.value).toBe(2)
    })
    it('a commit without writes succeeds', async () => {
      expect(await store.commit([])).toBe(true)
    })
  })

  describe('commits at the same time', () => {
    it('exactly one of fifty wins an absent key', async () => {
      const claims = Array.from({ length: 50 }, (_, n) => store.commit([{ put: ['lease'], value: n, if: 'absent' }]))
      const won = (await Promise.all(claims)).flatMap((done, n) => (done ? [n] : []))
      expect(won).toEqual([(await store.get(['lease']))?.value])
    })
    it('one that fails its checks does not undo the others', async () => {
      await put(['taken'])
      const results = await Promise.all([
        store.commit([{ put: ['a'], value: 1 }]),
        store.commit([
          { put: ['b'], value: 1 },
          { check: ['taken'], if: 'absent' },
        ]),
        store.commit([{ put: ['c'], value: 1, if: 'absent' }]),
      ])
      expect(results).toEqual([true, false, true])
      expect(await keys([])).toEqual([['a'], ['c'], ['taken']])
    })
    it('a counter that everybody raises from what they read loses no count', async () => {
      await put(['counter'], 0)
      const raise = async (): Promise<void> => {
        for (;;) {
          const found = await store.get(['counter'])
          if (
            await store.commit([{ put: ['counter'], value: Number(found?.value) + 1, if: found?.version ?? 'absent' }])
          )
            return
        }
      }
      await Promise.all(Array.from({ length: 20 }, raise))
      expect((await store.get(['counter']))?.value).toBe(20)
    })
    it('readers see all of a commit or nothing of it', async () => {
      const pair: Key[] = [['left'], ['right']]
      const writing = Array.from({ length: 40 }, (_, n) => store.commit(pair.map((key) => ({ put: key, value: n }))))
      const seen = await Promise.all(Array.from({ length: 40 }, () => store.getMany(pair)))
      await Promise.all(writing)
      for (const [left, right] of seen) expect(left?.value).toBe(right?.value)
    })
  })

  describe('reading', () => {
    it('shows what was just committed', async () => {
      for (let n = 0; n < 50; n++) {
        await put(['a', String(n)], n)
        expect((await store.get(['a', String(n)]))?.value).toBe(n)
        expect(await keys(['a'])).toHaveLength(n + 1)
      }
    })
    it('many at once gives them in the order asked, with gaps', async () => {
      await store.commit([
        { put: ['a'], value: 1 },
        { put: ['b'], value: 2 },
      ])
      const found = await store.getMany([['b'], ['nothing'], ['a'], ['b']])
      expect(found.map((one) => one?.value)).toEqual([2, undefined, 1, 2])
      expect(await store.getMany([])).toEqual([])
    })
    it('a deleted record is gone from get and list', async () => {
      await put(['a', '1'])
      await store.commit([{ delete: ['a', '1'] }])
      expect([await store.get(['a', '1']), await keys(['a'])]).toEqual([undefined, []])
    })
  })

  describe('expiry', () => {
    const put = (key: Key, seconds: number): Promise<boolean> =>
      store.commit([{ put: key, value: seconds, expiresAt: clock.at + seconds * 1000 }])

    it('hides a record from the very moment on, everywhere', async () => {
      await put(['a', 'short'], 1)
      await put(['a', 'long'], 60)
      clock.at += 999
      expect(await keys(['a'])).toEqual([
        ['a', 'long'],
        ['a', 'short'],
      ])
      clock.at += 1
      expect(await store.get(['a', 'short'])).toBeUndefined()
      expect(
        (
          await store.getMany([
            ['a', 'short'],
            ['a', 'long'],
          ])
        ).map((one) => one?.value),
      ).toEqual([undefined, 60])
      expect(await keys(['a'])).toEqual([['a', 'long']])
    })
    it('makes a key absent again: who claims it then wins, and the old owner has lost', async () => {
      await put(['lease'], 15)
      const version = await versionOf(['lease'])
      clock.at += 15_000
      expect(await store.commit([{ put: ['lease'], value: 'late', if: version }])).toBe(false)
      expect(await store.commit([{ put: ['lease'], value: 'next', if: 'absent' }])).toBe(true)
      expect((await store.get(['lease']))?.value).toBe('next')
    })
    it('ends when the record is written without it', async () => {
      await put(['a'], 1)
      await store.commit([{ put: ['a'], value: 'for good' }])
      clock.at += 5000
      expect(await store.sweep()).toBe(0)
      expect((await store.get(['a']))?.value).toBe('for good')
    })
    it('is told with the record, so that a copy of it ends when it does', async () => {
      await put(['a', 'short'], 1)
      await store.commit([{ put: ['a', 'ever'], value: 1 }])
      const at = clock.at + 1000
      expect((await store.get(['a', 'short']))?.expiresAt).toBe(at)
      expect((await store.getMany([['a', 'short']]))[0]?.expiresAt).toBe(at)
      expect((await store.list(['a'])).map(({ expiresAt }) => expiresAt)).toEqual([undefined, at])
      expect(await store.get(['a', 'ever'])).not.toHaveProperty('expiresAt')
    })
    it('does not shorten a page: expired records are not counted', async () => {
      await store.commit(
        Array.from({ length: 3000 }, (_, n) => ({ put: ['a', number(n)], value: n, expiresAt: clock.at + 1 })),
      )
      await store.commit([3000, 3001, 3002].map((n) => ({ put: ['a', number(n)], value: n })))
      clock.at += 1
      expect(await keys(['a'], { limit: 2 })).toEqual([
        ['a', number(3000)],
        ['a', number(3001)],
      ])
      expect(await keys(['a'], { before: ['a', number(3001)], limit: 2, reverse: true })).toEqual([['a', number(3000)]])
    })
    it('a sweep deletes what has expired, all of it and nothing else, and says how many', async () => {
      await store.commit(
        Array.from({ length: 1234 }, (_, n) => ({ put: ['a', number(n)], value: n, expiresAt: clock.at + 1 })),
      )
      await put(['later'], 60)
      await store.commit([{ put: ['ever'], value: 1 }])
      clock.at += 1
      expect(await store.sweep()).toBe(1234)
      expect(await store.sweep()).toBe(0)
      clock.at -= 1
      expect(await keys([])).toEqual([['ever'], ['later']])
    })
  })

  describe('order', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc
        .array(fc.constantFrom('\u0000', '\u0001', '\u0002', '\u0003', 'a', '\u007f', '党', '\uffff', '🚩'), {
          maxLength: 4,
        })
        .map((some) => some.join('')),
    )
    const anyKey = fc.array(part, { minLength: 1, maxLength: 4 })

    it('is part by part in the order of UTF-8, with any characters in a part', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(anyKey, { selector: (key) => JSON.stringify(key), maxLength: 30 }),
          async (written) => {
            await store.commit(written.map((key) => ({ put: key, value: key })))
            const expected = written.toSorted(byParts)
            expect(await keys([])).toEqual(expected)
            expect((await store.list([])).map(({ value }) => value)).toEqual(expected)
            expect(await keys([], { reverse: true })).toEqual(expected.toReversed())
            await store.commit(written.map((key) => ({ delete: key })))
          },
        ),
        { numRuns: 100 },
      )
    })
    it('a list holds all below the prefix, never the prefix itself nor a longer word', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyKey, { maxLength: 30 }),
          fc.array(part, { maxLength: 2 }),
          async (written, prefix) => {
            const below = [...written, ...written.map((key) => [...prefix, ...key])]
            await store.commit(below.map((key) => ({ put: key, value: 1 })))
            const isBelow = (key: Key): boolean =>
              key.length > prefix.length && prefix.every((one, place) => key[place] === one)
            expect(await keys(prefix)).toEqual((await keys([])).filter(isBelow))
            await store.commit(below.map((key) => ({ delete: key })))
          },
        ),
        { numRuns: 100 },
      )
    })
  })

  describe('pages', () => {
    it('an empty prefix is the whole store, page by page', async () => {
      const written = [['a'], ['a', ''], ['a', '1'], ['b', '\u0000'], ['', 'x'], ['党', '🚩'], ['\uffff', '\u{10ffff}']]
      await store.commit(written.map((key) => ({ put: key, value: 1 })))
      for (const size of [1, 3, 1000]) {
        const found: Key[] = []
        for await (const { key } of all(store, [], size)) found.push(key)
        expect(found).toEqual(written.toSorted(byParts))
      }
    })
    it('walk ten thousand keys in both directions, each exactly once', async () => {
      for (let start = 0; start < 10_000; start += 1000)
        await store.commit(
          Array.from({ length: 1000 }, (_, n) => ({ put: ['page', number(start + n)], value: start + n })),
        )
      await store.commit([
        { put: ['pag'], value: 0 },
        { put: ['page'], value: 0 },
        { put: ['page0', 'x'], value: 0 },
      ])
      const expected = Array.from({ length: 10_000 }, (_, n) => n)

      const forward: unknown[] = []
      for await (const { value } of all(store, ['page'], 777)) forward.push(value)
      expect(forward).toEqual(expected)

      const backward: unknown[] = []
      for (let before: Key | undefined; ; ) {
        const page = await store.list(['page'], { limit: 777, reverse: true, ...(before ? { before } : {}) })
        backward.push(...page.map(({ value }) => value))
        before = page.at(-1)?.key
        if (page.length < 777) break
      }
      expect(backward).toEqual(expected.toReversed())
      expect(await store.list(['page'])).toHaveLength(1000)
      expect(await store.list(['page'], { limit: 20_000 })).toHaveLength(10_000)
    })
    it('between two keys leave both out, and stay below the prefix', async () => {
      for (const name of ['a', 'b', 'c', 'd']) await put(['p', name])
      await put(['o', 'x'])
      await put(['q', 'x'])
      expect(await keys(['p'], { after: ['p', 'a'], before: ['p', 'd'] })).toEqual([
        ['p', 'b'],
        ['p', 'c'],
      ])
      expect(await keys(['p'], { after: ['p', 'bb'] })).toEqual([
        ['p', 'c'],
        ['p', 'd'],
      ])
      expect(await keys(['p'], { after: ['a'], before: ['z'] })).toHaveLength(4)
      expect(await keys(['p'], { after: ['z'] })).toEqual([])
      expect(await keys(['p'], { after: ['p', 'a'], limit: 1, reverse: true })).toEqual([['p', 'd']])
    })
  })

  it('after close every call is refused as unavailable', async () => {
    const other = await open()
    await other.close()
    await expect(other.get(['a'])).rejects.toMatchObject({ name: 'StoreUnavailable' })
    await expect(other.commit([{ put: ['a'], value: 1 }])).rejects.toMatchObject({ name: 'StoreUnavailable' })
  })
}

const number = (n: number): string => String(n).padStart(6, '0')

function byParts(a: Key, b: Key): number {
  for (const [place, part] of a.entries()) {
    const other = b[place]
    if (other === undefined) return 1
    const order = Buffer.compare(Buffer.from(part), Buffer.from(other))
    if (order !== 0) return order
  }
  return a.length - b.length
}
