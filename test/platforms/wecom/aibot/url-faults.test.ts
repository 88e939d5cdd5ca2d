import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../../support/memory-parts.ts'
import { card, confirmation, submitted, text } from './cards.ts'
import { gate, type UrlCollege, urlCollege } from './url-college.ts'

let college: UrlCollege
let platform: UrlCollege['platform']
let bot: UrlCollege['bot']
let phone: UrlCollege['phone']
let shown: UrlCollege['shown']

beforeEach(async () => {
  college = await urlCollege()
  ;({ platform, bot, phone, shown } = college)
})
afterEach(async () => {
  await college.close()
  expect([...platform.violations, ...platform.aibot.screen.advice]).toEqual([])
})

describe('an answer that takes its time', () => {
  it('is begun, and the words come when WeCom asks for them', async () => {
    const { work, open } = gate()
    bot.work = work
    bot.answers = () => [text('做好了'), card(confirmation)]
    await phone.says('汇总表')
    expect(shown()).toEqual(['正在处理，请稍候。'])
    await until(() => platform.asked > 2, 'WeCom to ask')
    open()
    await phone.reads(/做好了/)
    await platform.idle()
    expect(shown()[0]).toBe('做好了')
    expect(phone.card().text).toContain('总分')
    expect(shown()).toHaveLength(2)
    expect(platform.responseUrls.calls).toBe(0)
  })

  it('ends politely where the turn came to nothing', async () => {
    const { work, open } = gate()
    bot.work = work
    await phone.says('好的')
    open()
    await platform.idle()
    expect(shown()).toEqual(['已处理。'])
  })

  it('ends where nothing can be stored, and says that it can be said again', async () => {
    const { work, open } = gate()
    bot.work = async () => {
      await work()
      throw new Error('full')
    }
    await phone.says('评分')
    open()
    await platform.idle()
    expect(shown()).toHaveLength(1)
    expect(shown()[0]).not.toContain('正在处理')
    expect(college.log.lines.join()).toContain('could not be stored')
  })
})

describe('when the way back fails', () => {
  it('an answer that got lost is given again when the callback is repeated', async () => {
    bot.answers = () => [text('收到')]
    platform.loseAnswers = 1
    await phone.asks('你好', /收到/)
    expect(bot.heard).toHaveLength(1)
    await bot.idle()
    expect(shown()).toEqual(['收到'])
  })

  it('a message that comes again while it is still worked on is answered once', async () => {
    const { work, open } = gate()
    bot.work = work
    bot.answers = () => [text('做好了')]
    const before = platform.posts
    platform.loseAnswers = 1
    const said = phone.says('汇总表')
    await until(() => platform.posts > before + 1, 'the repeat')
    open()
    await said
    await platform.idle()
    await until(() => shown().length > 0, 'an answer')
    expect(shown()).toEqual(['做好了'])
    expect(bot.heard).toHaveLength(1)
  })

  it('a tap whose answer comes when WeCom has hung up is told by a message of its own', async () => {
    bot.answers = () => [card(confirmation)]
    await phone.asks('评分', /总分/)
    const { work, open } = gate()
    bot.work = work
    bot.answers = () => [card(submitted)]
    platform.patience = 50
    await expect(phone.taps('提交')).rejects.toThrow('nothing')
    await until(() => college.connections() === 0, 'the program to notice')
    open()
    await phone.reads(/已提交/)
    expect(phone.messages).toHaveLength(2)
    expect(bot.dead).toEqual([])
  })

  it.each([
    ['busy', { errcode: -1 }],
    ['throttled', { errcode: 45033 }],
    ['a bad gateway', { page: 502 }],
    ['a reset', 'reset'],
    ['an answer that is lost, though the message arrived', 'loseAnswer'],
  ] as const)('a message of its own arrives once all the same: %s', async (_, fault) => {
    bot.answers = () => [card(confirmation)]
    await phone.asks('评分', /总分/)
    let left = 1
    platform.responseUrls.fault = () => (left-- > 0 ? fault : undefined)
    bot.answers = () => [text('请写原因')]
    await phone.taps('修改')
    await phone.reads(/请写原因/)
    await bot.idle()
    expect(shown().filter((line) => line === '请写原因')).toHaveLength(1)
    expect(bot.dead).toEqual([])
  })

  it('what cannot be said any more after an hour is a dead letter', async () => {
    bot.answers = () => [card(confirmation)]
    await phone.asks('评分', /总分/)
    const { work, open } = gate()
    bot.work = work
    bot.answers = () => [text('请写原因')]
    const tapped = phone.taps('修改')
    await until(() => bot.heard.length === 2, 'the tap')
    platform.pass(61 * 60_000)
    open()
    await tapped
    await until(() => bot.dead.length > 0, 'a dead letter')
    expect(bot.dead).toEqual(['no-response-url'])
  })

  it('there is no way to write first', async () => {
    await bot.push('lisi', text('提醒'))
    expect(bot.dead).toEqual(['no-response-url'])
    expect(college.aibot.channel.can).toMatchObject({ push: false, files: false })
  })
})
