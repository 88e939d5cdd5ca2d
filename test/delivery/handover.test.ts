import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Card, Message } from '../../src/bot/messages/message.ts'
import { heldMs } from '../../src/bot/messages/outbox.ts'
import { claim } from '../../src/delivery/lease.ts'
import { EmulatedWecom } from '../../src/platforms/simulator/emulated-wecom.ts'
import { openRedis } from '../../src/store/redis.ts'
import { type Store, StoreUnavailable } from '../../src/store/store.ts'
import { enroll, waiting } from '../support/bots.ts'
import { onBothEngines } from '../support/engines.ts'
import { until } from '../support/memory-parts.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { type TinyBot, tinyBot } from '../support/tiny-bot.ts'
import { describeWith } from '../support/tools.ts'
import { type Changed, postOffice, put, rowTo } from './post-office.ts'

const members = ['yangxiaodong', 'qianlixin', 'xuyiming', 'zhouzuan'].map((account) => ({ account, name: account }))
const realNow = Date.now
const later = (ms: number): void => void vi.spyOn(Date, 'now').mockImplementation(() => realNow() + ms)
/** Longer than a lease. */
const untilLeasesEnd = 16_000

const ends: (() => unknown)[] = []
let wecom: EmulatedWecom
let taps: string[]
beforeEach(async () => {
  wecom = new EmulatedWecom({ members })
  await wecom.listen()
  ends.push(() => wecom.close())
  taps = []
  const bot: TinyBot & { close: () => Promise<void> } = await tinyBot(wecom, (heard) => {
    taps.push(heard.get('ResponseCode') ?? '')
  })
  ends.push(() => bot.close())
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const end of ends.splice(0).reverse()) await end()
})
const texts = (account: string): string[] => wecom.chatOf(account).map(({ text }) => text)

const card = (title: string): Message & { card: Card } => ({
  kind: 'card',
  card: { title, ask: { kind: 'buttons', buttons: [{ text: '提交', key: `score:submit:${title}` }] } },
})

/** A store whose process ends when `end` is called. From then on none of its writes reach the real store. */
function mortal(store: Store): { store: Store; end: () => void } {
  let ended = false
  const alive = <T>(work: () => Promise<T>): Promise<T> =>
    ended ? Promise.reject(new StoreUnavailable('this process has ended')) : work()
  return {
    store: {
      shared: store.shared,
      get: (key) => alive(() => store.get(key)),
      getMany: (keys) => alive(() => store.getMany(keys)),
      list: (prefix, page) => alive(() => store.list(prefix, page)),
      marks: (tables) => alive(() => store.marks(tables)),
      commit: (writes) => alive(() => store.commit(writes)),
      sweep: () => alive(() => store.sweep()),
      check: () => alive(() => store.check()),
      shred: () => alive(() => store.shred()),
      close: async () => {},
    },
    end: () => {
      ended = true
    },
  }
}

