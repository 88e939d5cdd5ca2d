import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Aibot } from '../../../../src/platforms/wecom/aibot/aibot.ts'
import { parcelTo, until } from '../../../support/memory-parts.ts'
import { card, checklist, confirmation, long, submitted, text } from './cards.ts'
import { type SocketCollege, socketCollege } from './socket-college.ts'

let college: SocketCollege
let gateway: SocketCollege['gateway']
let bot: SocketCollege['bot']
let phone: SocketCollege['phone']
let shown: SocketCollege['shown']
let aibot: Aibot
/** The bot's commands since it subscribed, with the codes of their answers. */
const commands = () => gateway.heard.slice(1).map(({ cmd, errcode }) => `${cmd.replace('aibot_', '')} ${errcode}`)

beforeEach(async () => {
  college = await socketCollege()
  ;({ gateway, bot, phone, shown } = college)
  aibot = await college.start()
  await college.connected()
})
afterEach(async () => {
  await college.close()
  expect([...gateway.violations, ...gateway.aibot.screen.advice]).toEqual([])
})

describe('an answer', () => {
  it('of one text and one of a card answer the frame', async () => {
    bot.answers = () => [text('收到')]
    await phone.asks('你好', /收到/)
    bot.answers = () => [card(confirmation)]
    await phone.asks('评分', /总分/)
    expect(commands()).toEqual(['respond_msg 0', 'respond_msg 0'])
    expect(phone.card().card.button_list?.map((button) => button.text)).toEqual(['提交', '修改'])
  })

  it('of several messages: what comes after the first goes as messages of their own, in order', async () => {
    bot.answers = () => [text('一'), text('二'), card(confirmation)]
    await phone.asks('评分', /总分/)
    expect(shown().map((line) => line.split('\n')[0])).toEqual(['一', '二', '软件教研室党支部'])
    expect(commands()).toEqual([
      'respond_msg 0',
      'respond_msg 846606',
      'send_msg 0',
      'respond_msg 846606',
      'send_msg 0',
    ])
  })

  it('where the gateway takes several answers to one message, needs no other way', async () => {
    gateway.commands.repliesPerMessage = 10
    bot.answers = () => [text('一'), text('二')]
    await phone.asks('评分', /二/)
    expect(commands()).toEqual(['respond_msg 0', 'respond_msg 0'])
  })

  it('that comes a day later is a message of its own', async () => {
    bot.work = async () => gateway.pass(25 * 3_600_000)
    bot.answers = () => [text('收到')]
    await phone.asks('你好', /收到/)
    expect(commands()).toEqual(['respond_msg 846604', 'send_msg 0'])
  })

  it('that fits on no card goes out in words and a card', async () => {
    bot.answers = () => [card(long)]
    await phone.asks('月报', /提交/)
    expect(shown().join('\n')).toContain('走访了支部，'.repeat(60))
  })

  it('over 20,480 bytes comes in several messages, and none of it is lost', async () => {
    bot.answers = () => [text('字'.repeat(9000))]
    await phone.says('细则')
    await until(() => shown().length > 1, 'the second part')
    expect(shown().join('')).toBe('字'.repeat(9000))
  })

  it('to what is no text is polite, and voice is text', async () => {
    bot.answers = ({ what }) => [text(what.kind === 'text' ? what.text : '请用文字')]
    for (const kind of ['image', 'video'] as const) await gateway.aibot.sends('lisi', 'a', Buffer.alloc(9), kind)
    await gateway.aibot.speaks('lisi', '全部满分')
    await until(() => shown().length === 3, 'three answers')
    expect(shown()).toEqual(['请用文字', '请用文字', '全部满分'])
  })
})

