import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Dingtalk, dingtalk as program } from '../../../src/platforms/dingtalk/dingtalk.ts'
import type { StreamTimes } from '../../../src/platforms/dingtalk/stream.ts'
import { memoryLeases, memoryLog, memoryTokens, parcelTo, until } from '../../support/memory-parts.ts'
import { EmulatedDingtalk } from './emulated-dingtalk.ts'
import { memoryBot, scoreForm } from './parts.ts'

const robot = '/v1.0/im/bot/messages/get'
const cardTopic = '/v1.0/card/instances/callback'
/** Short waits, so that a bad day takes only a second. */
const times: StreamTimes = {
  handshake: 2000,
  ping: 60,
  silence: 200,
  retries: [20, 20],
  lease: 50,
  firstWait: 40,
  longestWait: 200,
  drain: 400,
}

let dingtalk: EmulatedDingtalk
let bot: ReturnType<typeof memoryBot>
let log: ReturnType<typeof memoryLog>
const running: Dingtalk[] = []

beforeEach(async () => {
  dingtalk = await EmulatedDingtalk.start(['dt1', 'dt2'])
  bot = memoryBot('总分 98 分')
  log = memoryLog()
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()))
  expect(dingtalk.violations).toEqual([])
  await dingtalk.stop()
})

async function start(leases = memoryLeases().of('one'), settings = dingtalk.settings()): Promise<Dingtalk> {
  const one = program({ settings, tokens: memoryTokens(), leases, log, count: () => undefined, times })
  one.open(bot.receive)
  await one.started()
  running.push(one)
  return one
}
const connected = () => until(() => dingtalk.gateway.alive.length === 1, 'a connection')
const says = (text: string) => dingtalk.gateway.push(robot, dingtalk.messages.text('dt1', text), 'robot')
const texts = () => bot.heard.map(({ what }) => (what.kind === 'text' ? what.text : what.kind))

describe('over the Stream connection', () => {
  it('a message is acknowledged when it is stored, and pings are answered with their data', async () => {
    await start()
    await connected()
    const reply = await says('评分')
    expect(reply).toMatchObject({ code: 200, data: '{"response":null}' })
    expect(texts()).toEqual(['评分'])
    expect(await dingtalk.gateway.ping()).toBe('{"opaque" : "123-dsfs"}')
  })

  it('while the store cannot be written nothing is acknowledged, and the message is taken when it can', async () => {
    await start()
    await connected()
    dingtalk.gateway.repeatAfter = 2000
    bot.failures.push(new Error('full'), new Error('full'))
    expect((await says('评分'))?.code).toBe(200)
    expect(texts()).toEqual(['评分'])
  })

  it('a message whose acknowledgement is lost comes again and counts once', async () => {
    await start()
    await connected()
    dingtalk.gateway.loseAcks = 2
    await says('评分')
    expect(texts()).toEqual(['评分'])
  })

  it('a malformed message does not come again and again', async () => {
    await start()
    await connected()
    expect((await dingtalk.gateway.push(robot, { msgtype: 'text' }, 'robot'))?.code).toBe(200)
    expect(bot.heard).toEqual([])
  })

  it('a submitted form is answered in the card', async () => {
    const one = await start()
    await connected()
    const parcel = parcelTo('dt1', { kind: 'card', card: scoreForm(18) })
    for (const request of one.channel.requests(parcel)) await one.channel.send(request, parcel)
    const [card] = dingtalk.cards.cards.values()
    if (!card) throw new Error('no card arrived')
    const reply = await dingtalk.gateway.push(cardTopic, dingtalk.submit(card, 'dt1', { i3: 3 }), 'card')
    const { response } = z.object({ response: z.unknown() }).parse(JSON.parse(reply?.data ?? ''))
    dingtalk.cards.answered(card, response)
    expect(card.params['text']).toBe('总分 98 分')
    await until(() => bot.settled.length > 0, 'the answer to be settled')
    expect(bot.settled).toEqual([true])
  })
})

describe('when the gateway', () => {
  it('announces a restart, the new connection comes while the old one still stands', async () => {
    await start()
    await connected()
    dingtalk.gateway.disconnect(300)
    await connected()
    expect(dingtalk.gateway.opened).toBe(2)
    await says('继续')
    expect(texts()).toEqual(['继续'])
  })

  it('breaks off in the middle of a form and gives no tickets for a while, the program knocks politely and nothing is lost', async () => {
    await start()
    await connected()
    await says('评分 软件教研室 5 5 4 5')
    let left = 3
    dingtalk.fault = (call) => (call.path.endsWith('connections/open') && left-- > 0 ? { page: 503 } : undefined)
    dingtalk.gateway.drop()
    await says('5 5 5 3')
    await connected()
    expect(texts()).toEqual(['评分 软件教研室 5 5 4 5', '5 5 5 3'])
    expect(dingtalk.calls.filter((path) => path.endsWith('connections/open'))).toHaveLength(5)
  })

  it('goes silent, the half-open connection is given up and the message arrives over the next', async () => {
    await start()
    await connected()
    dingtalk.gateway.deafen()
    await says('评分')
    expect(texts()).toEqual(['评分'])
    expect(dingtalk.gateway.opened).toBe(2)
    expect(log.lines.join()).toContain('silent')
  })

  it('refuses the credentials, the log says which setting', async () => {
    await start(memoryLeases().of('one'), dingtalk.settings({ clientSecret: 'wrong' }))
    await until(() => log.lines.some((line) => line.includes('DINGTALK_CLIENT_SECRET')), 'a line')
    expect(log.lines.join()).not.toContain('wrong')
  })
})

describe('among several instances', () => {
  it('one is connected; when it stops another takes over', async () => {
    const leases = memoryLeases()
    const first = await start(leases.of('first'))
    await start(leases.of('second'))
    await connected()
    await says('甲')
    expect(dingtalk.gateway.opened).toBe(1)
    await first.stop()
    await connected()
    await says('乙')
    expect(texts()).toEqual(['甲', '乙'])
    expect(dingtalk.gateway.opened).toBe(2)
  })

  it('whose lease another one took lets go of the connection', async () => {
    const leases = memoryLeases()
    await start(leases.of('first'))
    await connected()
    leases.give('somebody else')
    await until(() => dingtalk.gateway.alive.length === 0, 'the connection to be left')
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(dingtalk.gateway.opened).toBe(1)
  })
})