onBothEngines((open) => {
  const enrolled = async (): Promise<Store> => {
    const store = await open()
    await enroll(store)
    return store
  }
  const office = async (store: Store, changed: Changed & { instance?: string } = {}) => {
    const opened = postOffice({ store, wecom, times: 200, ...changed })
    ends.push(() => opened.delivery.stop())
    await opened.delivery.start()
    return opened
  }
  /**
   * Delivers and dies at the first request that `dies` matches, before it was sent or after it arrived. Then another instance takes over.
   */
  const crash = async (store: Store, when: 'before' | 'after', dies: (body: string) => boolean): Promise<void> => {
    const { store: dying, end } = mortal(store)
    let died = false
    const die = (request: { body: string }): void => {
      if (died || !dies(request.body)) return
      died = true
      end()
      if (when === 'before') throw new Error('the process has ended')
    }
    const { delivery } = await office(dying, when === 'before' ? { before: die } : { after: die })
    await until(() => died, 'the crash')
    await delivery.stop()
    later(untilLeasesEnd)
    await office(store, { instance: 'two' })
    await vi.waitFor(async () => expect(await waiting(store)).toEqual([]), 5000)
  }

  it.each(['before', 'after'] as const)(
    'a crash %s a text went out loses none; that one alone may come twice',
    async (when) => {
      const store = await enrolled()
      await put(store, await Promise.all(['甲', '乙', '丙'].map((text) => rowTo(store, 'yangxiaodong', text))))
      await crash(store, when, (body) => body.includes('乙'))
      expect(texts('yangxiaodong')).toEqual(when === 'before' ? ['甲', '乙', '丙'] : ['甲', '乙', '乙', '丙'])
    },
  )

  it.each(['before', 'after'] as const)('a crash %s a card went out brings it once', async (when) => {
    const store = await enrolled()
    const rows = [await rowTo(store, 'yangxiaodong', card('第一张')), await rowTo(store, 'yangxiaodong', '后面的话')]
    await put(store, rows)
    await crash(store, when, (body) => body.includes('第一张'))
    expect(texts('yangxiaodong')).toEqual([expect.stringContaining('第一张'), '后面的话'])
    expect(wecom.violations).toEqual([])
  })

  it.each(['before', 'after'] as const)('a crash %s a push went out brings it once', async (when) => {
    const store = await enrolled()
    const push = { date: '2022-04-25', ledger: [] }
    const reminder = { kind: 'reminder' as const, unique: true, push }
    await put(store, [await rowTo(store, 'yangxiaodong', '4月25日的提醒', reminder)])
    await crash(store, when, (body) => body.includes('提醒'))
    expect(texts('yangxiaodong')).toEqual(['4月25日的提醒'])
  })

  it.each(['before', 'after'] as const)(
    'a crash %s a card was changed changes it once, and adds none',
    async (when) => {
      const store = await enrolled()
      await put(store, [await rowTo(store, 'yangxiaodong', card('原来的'))])
      const first = await office(store)
      await until(() => texts('yangxiaodong').length === 1)
      await first.delivery.stop()
      await wecom.taps('yangxiaodong', wecom.chatOf('yangxiaodong')[0]?.id ?? 0, { key: 'score:submit:原来的' })
      await until(() => taps.length === 1)
      const handle = { responseCode: taps[0] ?? '' }
      await put(store, [
        await rowTo(store, 'yangxiaodong', card('改过的'), { handle, inPlace: true }),
        await rowTo(store, 'yangxiaodong', '后面的话'),
      ])
      await crash(store, when, (body) => body.includes('改过的'))
      expect(texts('yangxiaodong').map((text) => text.split('\n')[0])).toEqual(['改过的', '后面的话'])
      expect(wecom.violations).toEqual([])
    },
  )

  it('a change whose answer is lost is taken as made; a code that somebody used up brings a new card', async () => {
    const store = await enrolled()
    const { delivery } = await office(store)
    delivery.queued(await put(store, [await rowTo(store, 'yangxiaodong', card('原来的'))]))
    await until(() => texts('yangxiaodong').length === 1)
    await wecom.taps('yangxiaodong', wecom.chatOf('yangxiaodong')[0]?.id ?? 0, { key: 'score:submit:原来的' })
    await until(() => taps.length === 1)
    let lost = 0
    wecom.fault = ({ path }) =>
      path.endsWith('update_template_card') && lost++ === 0 ? { loseAnswer: true } : undefined
    const handle = { responseCode: taps[0] ?? '' }
    delivery.queued(await put(store, [await rowTo(store, 'yangxiaodong', card('改过的'), { handle, inPlace: true })]))
    await vi.waitFor(async () => expect(await waiting(store)).toEqual([]), 5000)
    expect(texts('yangxiaodong').map((text) => text.split('\n')[0])).toEqual(['改过的'])
    delivery.queued(await put(store, [await rowTo(store, 'yangxiaodong', card('新的'), { handle, inPlace: true })]))
    await until(() => texts('yangxiaodong').length === 2)
    expect(texts('yangxiaodong')[1]).toContain('新的')
  })

  const held = async (store: Store, text: string) =>
    rowTo(store, 'yangxiaodong', text, { heldUntil: Date.now() + heldMs })

  it('an answer that travelled in the callback is not sent again, and what is behind it goes on', async () => {
    const store = await enrolled()
    const { delivery } = await office(store)
    const row = await held(store, '在回调里')
    delivery.queued(await put(store, [row, await rowTo(store, 'yangxiaodong', '后面的话')]))
    const { inPlace: place } = await delivery.answerOf([row])
    expect(texts('yangxiaodong')).toEqual([])
    await place?.settle(true)
    await place?.settle(true)
    await until(() => texts('yangxiaodong').length > 0)
    expect(texts('yangxiaodong')).toEqual(['后面的话'])
    await vi.waitFor(async () => expect(await waiting(store)).toEqual([]), 5000)
  })

  it('one of which nobody heard goes out after its time, before what is behind it', async () => {
    const store = await enrolled()
    const { delivery } = await office(store)
    const rows = await put(store, [await held(store, '没人回话'), await rowTo(store, 'yangxiaodong', '后面的话')])
    delivery.queued(rows)
    await delivery.start()
    expect(texts('yangxiaodong')).toEqual([])
    later(heldMs + 1)
    delivery.queued(rows)
    await until(() => texts('yangxiaodong').length === 2)
    expect(texts('yangxiaodong')).toEqual(['没人回话', '后面的话'])
  })

  it('one that did not get out goes as a message, once, however often and late that is said', async () => {
    const store = await enrolled()
    const { delivery } = await office(store)
    const row = await held(store, '没有送到')
    delivery.queued(await put(store, [row]))
    const { inPlace: place } = await delivery.answerOf([row])
    await Promise.all([place?.settle(false), place?.settle(false)])
    await vi.waitFor(async () => expect(await waiting(store)).toEqual([]), 5000)
    await place?.settle(false)
    delivery.queued(await put(store, [await rowTo(store, 'yangxiaodong', '最后一条')]))
    await until(() => texts('yangxiaodong').includes('最后一条'))
    expect(texts('yangxiaodong')).toEqual(['没有送到', '最后一条'])
  })
})

