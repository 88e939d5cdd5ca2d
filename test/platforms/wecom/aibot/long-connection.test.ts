import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../../support/memory-parts.ts'
import { card, confirmation, submitted, text } from './cards.ts'
import { SmallBot } from './small-bot.ts'
import { type SocketCollege, socketCollege } from './socket-college.ts'

let college: SocketCollege
let gateway: SocketCollege['gateway']
let bot: SocketCollege['bot']
let log: SocketCollege['log']
let phone: SocketCollege['phone']

beforeEach(async () => {
  college = await socketCollege()
  ;({ gateway, bot, log, phone } = college)
  bot.answers = ({ what }) => [text(what.kind === 'text' ? `收到：${what.text}` : what.kind)]
})
afterEach(async () => {
  await college.close()
  expect([...gateway.violations, ...gateway.aibot.screen.advice]).toEqual([])
})

it('a message is heard and answered under the id of its frame, and heartbeats go on', async () => {
  await college.start()
  await college.connected()
  await phone.asks('评分', /收到：评分/)
  await until(() => gateway.beats > 2, 'heartbeats')
  expect(gateway.heard.map(({ cmd }) => cmd)).toEqual(['aibot_subscribe', 'aibot_respond_msg'])
  expect(log.lines.join()).not.toContain('malformed')
})

it('while the store cannot be written a message is kept and taken when it can', async () => {
  await college.start()
  await college.connected()
  bot.failures.push(new Error('full'), new Error('full'))
  await phone.asks('评分', /收到：评分/)
  expect(bot.texts).toEqual(['评分'])
})

it('one person’s messages are taken in the order in which they were said, however long one takes', async () => {
  await college.start()
  await college.connected()
  bot.work = ({ what }) => sleep(what.kind === 'text' && what.text === '一' ? 100 : 0)
  for (const words of ['一', '二', '三']) await phone.says(words)
  await phone.reads(/收到：三/)
  expect(college.shown()).toEqual(['收到：一', '收到：二', '收到：三'])
})

it('frames that cannot be read, or belong to nobody, do no harm', async () => {
  await college.start()
  await college.connected()
  for (const frame of [
    '',
    '{',
    '[]',
    '{"cmd":"aibot_msg_callback","headers":{"req_id":"x"}}',
    '{"cmd":"new","headers":{"req_id":"y"},"body":{}}',
  ])
    gateway.raw(frame)
  gateway.raw('{"headers":{"req_id":"nobody"},"errcode":0,"errmsg":"ok"}')
  await gateway.aibot.rates('lisi')
  await phone.asks('评分', /收到：评分/)
  expect(bot.heard).toHaveLength(1)
})

describe('when the gateway', () => {
  it('breaks off, the program comes back by itself', async () => {
    await college.start()
    await college.connected()
    gateway.drop()
    await until(() => gateway.subscriptions === 2 && gateway.alive === 1, 'the next connection')
    await phone.asks('继续', /收到：继续/)
  })

  it('is away in the middle of a form, the program knocks again and again, and what it had to say arrives', async () => {
    await college.start()
    await college.connected()
    await phone.asks('评分 软件教研室 5 5 4 5', /收到/)
    bot.work = () => sleep(50)
    await phone.says('5 5 5 3')
    await gateway.restart(300)
    await college.connected()
    await phone.reads(/收到：5 5 5 3/)
    expect(bot.texts).toEqual(['评分 软件教研室 5 5 4 5', '5 5 5 3'])
    expect(college.shown()).toHaveLength(2)
    expect(bot.dead).toEqual([])
  })

  it('goes silent, the half-open connection is given up and what was said in vain goes over the next', async () => {
    await college.start()
    await college.connected()
    await phone.asks('你好', /收到/)
    gateway.deafen()
    await bot.push('lisi', text('提醒'))
    expect(college.shown()).toContain('提醒')
    expect(gateway.subscriptions).toBe(2)
    expect(log.lines.join()).toContain('"silent":true')
  })

  it('has forgotten who is there, the program subscribes again when it has something to say', async () => {
    await college.start({ times: { ping: 60_000 } })
    await college.connected()
    await phone.asks('你好', /收到/)
    gateway.forget()
    await bot.push('lisi', text('提醒'))
    expect(college.shown()).toContain('提醒')
    expect(gateway.subscriptions).toBe(2)
  })

  it('refuses the secret, one line says which setting, and messages are told so', async () => {
    const aibot = await college.start({ settings: { secret: 'wrong' } })
    await until(() => gateway.subscriptions > 2, 'the next try')
    const lines = log.lines.filter((line) => line.includes('WECOM_BOT_SECRET'))
    expect(lines).toHaveLength(1)
    expect(lines.join()).not.toContain('wrong')
    expect(aibot.channel.ready?.()).toBe(true)
    await bot.push('lisi', text('提醒'))
    expect(bot.dead.join()).toContain('WECOM_BOT_SECRET')
  })

  it('says that the bot is not set to long connections, the log says what to do', async () => {
    gateway.fault = ({ cmd }) => (cmd === 'aibot_subscribe' ? { errcode: 846601 } : undefined)
    await college.start()
    await until(() => log.lines.some((line) => line.includes('长连接')), 'a line')
    gateway.fault = () => undefined
    await college.connected()
    await phone.asks('你好', /收到/)
  })

  it('does not answer a subscription, the program tries again', async () => {
    let left = 2
    gateway.fault = ({ cmd }) => (cmd === 'aibot_subscribe' && left-- > 0 ? 'loseFrame' : undefined)
    await college.start()
    await college.connected()
    await phone.asks('你好', /收到/)
  })

  it('is busy when somebody subscribes, the program tries again and nobody is alarmed', async () => {
    let left = 2
    gateway.fault = ({ cmd }) => (cmd === 'aibot_subscribe' && left-- > 0 ? { errcode: 45009 } : undefined)
    const aibot = await college.start()
    await until(() => gateway.subscriptions === 0 && gateway.heard.length === 1, 'a refusal')
    expect(aibot.channel.ready?.()).toBe(false)
    await until(() => aibot.channel.ready?.() === true, 'the connection')
  })
})

