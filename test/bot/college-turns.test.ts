import { describe, expect, it } from 'vitest'
import { handlers } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import type { Card, Inbound } from '../../src/bot/messages/message.ts'
import type { OutboxRow } from '../../src/bot/messages/outbox.ts'
import type { Store } from '../../src/store/store.ts'
import { college, rows as rowsOf, without } from '../campaign/invented-college.ts'
import { beijing } from '../support/beijing.ts'
import { answerOf, botOn, enroll, event, heard, textOf } from '../support/bots.ts'
import { contentsOf, onBothEngines } from '../support/engines.ts'

const cardIn = (rows: readonly OutboxRow[]): Card => {
  const card = rows.flatMap(({ message }) => (message.kind === 'card' ? [message.card] : [])).at(-1)
  if (!card) throw new Error(`no card in ${rows.map(textOf).join('\n')}`)
  return card
}
const keyOf = (card: Card, label: string): string => {
  const key = card.ask?.kind === 'buttons' && card.ask.buttons.find(({ text }) => text === label)?.key
  if (!key) throw new Error(`no ${label} in ${JSON.stringify(card)}`)
  return key
}
const taps = (account: string, button: string): Inbound => event(account, { kind: 'tap', button, picked: {} })

onBothEngines((open) => {
  const enrolled = async (people = college): Promise<Store> => {
    const store = await open()
    await enroll(store, people)
    return store
  }
  const talking = (store: Store) => botOn(store, { handlers: handlers(schedules) })

  it('a tap on an outdated card changes nothing and is answered with the current one', async () => {
    const store = await enrolled()
    const bot = talking(store)
    const old = cardIn((await bot.receive(event('yangxiaodong', '评分 软件教研室 全部满分'))).rows)
    const current = cardIn((await bot.receive(event('yangxiaodong', '第3项4'))).rows)
    const before = await contentsOf(store, 'draft', 'scorecard')
    const { rows } = await bot.receive(taps('yangxiaodong', keyOf(old, '提交')))
    expect(await contentsOf(store, 'draft', 'scorecard')).toEqual(before)
    expect(keyOf(cardIn(rows), '提交')).toBe(keyOf(current, '提交'))
    expect(rows.at(-1)).toMatchObject({ inPlace: expect.anything() })
    await bot.receive(taps('yangxiaodong', keyOf(cardIn(rows), '提交')))
    expect(JSON.stringify(await contentsOf(store, 'scorecard'))).toContain('"version":1')
  })

  it('a tap submitted twice, with other codes, makes one version', async () => {
    const store = await enrolled()
    const bot = talking(store)
    const card = cardIn((await bot.receive(event('yangxiaodong', '评分 软件教研室 全部满分'))).rows)
    const taken = [taps('yangxiaodong', keyOf(card, '提交')), taps('yangxiaodong', keyOf(card, '提交'))]
    await Promise.all(taken.map((tap) => bot.receive(tap)))
    expect(await contentsOf(store, 'scorecard')).toHaveLength(1)
    expect(JSON.stringify(await contentsOf(store, 'scorecard'))).toContain('"version":1')
  })

  it('a button of no conversation is answered, and changes nothing', async () => {
    const store = await enrolled()
    const before = await contentsOf(store, 'draft', 'scorecard', 'report')
    for (const button of ['gone:open:b1', 'score', '', 'score:nothing:such'])
      expect(answerOf(await talking(store).receive(taps('yangxiaodong', button)))).not.toBe('')
    expect(await contentsOf(store, 'draft', 'scorecard', 'report')).toEqual(before)
  })

  it.each(['机密★10年 关于组织工作的情况', '【秘密】走访情况', '绝密\n走访情况'])(
    'text with a classification mark (%j) is refused and stored nowhere, whatever was asked',
    async (text) => {
      const store = await enrolled()
      const bot = talking(store)
      await bot.receive(event('gaowenjing', '月报 4月'))
      const before = await contentsOf(store, 'draft', 'report', 'notices')
      expect(answerOf(await bot.receive(event('gaowenjing', text)))).toContain('密级')
      expect(answerOf(await bot.receive(event('gaowenjing', `意见 ${text}`)))).toContain('密级')
      expect(await contentsOf(store, 'draft', 'report', 'notices')).toEqual(before)
      const stored = JSON.stringify(await contentsOf(store))
      expect(stored).not.toContain('走访情况')
      expect(stored).not.toContain('组织工作的情况')
    },
  )

  it('whoever lost the last seat gets 无权, in the moment the new roster is in force', async () => {
    const store = await enrolled()
    const bot = talking(store)
    expect(answerOf(await bot.receive(event('zhaomingyuan', '评分')))).not.toContain('无权')
    await enroll(store, [...without('赵明远'), ...rowsOf('孙新 党支部书记 机电党总支 学生党支部 sunxin')])
    for (const text of ['评分', '帮助', '随便说说'])
      expect(answerOf(await bot.receive(event('zhaomingyuan', text)))).toContain('无权')
    expect(answerOf(await bot.receive(event('sunxin', '评分')))).not.toContain('无权')
  })

  it('without 组织部 everybody is told who has to set what', async () => {
    const told = '未登记：名册尚未导入，请管理员设置 ROSTER_FILE（至少一名“组织部”）'
    const store = await open()
    const bot = talking(store)
    expect(answerOf(await bot.receive(event('yangxiaodong', '评分')))).toBe(told)
    await enroll(store, without('周组安'))
    for (const account of ['yangxiaodong', 'xuyiming', 'wanderer'])
      expect(answerOf(await bot.receive(event(account, '帮助')))).toBe(told)
    await enroll(store)
    expect(answerOf(await bot.receive(event('yangxiaodong', '帮助')))).not.toContain('未登记')
  })
})

describe('limits', () => {
  onBothEngines((open) => {
    it('20,000 characters are taken, one more is refused and stored nowhere', async () => {
      const store = await open()
      await enroll(store)
      const bot = botOn(store)
      const longest = '😀'.repeat(20_000)
      await bot.receive(event('yangxiaodong', longest))
      expect(await heard(store)).toEqual([longest])
      expect(answerOf(await bot.receive(event('yangxiaodong', `${'长'.repeat(20_000)}。`)))).toContain('20000字')
      expect(await heard(store)).toHaveLength(1)
      expect(JSON.stringify(await contentsOf(store))).not.toContain('长长')
    })

    it('opening the conversation greets once a day', async () => {
      const store = await open()
      await enroll(store)
      let now = beijing('2022-04-25 10:00')
      const bot = botOn(store, { clock: { now: () => now } })
      const opens = async (): Promise<string> => answerOf(await bot.receive(event('yangxiaodong', { kind: 'opened' })))
      expect([await opens(), await opens()]).toEqual(['能做的事', ''])
      now = beijing('2022-04-26 00:01')
      expect([await opens(), await opens()]).toEqual(['能做的事', ''])
    })

    it('what cannot be read is answered with how to say it', async () => {
      const store = await open()
      await enroll(store)
      for (const what of [
        { kind: 'unreadable', what: 'video' } as const,
        { kind: 'file', name: '1.xlsx', token: 't' } as const,
      ])
        expect(answerOf(await botOn(store).receive(event('yangxiaodong', what)))).toContain('文字')
    })
  })
})