describe('a welcome', () => {
  it('answers whoever opens the chat for the first time', async () => {
    bot.answers = () => [text('您好'), card(confirmation)]
    await phone.opens()
    await phone.reads(/您好[\s\S]*总分/)
    expect(commands()).toEqual(['respond_welcome_msg 0'])
  })

  it('that comes too late cannot be given to somebody who never wrote', async () => {
    bot.work = async () => gateway.pass(6_000)
    bot.answers = () => [text('您好')]
    await phone.opens()
    await until(() => bot.dead.length > 0, 'a dead letter')
    expect(commands()).toEqual(['respond_welcome_msg 846604', 'send_msg 846607'])
  })
})

describe('a tap', () => {
  beforeEach(async () => {
    bot.answers = () => [card(confirmation)]
    await phone.asks('评分', /总分/)
    bot.answers = ({ what }) => [card(what.kind === 'tap' && what.button === 'submit' ? submitted : checklist)]
  })

  it('changes the card where it stands, again and again', async () => {
    await phone.taps('修改')
    await phone.reads(/逐项评分/)
    bot.answers = ({ what }) => [
      card({ ...confirmation, text: what.kind === 'tap' ? `${what.picked['items']?.length ?? 0} 项满分` : '' }),
    ]
    await phone.taps('下一步', { untick: ['3', '15'] })
    await phone.reads(/16 项满分/)
    expect(phone.messages).toHaveLength(1)
    expect(commands()).toEqual(['respond_msg 0', 'respond_update_msg 0', 'respond_update_msg 0'])
  })

  it('to which the answer is words, or words too, gets them as messages', async () => {
    bot.answers = () => [card(submitted), text('还有两件事。'), text('通知一则。')]
    await phone.taps('提交')
    await phone.reads(/还有两件事[\s\S]*通知一则/)
    expect(phone.messages[0]?.closed).toBe('已提交')
    expect(commands()).toEqual(['respond_msg 0', 'respond_update_msg 0', 'send_msg 0', 'send_msg 0'])
  })

  it('whose answer comes after five seconds is told as a message of its own', async () => {
    bot.work = async () => gateway.pass(6_000)
    await phone.taps('修改')
    await phone.reads(/逐项评分/)
    expect(phone.messages).toHaveLength(2)
    expect(commands()).toEqual(['respond_msg 0', 'respond_update_msg 846604', 'send_msg 0'])
  })

  it('whose answer breaks off with the connection is told over the next', async () => {
    gateway.fault = ({ cmd }) => {
      if (cmd !== 'aibot_respond_update_msg') return undefined
      gateway.drop()
      return 'loseFrame'
    }
    await phone.taps('修改')
    await phone.reads(/逐项评分/)
    expect(gateway.subscriptions).toBe(2)
  })
})

describe('in a group', () => {
  it('the bot answers there, and what it says by itself goes there', async () => {
    bot.answers = ({ what }) => [text(what.kind === 'text' ? `进度：${what.text}` : ''), text('其余请单独问我')]
    await gateway.aibot.says('lisi', '进度', { group: 'g1' })
    await until(() => gateway.aibot.groupChat('g1').length === 3, 'two answers')
    expect(bot.heard[0]).toMatchObject({ group: 'g1', what: { text: '@党建助手 进度' } })
    expect(gateway.aibot.groupChat('g1').map((message) => message.text)).toEqual([
      '@党建助手 进度',
      '进度：@党建助手 进度',
      '其余请单独问我',
    ])
    expect(gateway.aibot.chatOf('lisi')).toEqual([])
    const to = { group: { key: 'g1', name: '全院', members: [] } }
    await bot.push('g1', text('截至今天：3/6'), { to })
    expect(gateway.aibot.groupChat('g1').at(-1)?.text).toBe('截至今天：3/6')
  })

  it('a group that was never bound has no chat, and one that was left takes nothing', async () => {
    await bot.push('全院', text('截至今天'), { to: { group: { key: '', name: '全院', members: [] } } })
    await gateway.aibot.says('lisi', '进度', { group: 'g1' })
    gateway.commands.closed.add('g1')
    await bot.push('g1', text('截至今天'), { to: { group: { key: 'g1', name: '全院', members: [] } } })
    expect(bot.dead).toEqual(['no-chat', '93008'])
  })
})

