import { once } from 'node:events'
import { createServer } from 'node:http'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Dingtalk, dingtalk as program } from '../../../src/platforms/dingtalk/dingtalk.ts'
import { cardSign, robotSign } from '../../../src/platforms/dingtalk/signature.ts'
import { memoryLeases, memoryLog, memoryTokens, parcelTo, until } from '../../support/memory-parts.ts'
import { type EmulatedCard, isClosed } from './emulated-cards.ts'
import { EmulatedDingtalk } from './emulated-dingtalk.ts'
import { memoryBot, scoreForm } from './parts.ts'

let dingtalk: EmulatedDingtalk
let bot: ReturnType<typeof memoryBot>
let one: Dingtalk
let base: string
const server = createServer()
const log = memoryLog()

beforeEach(async () => {
  dingtalk = await EmulatedDingtalk.start(['dt1', 'dt2'])
  bot = memoryBot('总分 98 分')
  server.removeAllListeners('request')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`
  const settings = dingtalk.settings({ mode: 'http', publicUrl: base })
  const leases = memoryLeases().of('one')
  one = program({ settings, tokens: memoryTokens(), leases, log, count: () => undefined })
  const app = new Koa()
  app.silent = true
  app.use(async (context, next) => {
    await next().catch(() => (context.status = 503))
  })
  for (const router of one.open(bot.receive)) app.use(router.routes()).use(router.allowedMethods())
  server.on('request', app.callback())
})
afterEach(async () => {
  expect(dingtalk.violations).toEqual([])
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await Promise.all([closed, dingtalk.stop()])
})

const clientSecret = 'secret of the emulated robot'
const signed = (timestamp = String(Date.now()), secret = clientSecret) => ({
  timestamp,
  sign: robotSign(secret, timestamp),
})
async function post(
  path: string,
  body: string,
  headers: Record<string, string>,
): Promise<{ status: number; text: string }> {
  const url = path.startsWith('http') ? path : `${base}${path}`
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
  return { status: response.status, text: await response.text() }
}
const push = (data: unknown, headers: Record<string, string> = signed()) =>
  post('/dingtalk/robot', typeof data === 'string' ? data : JSON.stringify(data), headers)
const help = () => dingtalk.messages.text('dt1', '帮助')

describe('the robot’s address', () => {
  it('takes a signed message once', async () => {
    const message = help()
    expect(await push(message)).toEqual({ status: 200, text: '{"msgtype":"empty"}' })
    expect((await push(message)).status).toBe(200)
    expect(bot.heard).toHaveLength(1)
  })

  it.each([
    ['no signature', () => ({})],
    ['no timestamp', () => ({ sign: signed().sign })],
    ['another secret', () => signed(undefined, 'another secret')],
    ['the sign of another moment', () => ({ ...signed(), timestamp: String(Date.now() - 1000) })],
    ['a timestamp two hours old', () => signed(String(Date.now() - 7_200_000))],
    ['a timestamp two hours early', () => signed(String(Date.now() + 7_200_000))],
    ['a timestamp that is no number', () => signed('soon')],
  ])('answers 401 to %s', async (_, headers) => {
    expect((await push(help(), headers())).status).toBe(401)
    expect(bot.heard).toEqual([])
  })

  it.each(['', '{"msgtype":', 'null', '[]', '{"msgtype":"text"}'])('answers 400 to the body %s', async (body) => {
    expect((await push(body)).status).toBe(400)
    expect(bot.heard).toEqual([])
  })

  it('answers 413 to too much, 405 to another method and 503 while the store cannot be written', async () => {
    expect((await push(JSON.stringify({ text: 'x'.repeat(1_100_000) }))).status).toBe(413)
    expect((await fetch(`${base}/dingtalk/robot`)).status).toBe(405)
    bot.failures.push(new Error('full'))
    expect((await push(help())).status).toBe(503)
    expect(bot.heard).toEqual([])
  })
})

describe('the cards’ address', () => {
  async function sendCard(): Promise<{ card: EmulatedCard; url: string; apiSecret: string }> {
    const parcel = parcelTo('dt1', { kind: 'card', card: scoreForm(18) })
    for (const request of one.channel.requests(parcel))
      expect(await one.channel.send(request, parcel)).toEqual({ kind: 'sent' })
    const card = [...dingtalk.cards.cards.values()].at(-1)
    const route = dingtalk.cards.routes.get(card?.route ?? '')
    if (!card || !route) throw new Error('no card arrived, or its callback is not registered')
    return { card, ...route }
  }
  const signedCard = (apiSecret: string, timestamp = String(Date.now())) => ({
    'x-ddpaas-signature-timestamp': timestamp,
    'x-ddpaas-signature': cardSign(apiSecret, timestamp),
  })

  it('is registered once, before the first card', async () => {
    await sendCard()
    await sendCard()
    const cardCalls = dingtalk.calls.filter((path) => path.includes('/card/'))
    expect(cardCalls.map((path) => path.split('/').at(-1))).toEqual([
      'register',
      'createAndDeliver',
      'createAndDeliver',
    ])
  })

  it('answers a submit with the card’s change', async () => {
    const { card, url, apiSecret } = await sendCard()
    const { status, text } = await post(url, JSON.stringify(dingtalk.submit(card, 'dt1')), signedCard(apiSecret))
    expect(status).toBe(200)
    dingtalk.cards.answered(card, JSON.parse(text))
    expect(isClosed(card)).toBe(true)
    await until(() => bot.settled.length > 0, 'the answer to be settled')
    expect(bot.settled).toEqual([true])
  })

  it('answers 401 to a wrong signature, an old one, none, and to who does not know the whole address', async () => {
    const { card, url, apiSecret } = await sendCard()
    const body = JSON.stringify(dingtalk.submit(card, 'dt1'))
    const old = String(Date.now() - 7_200_000)
    for (const headers of [{}, signedCard('another secret'), signedCard(apiSecret, old)])
      expect((await post(url, body, headers)).status).toBe(401)
    for (const path of ['/dingtalk/card', '/dingtalk/card?key=guess'])
      expect((await post(path, body, signedCard(apiSecret))).status).toBe(401)
    expect(bot.heard).toEqual([])
  })

  it('answers 400 to what is no card callback', async () => {
    const { url, apiSecret } = await sendCard()
    for (const body of ['', '{}', '{"outTrackId":"x","userId":"dt1","content":"no JSON"}'])
      expect((await post(url, body, signedCard(apiSecret))).status).toBe(400)
  })
})
