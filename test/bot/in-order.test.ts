import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Shared } from '../../src/bot/shared.ts'
import { InOrder } from '../../src/bot/turn/in-order.ts'

it('jobs of one name run one after another in their order, whatever fails; other names do not wait', async () => {
  const job = fc.record({ name: fc.constantFrom('a', 'b'), ticks: fc.nat(4), fails: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(job, { maxLength: 20 }), async (jobs) => {
      const order = new InOrder()
      const log: string[] = []
      const done = jobs.map(({ name, ticks, fails }, i) =>
        order.run(name, async () => {
          log.push(`${name} begins ${i}`)
          for (let tick = 0; tick < ticks; tick++) await new Promise(setImmediate)
          log.push(`${name} ends ${i}`)
          if (fails) throw new Error(`job ${i}`)
          return i
        }),
      )
      const settled = await Promise.allSettled(done)
      expect(settled.map((one) => one.status === 'rejected')).toEqual(jobs.map(({ fails }) => fails))
      for (const name of ['a', 'b']) {
        const mine = jobs.flatMap((one, i) => (one.name === name ? [`${name} begins ${i}`, `${name} ends ${i}`] : []))
        expect(log.filter((line) => line.startsWith(name))).toEqual(mine)
      }
    }),
  )
  const order = new InOrder()
  let free = (): void => {}
  const first = order.run('a', () => new Promise<void>((resolve) => (free = resolve)))
  expect(await order.run('b', async () => 'b')).toBe('b')
  free()
  await first
})

it('a reading is shared by all who ask meanwhile, and never begins before it was asked for', async () => {
  let value = 0
  let readings = 0
  const open: (() => void)[] = []
  const shared = new Shared(async () => {
    readings++
    const read = value
    await new Promise<void>((resolve) => open.push(resolve))
    return read
  })
  const early = shared.get()
  value = 1
  const late = [shared.get(), shared.get(), shared.get()]
  open.shift()?.()
  expect(await early).toBe(0)
  while (open.length === 0) await new Promise(setImmediate)
  open.shift()?.()
  expect(await Promise.all(late)).toEqual([1, 1, 1])
  expect(readings).toBe(2)
})

it('a reading that failed is told to who waited for it, and the next one is tried', async () => {
  let fails = true
  const shared = new Shared(async () => {
    if (fails) throw new Error('not now')
    return 'read'
  })
  const first = shared.get()
  const second = shared.get().catch((error: unknown) => String(error))
  await expect(first).rejects.toThrow('not now')
  expect(await second).toContain('not now')
  fails = false
  expect(await shared.get()).toBe('read')
})
