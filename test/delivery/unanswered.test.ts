import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Message } from '../../src/bot/messages/message.ts'
import type { OutboxRow } from '../../src/bot/messages/outbox.ts'
import type { Call } from '../../src/platforms/simulator/api-call.ts'
import { EmulatedWecom } from '../../src/platforms/simulator/emulated-wecom.ts'
import type { Store } from '../../src/store/store.ts'
import { college } from '../campaign/invented-college.ts'
import { answerOf, botOn, enroll, event, waiting } from '../support/bots.ts'
import { onBothEngines } from '../support/engines.ts'
import { until } from '../support/memory-parts.ts'
import { postOffice, put, rowTo } from './post-office.ts'

const members = college.flatMap(({ 姓名: name = '', 企业微信账号: account = '' }) =>
  account ? [{ account, name }] : [],
)
let wecom: EmulatedWecom
const ends: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  wecom = new EmulatedWecom({ members })
  await wecom.listen()
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
  await wecom.close()
})
const texts = (account: string): string[] => wecom.chatOf(account).map(({ text }) => text)
const isSend = ({ path }: Call): boolean => path === '/cgi-bin/message/send'

onBothEngines((open) => {
  const office = async () => {
    const store: Store = await open()
    await enroll(store)
    const opened = postOffice({ store, wecom, times: 200 })
    ends.push(() => opened.delivery.stop())
    await opened.delivery.start()
    return { store, ...opened }
  }

  it('a text that is carried out without an answer comes once more, not more often, and is named with the next answer', async () => {
    wecom.fault = (call) => (isSend(call) && call.body.includes('第一条') ? { loseAnswer: true } : undefined)
    const { store, delivery, log } = await office()
    const rows = [
      await rowTo(store, 'xuyiming', '第一条很长很长的消息，它的开头就够了，后面的都不必再说'),
      await rowTo(store, 'xuyiming', '第二条'),
    ]
    delivery.queued(await put(store, rows))
    await until(() => texts('xuyiming').includes('第二条'))
    expect(texts('xuyiming')).toEqual([expect.stringContaining('第一条'), expect.stringContaining('第一条'), '第二条'])
    await until(() => log.lines.some((line) => line.includes('unknown whether it arrived')))
    expect(log.lines.filter((line) => line.includes('unknown whether'))).toHaveLength(1)
    await expect.poll(() => waiting(store)).toEqual([])
    const bot = botOn(store)
    const asks = async (more = {}): Promise<string> => answerOf(await bot.receive(event('xuyiming', '帮助', more)))
    expect(await asks({ group: 'g1' })).not.toContain('不确定')
    expect(await asks()).toMatch(/^不确定是否送到了您这里：“第一条很长很长的消息，它的开头就够了，后…”。.*\n\n能做的事/)
    expect(await asks()).toBe('能做的事')
  })

  it('what was never carried out arrives with the second try, and nothing is said of it', async () => {
    let tries = 0
    wecom.fault = (call) => (isSend(call) && ++tries === 1 ? { reset: true } : undefined)
    const { store, delivery } = await office()
    delivery.queued(await put(store, [await rowTo(store, 'xuyiming', '只有一次')]))
    await until(() => texts('xuyiming').length > 0)
    await expect.poll(() => waiting(store)).toEqual([])
    expect(texts('xuyiming')).toEqual(['只有一次'])
    expect(answerOf(await botOn(store).receive(event('xuyiming', '帮助')))).toBe('能做的事')
  })

  it('a card and what schedules start are repeated byte for byte until there is an answer, and arrive once', async () => {
    let tries = 0
    wecom.fault = (call) => (isSend(call) && ++tries % 3 !== 0 ? { loseAnswer: true } : undefined)
    const card: Message = {
      kind: 'card',
      card: { title: '确认', ask: { kind: 'buttons', buttons: [{ text: '提交', key: 'score:submit:1' }] } },
    }
    const { store, delivery } = await office()
    const push: Partial<OutboxRow> = { kind: 'reminder', unique: true, push: { date: '2022-04-25', ledger: [] } }
    const rows = [await rowTo(store, 'xuyiming', card), await rowTo(store, 'xuyiming', '4月25日的提醒', push)]
    delivery.queued(await put(store, rows))
    await until(() => tries === 6)
    await expect.poll(() => waiting(store)).toEqual([])
    expect(texts('xuyiming')).toHaveLength(2)
    const bodies = wecom.calls.filter(isSend).map(({ body }) => body.toString())
    expect(new Set(bodies).size).toBe(2)
    expect(answerOf(await botOn(store).receive(event('xuyiming', '帮助')))).toBe('能做的事')
  })
})
