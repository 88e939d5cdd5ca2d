import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { Inbound } from '../../src/bot/messages/message.ts'
import type { Handler } from '../../src/bot/turn/handler.ts'
import { type Store, StoreUnavailable } from '../../src/store/store.ts'
import { table } from '../../src/store/table.ts'
import { answerOf, botOn, enroll, event, heard, listening, textOf, waiting } from '../support/bots.ts'
import { contentsOf, onBothEngines } from '../support/engines.ts'

const accounts = ['yangxiaodong', 'zhouzuan', 'qianlixin', 'xuyiming']
const brokenOn = (store: Store): Store => ({
  ...store,
  commit: () => Promise.reject(new StoreUnavailable('no space left')),
})

onBothEngines((open) => {
  const enrolled = async (): Promise<Store> => {
    const store = await open()
    await enroll(store)
    return store
  }

  it('what is repeated has one effect and one answer, now and after a restart', async () => {
    const store = await enrolled()
    const said = event('yangxiaodong', '第一句')
    const bot = botOn(store)
    expect((await bot.receive(said)).kind).toBe('done')
    expect(await bot.receive(said)).toEqual({ kind: 'repeat', rows: [] })
    expect((await botOn(store, { instance: 'two' }).receive(said)).kind).toBe('repeat')
    expect(await heard(store)).toEqual(['第一句'])
    expect((await waiting(store)).map(textOf)).toEqual(['1 第一句'])
  })

  it('the same words said twice are two messages', async () => {
    const store = await enrolled()
    const bot = botOn(store)
    await bot.receive(event('yangxiaodong', '好'))
    await bot.receive(event('yangxiaodong', '好'))
    expect(await heard(store)).toEqual(['好', '好'])
  })

  it('however events are repeated, reordered and dealt to two instances at once, each is taken once and answered in the order taken', async () => {
    const delivery = fc.record({ event: fc.nat(7), instance: fc.nat(1), pause: fc.nat(3) })
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 2, maxLength: 24 }), async (deliveries) => {
        const store = await enrolled()
        const bots = [botOn(store), botOn(store, { instance: 'two' })]
        const events = Array.from({ length: 8 }, (_, i) => event(accounts[i % 3] ?? '', `事件${i}`))
        const taken = await Promise.all(
          deliveries.map(async ({ event: which, instance, pause }) => {
            for (let i = 0; i < pause; i++) await new Promise(setImmediate)
            return bots[instance]?.receive(events[which] ?? event('', ''))
          }),
        )
        const distinct = [...new Set(deliveries.map((one) => `事件${one.event}`))]
        const texts = await heard(store)
        expect([...texts].sort()).toEqual(distinct.sort())
        expect(taken.filter((one) => one?.kind === 'done')).toHaveLength(distinct.length)
        const rows = await waiting(store)
        expect(rows.map(textOf).sort()).toEqual(texts.map((text, i) => `${i + 1} ${text}`).sort())
        for (const lane of new Set(rows.map((row) => row.lane))) {
          const numbers = rows.filter((row) => row.lane === lane).map((row) => Number.parseInt(textOf(row), 10))
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
        }
      }),
      { numRuns: 8 },
    )
  })

  it('what one person says in a row is taken in that row, while others are heard', async () => {
    const store = await enrolled()
    const bot = botOn(store)
    const said = Array.from({ length: 12 }, (_, i) => `第${i}句`)
    await Promise.all([
      ...said.map((text) => bot.receive(event('YangXiaodong', text))),
      ...said.map((text) => bot.receive(event('qianlixin', `钱${text}`))),
    ])
    const texts = await heard(store)
    expect(texts.filter((text) => text.startsWith('第'))).toEqual(said)
    expect(texts.filter((text) => text.startsWith('钱'))).toEqual(said.map((text) => `钱${text}`))
  })

  it('who was overtaken decides again on what stands there now', async () => {
    const store = await enrolled()
    const runs: string[] = []
    const overtaken: Handler = {
      ...listening,
      async claims(turn, text) {
        await listening.claims?.(turn, text)
        runs.push(text)
        if (runs.length === 1) await botOn(store, { instance: 'two' }).receive(event('zhouzuan', '抢先'))
        return true
      },
    }
    let conflicts = 0
    const slow = botOn(store, { handlers: [overtaken], conflict: () => conflicts++ })
    expect(answerOf(await slow.receive(event('yangxiaodong', '在后')))).toBe('2 在后')
    expect(runs).toEqual(['在后', '在后'])
    expect(conflicts).toBe(1)
    expect(await heard(store)).toEqual(['抢先', '在后'])
  })

  it('who was overtaken in what was only read decides again, too', async () => {
    const store = await enrolled()
    const closed = table('closed-for-test', z.strictObject({ by: z.string() }))
    let first = true
    const reading: Handler = {
      ...listening,
      async claims(turn) {
        const found = await turn.read(closed)
        if (first) await store.commit([{ put: closed.key(), value: { by: 'somebody' } }])
        first = false
        turn.say(found ? '已关闭' : '已收下')
        return true
      },
    }
    expect(answerOf(await botOn(store, { handlers: [reading] }).receive(event('yangxiaodong', '交')))).toBe('已关闭')
    expect((await waiting(store)).map(textOf)).toEqual(['已关闭'])
  })

  it('a crash before the commit leaves nothing, and the repeat of the platform makes it happen', async () => {
    const store = await enrolled()
    const before = await contentsOf(store)
    const said = event('yangxiaodong', '没来得及')
    const queued: unknown[] = []
    const dying = botOn(brokenOn(store), { queued: (rows) => queued.push(...rows) })
    await expect(dying.receive(said)).rejects.toThrow(StoreUnavailable)
    expect(await contentsOf(store)).toEqual(before)
    expect(queued).toEqual([])
    expect((await botOn(store).receive(said)).kind).toBe('done')
    expect(await heard(store)).toEqual(['没来得及'])
  })

  it('where nobody comes through against others it ends with the store being unavailable, and nothing happened', async () => {
    const store = await enrolled()
    const before = await contentsOf(store)
    const losing = botOn({ ...store, commit: async () => false })
    await expect(losing.receive(event('yangxiaodong', '争'))).rejects.toThrow(StoreUnavailable)
    expect(await contentsOf(store)).toEqual(before)
  })

  it('of what names its content, only the last one taken is a repeat', async () => {
    const store = await enrolled()
    const bot = botOn(store)
    const submits = (once: string): Inbound => event('yangxiaodong', once, { once, lastOf: 'card-1' })
    const kinds: string[] = []
    for (const content of ['甲', '甲', '乙', '甲', '甲']) kinds.push((await bot.receive(submits(content))).kind)
    expect(kinds).toEqual(['done', 'repeat', 'done', 'done', 'repeat'])
    expect((await bot.receive(event('yangxiaodong', '甲', { once: '甲', lastOf: 'card-2' }))).kind).toBe('done')
    expect(await heard(store)).toEqual(['甲', '乙', '甲', '甲'])
  })

  it('a stranger gets one text that says whom to ask, and nothing of them or their words is kept', async () => {
    const store = await enrolled()
    const bot = botOn(store)
    const { kind, rows } = await bot.receive(event('wanderer', '我是谁，在哪里'))
    expect(kind).toBe('stranger')
    expect(rows.map(textOf)).toEqual([expect.stringMatching(/未登记.*组织部/)])
    await store.commit(rows.map(({ lane, id }) => ({ delete: ['outbox', lane, id] })))
    const left = JSON.stringify(await contentsOf(store))
    expect(left).not.toContain('wanderer')
    expect(left).not.toContain('在哪里')
    expect((await contentsOf(store, 'session')).length).toBe(0)
  })

  it('no key names an account', async () => {
    const store = await enrolled()
    const bot = botOn(store)
    await bot.receive(event('yangxiaodong', '一句', { once: 'yangxiaodong 1650850000 enter_agent' }))
    await bot.receive(event('wanderer', '一句', { once: 'wanderer 1650850000 enter_agent' }))
    for (const [key] of await contentsOf(store)) expect(key).not.toMatch(/yangxiaodong|wanderer/i)
  })
})
