import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Leases } from '../../../../src/bot/messages/channel.ts'
import { lease, leaseMs, release } from '../../../../src/delivery/lease.ts'
import { openRedis } from '../../../../src/store/redis.ts'
import type { Store } from '../../../../src/store/store.ts'
import { until } from '../../../support/memory-parts.ts'
import { startRedis } from '../../../support/redis-server.ts'
import { describeWith } from '../../../support/tools.ts'
import { text } from './cards.ts'
import { SmallBot } from './small-bot.ts'
import { socketCollege } from './socket-college.ts'

describeWith('redis-server', 'two instances on one Redis', () => {
  it('have one connection: the other takes over from one that crashed when its lease ends, and gives it back on stopping', async () => {
    const redis = await startRedis()
    const college = await socketCollege()
    const { gateway, phone } = college
    let passed = 0
    const now = (): number => Date.now() + passed
    const stores = await Promise.all([openRedis(redis.url, 'c', { now }), openRedis(redis.url, 'c', { now })])
    const leasesOf = (store: Store, owner: string): Leases => ({
      take: (name) => lease(store, name, { owner, now: now() }),
      release: (name) => release(store, name, owner),
    })
    const answering = (): SmallBot => {
      const bot = new SmallBot()
      bot.answers = ({ what }) => [text(`收到：${what.kind === 'text' ? what.text : ''}`)]
      return bot
    }
    const [first, second] = [answering(), answering()]
    const firsts = leasesOf(stores[0], 'first')
    let crashed = false
    try {
      await college.start({
        bot: first,
        leases: { ...firsts, take: (name) => (crashed ? Promise.reject(new Error('crashed')) : firsts.take(name)) },
      })
      await college.connected()
      const other = await college.start({ bot: second, leases: leasesOf(stores[1], 'second') })
      await phone.asks('甲', /收到：甲/)
      crashed = true
      await until(() => gateway.alive === 0, 'the connection of the crashed one to end')
      await sleep(100)
      expect(gateway.subscriptions).toBe(1)
      passed += leaseMs + 1
      await until(() => gateway.alive === 1, 'the other one')
      crashed = false
      await phone.asks('乙', /收到：乙/)
      await sleep(100)
      expect([first.texts, second.texts, gateway.subscriptions]).toEqual([['甲'], ['乙'], 2])
      await other.stop()
      await until(() => gateway.subscriptions === 3 && gateway.alive === 1, 'the first one again')
      await phone.asks('丙', /收到：丙/)
      expect(first.texts).toEqual(['甲', '丙'])
    } finally {
      await college.close()
      await Promise.all(stores.map((store) => store.close()))
      await redis.stop()
    }
    expect(gateway.violations).toEqual([])
  })
})
