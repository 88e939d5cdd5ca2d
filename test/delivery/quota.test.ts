import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Quota } from '../../src/delivery/quota.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import type { Store } from '../../src/store/store.ts'

let dir: string
let store: Store
let warned: string[]
let now: number
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'quota-'))
  store = await openEmbedded(dir, { kind: 'platform' })
  warned = []
  now = Date.parse('2026-05-31T23:00:00+08:00')
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

const quota = (limit = { calls: 10, pushes: 10 }) =>
  new Quota({
    store,
    channel: 'dingtalk',
    limit,
    warn: async (kind, used, most) => void warned.push(`${kind} ${used}/${most}`),
    log: { error: () => undefined },
    now: () => now,
  })
const times = (count: number, one: Quota, kind: 'call' | 'push'): void => {
  for (let i = 0; i < count; i++) one.count(kind)
}

describe('the month’s use of a quota', () => {
  it('is known at once, and after a restart', async () => {
    const one = quota()
    times(3, one, 'call')
    times(2, one, 'push')
    expect(await one.used()).toEqual({ calls: 3, pushes: 2 })
    await one.flush()
    expect(await quota().state()).toEqual([
      { channel: 'dingtalk', kind: 'calls', used: 3, limit: 10 },
      { channel: 'dingtalk', kind: 'pushes', used: 2, limit: 10 },
    ])
  })

  it('is the sum of all instances', async () => {
    const [one, other] = [quota(), quota()]
    times(3, one, 'call')
    times(4, other, 'call')
    await Promise.all([one.flush(), other.flush()])
    expect(await one.used()).toEqual({ calls: 7, pushes: 0 })
  })

  it('begins again with the month in Shanghai', async () => {
    const one = quota()
    times(5, one, 'call')
    await one.flush()
    now = Date.parse('2026-06-01T00:00:00+08:00')
    expect(await one.used()).toEqual({ calls: 0, pushes: 0 })
  })

  it('is told once when four fifths of a kind are used up', async () => {
    const one = quota()
    for (let i = 0; i < 12; i++) {
      one.count('push')
      await one.flush()
    }
    times(7, one, 'call')
    await one.flush()
    expect(warned).toEqual(['pushes 8/10'])
  })

  it('is counted on while the store cannot be written', async () => {
    const one = quota()
    const commit = store.commit.bind(store)
    let broken = true
    store.commit = async (writes) => {
      if (broken) throw new Error('full')
      return commit(writes)
    }
    times(3, one, 'call')
    await one.flush()
    broken = false
    one.count('call')
    await one.flush()
    expect(await quota().used()).toEqual({ calls: 4, pushes: 0 })
  })
})