describeWith('redis-server', 'two instances on one Redis', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())
  const connected = async (prefix: string): Promise<Store> => {
    const store = await openRedis(server.url, prefix)
    ends.push(() => store.close())
    return store
  }

  it('send everything once and in order, whoever comes first', async () => {
    const stores = [await connected('college'), await connected('college')]
    const [store] = stores
    if (!store) throw new Error('no store')
    await enroll(store)
    const offices = stores.map((one, i) => postOffice({ store: one, wecom, times: 200, instance: `instance-${i}` }))
    for (const { delivery } of offices) {
      ends.push(() => delivery.stop())
      await delivery.start()
    }
    const people = ['yangxiaodong', 'qianlixin', 'xuyiming', 'zhouzuan']
    const said = Array.from({ length: 12 }, (_, i) => `第${i + 1}条`)
    for (const text of said) {
      const rows = await put(store, await Promise.all(people.map((account) => rowTo(store, account, text))))
      for (const { delivery } of offices) delivery.queued(rows)
    }
    await vi.waitFor(async () => expect(await waiting(store)).toEqual([]), 8000)
    for (const account of people) expect(texts(account)).toEqual(said)
  })

  it('who lost a lane while waiting to try again leaves it to the other', async () => {
    const store = await connected('lost')
    await enroll(store)
    let refused = 0
    wecom.fault = ({ path }) => (path.endsWith('message/send') && refused++ === 0 ? { errcode: 45009 } : undefined)
    const { delivery } = postOffice({ store, wecom, times: 200 })
    ends.push(() => delivery.stop())
    const row = await rowTo(store, 'yangxiaodong', '一条')
    delivery.queued(await put(store, [row]))
    await until(() => refused === 1)
    later(untilLeasesEnd)
    const theirs = await claim(store, `lane ${row.lane} wecom`, 'two')
    expect(theirs).toBeDefined()
    await sleep(1200)
    expect(texts('yangxiaodong')).toEqual([])
    await theirs?.release()
    delivery.queued([row])
    await until(() => texts('yangxiaodong').length === 1)
  })

  it('a claim whose owner stood still for too long is another’s, and the owner knows before it sends', async () => {
    const store = await connected('claims')
    const mine = await claim(store, 'lane', 'one')
    expect(await claim(store, 'lane', 'two')).toBeUndefined()
    expect(await mine?.holds()).toBe(true)
    later(untilLeasesEnd)
    const theirs = await claim(store, 'lane', 'two')
    expect(await mine?.holds()).toBe(false)
    await mine?.release()
    expect(await theirs?.holds()).toBe(true)
    await theirs?.release()
    expect(await (await claim(store, 'lane', 'one'))?.release()).toBeUndefined()
  })
})