describe('writing first', () => {
  it('reaches whoever has written before, and nobody else', async () => {
    bot.answers = () => [text('收到')]
    await phone.asks('你好', /收到/)
    await bot.push('lisi', text('提醒'))
    await bot.push('wangwu', text('提醒'))
    expect(shown()).toEqual(['收到', '提醒'])
    expect(bot.dead).toEqual(['846607'])
    expect(aibot.channel.can).toMatchObject({ push: 'after-word', files: true })
  })

  it.each([
    ['a frame that is lost', 'loseFrame', ['提醒']],
    ['a gateway that is busy', { errcode: -1 }, ['提醒']],
    ['a gateway that is throttled', { errcode: 45033 }, ['提醒']],
    // The platform cannot tell a repeat from another message.
    ['an acknowledgement that is lost', 'loseAck', ['提醒', '提醒']],
  ] as const)('survives %s', async (_, fault, expected) => {
    await gateway.aibot.says('lisi', '你好')
    let left = 1
    gateway.fault = ({ cmd }) => (cmd === 'aibot_send_msg' && left-- > 0 ? fault : undefined)
    await bot.push('lisi', text('提醒'))
    expect(shown()).toEqual(expected)
    expect(bot.dead).toEqual([])
  })

  it('a card whose acknowledgement is lost arrives once: its task_id tells', async () => {
    await gateway.aibot.says('lisi', '你好')
    let left = 1
    gateway.fault = ({ cmd }) => (cmd === 'aibot_send_msg' && left-- > 0 ? 'loseAck' : undefined)
    await bot.push('lisi', card(confirmation))
    expect(shown()).toHaveLength(1)
    expect(bot.dead).toEqual([])
  })

  it('an answer whose acknowledgement is lost arrives once: it is answered already', async () => {
    let left = 1
    gateway.fault = ({ cmd }) => (cmd === 'aibot_respond_msg' && left-- > 0 ? 'loseAck' : undefined)
    bot.answers = () => [text('收到')]
    await phone.asks('你好', /收到/)
    await bot.idle()
    expect(commands()).toEqual(['respond_msg 0', 'respond_msg 846606'])
    expect(shown()).toEqual(['收到'])
  })
})

describe('answers of the gateway that come in another order', () => {
  it('belong each to its own frame', async () => {
    const wrote = Array.from({ length: 12 }, (_, i) => `person${i}`)
    for (const account of wrote.filter((_, i) => i % 3 !== 0)) await gateway.aibot.says(account, '你好')
    await until(() => bot.heard.length === 8, 'eight messages')
    gateway.delay = () => Math.random() * 60
    await Promise.all(wrote.map((account) => bot.push(account, text(`提醒 ${account}`))))
    expect(bot.dead).toEqual(['846607', '846607', '846607', '846607'])
    for (const [i, account] of wrote.entries())
      expect(gateway.aibot.chatOf(account).at(-1)?.text).toBe(i % 3 === 0 ? undefined : `提醒 ${account}`)
  })

  it('are waited for one by one where they answer the same message', async () => {
    await phone.says('你好')
    await until(() => bot.heard.length === 1, 'the message')
    gateway.delay = ({ cmd }) => (cmd === 'aibot_respond_msg' ? 30 : 0)
    const handle = bot.heard[0]?.handle ?? {}
    const sent = ['一', '二'].map((words) => {
      const parcel = parcelTo('lisi', text(words), { handle })
      const [request] = aibot.channel.requests(parcel)
      if (!request) throw new Error('no request')
      return aibot.channel.send(request, parcel)
    })
    expect((await Promise.all(sent)).map(({ kind }) => kind)).toEqual(['sent', 'sent'])
    expect(commands()).toEqual(['respond_msg 0', 'respond_msg 846606', 'send_msg 0'])
    expect(shown()).toEqual(['一', '二'])
  })
})
