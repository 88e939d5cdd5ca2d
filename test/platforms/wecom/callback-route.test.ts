import { once } from 'node:events'
import { createServer } from 'node:http'
import { getSignature } from '@wecom/crypto'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Inbound } from '../../../src/bot/messages/message.ts'
import { callbackRoute } from '../../../src/platforms/wecom/callback-route.ts'
import { sealEnvelope } from '../../../src/platforms/wecom/envelope.ts'
import { keptLog, vectors } from './fixture.ts'

const settings = {
  corpId: 'wx5823bf96d3bd56c7',
  agentId: 218,
  secret: 'secret-of-the-app',
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  apiBase: 'http://127.0.0.1:9',
}
const keys = { ...settings, receiveId: settings.corpId }
const text = `<xml><ToUserName>x</ToUserName><FromUserName>zhaoyi</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>秘密的话</Content><MsgId>1</MsgId><AgentID>218</AgentID></xml>`

let address = ''
let received: Inbound[]
let logged: string[]
let fails: Error | undefined
let close: () => void

const envelope = (message: string, receiveId = settings.corpId) => {
  const { encrypted, signature } = sealEnvelope({ ...keys, receiveId }, message, { timestamp: 1, nonce: 'n' })
  return {
    query: new URLSearchParams({ msg_signature: signature, timestamp: '1', nonce: 'n' }).toString(),
    body: `<xml><ToUserName><![CDATA[x]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt><AgentID>1</AgentID></xml>`,
  }
}
const signedBody = (body: string, encrypted: string) => ({
  query: `msg_signature=${getSignature(settings.token, '1', 'n', encrypted)}&timestamp=1&nonce=n`,
  body,
})
const post = ({ query, body }: { query: string; body: string }) =>
  fetch(`${address}?${query}`, { method: 'POST', body, headers: { 'content-type': 'text/xml' } })

beforeEach(async () => {
  received = []
  fails = undefined
  const kept = keptLog()
  logged = kept.lines
  const receive = async (inbound: Inbound) => {
    if (fails) throw fails
    received.push(inbound)
    return {}
  }
  const router = callbackRoute({ settings, receive, log: kept.log })
  const app = new Koa()
  app.silent = true
  app.use(async (context, next) => {
    await next().catch((error: unknown) => {
      context.status = error === fails ? 503 : 500
    })
  })
  app.use(router.routes()).use(router.allowedMethods())
  const server = createServer(app.callback()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/wecom/callback`
  close = () => {
    server.closeAllConnections()
    server.close()
  }
})
afterEach(() => close())

describe('the check of the address', () => {
  it('answers the bare plaintext', async () => {
    const { encrypted, signature } = sealEnvelope(keys, '1288432023552776189', { timestamp: 1, nonce: 'n' })
    const query = new URLSearchParams({ msg_signature: signature, timestamp: '1', nonce: 'n', echostr: encrypted })
    const answer = await fetch(`${address}?${query.toString()}`)
    expect([answer.status, await answer.text()]).toEqual([200, '1288432023552776189'])
  })

  it.each([
    '',
    'msg_signature=a&timestamp=1&nonce=n&echostr=b',
    'msg_signature=a&msg_signature=a&timestamp=1&nonce=n&echostr=b',
  ])('refuses %j with 401 and nothing else', async (query) => {
    const answer = await fetch(`${address}?${query}`)
    expect([answer.status, await answer.text()]).toEqual([401, ''])
  })
})

describe('a callback', () => {
  it('is taken, and answered with nothing', async () => {
    const answer = await post(envelope(text))
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(received).toEqual([
      { channel: 'wecom', account: 'zhaoyi', once: '1', what: { kind: 'text', text: '秘密的话' } },
    ])
    expect(logged).toEqual([])
  })

  it('of the official document is taken as it stands there', async () => {
    const vector = vectors.find(({ id }) => id === 'doc-90968-post')
    const query = new URLSearchParams({
      msg_signature: vector?.msg_signature ?? '',
      timestamp: vector?.timestamp ?? '',
      nonce: vector?.nonce ?? '',
    })
    expect((await post({ query: query.toString(), body: vector?.post_body ?? '' })).status).toBe(200)
    expect(received).toMatchObject([{ account: 'mycreate', once: '4561255354251345929', what: { text: 'hello' } }])
  })

  const good = envelope(text)
  const cases: [string, number, { query: string; body: string }][] = [
    ['without signature', 401, { query: '', body: good.body }],
    [
      'with a wrong signature',
      401,
      { query: good.query.replace('msg_signature=', 'msg_signature=0'), body: good.body },
    ],
    ['with another timestamp', 401, { query: good.query.replace('timestamp=1', 'timestamp=2'), body: good.body }],
    ['with a signature that comes twice', 401, { query: `${good.query}&msg_signature=a`, body: good.body }],
    ['whose body is no XML', 400, { query: good.query, body: '<xml><Encrypt>' }],
    ['whose body is empty', 400, { query: good.query, body: '' }],
    ['without a ciphertext', 400, { query: good.query, body: '<xml><AgentID>1</AgentID></xml>' }],
    [
      'with two ciphertexts',
      400,
      { query: good.query, body: good.body.replace('</xml>', '<Encrypt>a</Encrypt></xml>') },
    ],
    ['that cannot be decrypted', 400, signedBody('<xml><Encrypt>AAAA</Encrypt></xml>', 'AAAA')],
    ['for another company', 400, envelope(text, 'wxsomebodyelse')],
    ['with nothing inside', 400, envelope('')],
    ['whose message is malformed', 400, envelope('<xml><FromUserName>zhaoyi</FromUserName></xml>')],
    ['over 1,048,576 bytes', 413, { query: good.query, body: 'x'.repeat(1_048_577) }],
  ]
  it.each(cases)('%s is refused with %d, and one line says why', async (_, status, call) => {
    const answer = await post(call)
    expect([answer.status, await answer.text()]).toEqual([status, ''])
    expect(received).toEqual([])
    expect(logged).toHaveLength(1)
    expect(logged.join()).not.toMatch(/zhaoyi|秘密|QDG6eK|secret/)
  })

  it('of just 1,048,576 bytes is read', async () => {
    expect((await post({ query: good.query, body: 'x'.repeat(1_048_576) })).status).toBe(400)
  })

  it.each([
    ['for another app', text.replace('218', '219')],
    ['of everybody', text.replace('zhaoyi', '@all')],
    ['of several people', text.replace('zhaoyi', 'zhaoyi|lisi')],
    ['of the platform itself', text.replace('zhaoyi', 'sys')],
  ])('%s is answered 200 and ignored, with one line', async (_, message) => {
    expect((await post(envelope(message))).status).toBe(200)
    expect(received).toEqual([])
    expect(logged).toHaveLength(1)
  })

  it('that cannot be stored is left to the server, which lets the platform repeat', async () => {
    fails = new Error('the disk is full')
    expect((await post(good)).status).toBe(503)
    fails = undefined
    expect((await post(good)).status).toBe(200)
  })

  it.each(['PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'])('by %s is refused with 405', async (method) => {
    const answer = await fetch(`${address}?${good.query}`, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST'])
  })

  it('after a refusal the next one is taken', async () => {
    await post({ query: good.query, body: 'x'.repeat(1_100_000) })
    await post({ query: '', body: good.body })
    expect((await post(good)).status).toBe(200)
    expect(received).toHaveLength(1)
  })
})