describe('among several instances', () => {
  it('one is connected; when it stops another takes over at once', async () => {
    const first = await college.start({ leases: college.leases.of('first') })
    const second = new SmallBot()
    second.answers = bot.answers
    const other = await college.start({ leases: college.leases.of('second'), bot: second })
    await until(() => first.channel.ready?.() === true, 'the first one')
    expect([gateway.subscriptions, first.channel.ready?.(), other.channel.ready?.()]).toEqual([1, true, false])
    await phone.asks('甲', /收到：甲/)
    await first.stop()
    await until(() => gateway.subscriptions === 2 && gateway.alive === 1, 'the other one')
    await phone.asks('乙', /收到：乙/)
    expect([bot.texts, second.texts, gateway.subscriptions]).toEqual([['甲'], ['乙'], 2])
  })

  it('whose lease another one took lets go of the connection and does not fight for it', async () => {
    await college.start({ leases: college.leases.of('first') })
    await college.connected()
    college.leases.give('somebody else')
    await until(() => gateway.alive === 0, 'the connection to be left')
    await sleep(200)
    expect(gateway.subscriptions).toBe(1)
    college.leases.give('first')
    await college.connected()
  })

  it('after a crash of one the other connects when the lease has run out', async () => {
    college.leases.give('crashed')
    await college.start({ leases: college.leases.of('second') })
    await sleep(100)
    expect(gateway.subscriptions).toBe(0)
    await college.leases.of('crashed').release('aibot')
    await college.connected()
  })

  it('a store that is away for a moment does not cost the connection', async () => {
    const first = college.leases.of('first')
    let away = false
    await college.start({
      leases: { ...first, take: async (name) => (away ? Promise.reject(new Error('away')) : first.take(name)) },
      times: { lease: 400 },
    })
    await college.connected()
    away = true
    await until(() => log.lines.some((line) => line.includes('lease')), 'a line')
    expect(gateway.alive).toBe(1)
    away = false
    await phone.asks('你好', /收到/)
    expect(gateway.subscriptions).toBe(1)
  })

  it('a store that stays away does', async () => {
    const first = college.leases.of('first')
    let away = false
    await college.start({
      leases: { ...first, take: async (name) => (away ? Promise.reject(new Error('away')) : first.take(name)) },
    })
    await college.connected()
    away = true
    await until(() => gateway.alive === 0, 'the connection to be left')
    away = false
    await college.connected()
  })
})

describe('a program elsewhere with the same bot', () => {
  it('takes the connection: ours says so once, lets it be, and tries again later', async () => {
    await college.start({ times: { kicked: 2_000 } })
    await college.connected()
    const other = await college.start({
      leases: { take: async () => true, release: async () => undefined },
      bot: new SmallBot(),
    })
    await until(() => log.lines.some((line) => line.includes('另一个程序')), 'a line')
    await sleep(100)
    expect(gateway.subscriptions).toBe(2)
    await other.stop()
    await until(() => gateway.subscriptions === 3 && gateway.alive === 1, 'the next try')
    await phone.asks('你好', /收到/)
    expect(log.lines.filter((line) => line.includes('另一个程序'))).toHaveLength(1)
  })
})

describe('stopping', () => {
  it('waits for what came in, and answers it', async () => {
    const aibot = await college.start()
    await college.connected()
    bot.answers = () => [card(confirmation)]
    await phone.asks('评分', /总分/)
    bot.answers = () => [card(submitted)]
    bot.work = () => sleep(100)
    await phone.taps('提交')
    await until(() => bot.heard.length === 2, 'the tap')
    await aibot.stop()
    expect(phone.messages[0]?.closed).toBe('已提交')
    expect(gateway.alive).toBe(0)
  })

  it('ends a program that just takes the lease, or just connects', async () => {
    for (const ms of [0, 1, 3, 8, 20]) {
      const one = college.leases.of('one')
      const slow = { ...one, take: async (name: string) => sleep(5).then(() => one.take(name)) }
      const aibot = await college.start({ leases: slow })
      await sleep(ms)
      await aibot.stop()
      await until(() => gateway.alive === 0, 'the connection to be closed')
    }
  })
})
