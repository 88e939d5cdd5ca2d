import { getSignature } from '@wecom/crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aibotRoute } from '../../../../src/platforms/wecom/aibot/url-route.ts'
import { memoryLog } from '../../../support/memory-parts.ts'
import { served } from '../../../support/served.ts'
import { vectors } from '../fixture.ts'
import { Callbacks } from './emulated-callbacks.ts'
import { envelope, openAnswer } from './emulated-url-envelope.ts'
import { SmallBot } from './small-bot.ts'

const settings = { token: 'AibotTokenShared1', encodingAesKey: 'jZs7j39AiSqe9k6JVDocQ4Z8IM64PwEAduzDxjG60x4' }
const made = new Callbacks()
const text = JSON.stringify(made.message('zhaoyi', 'text', { text: { content: '秘密的话' } }))

let bot: SmallBot
let log: ReturnType<typeof memoryLog>
let server: Awaited<ReturnType<typeof served>>
const address = () => `${server.url}/wecom/aibot`
const post = ({ query, body }: { query: string; body: string }) =>
  fetch(`${address()}?${query}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })

beforeEach(async () => {
  bot = new SmallBot()
  log = memoryLog()
  server = await served([aibotRoute({ settings, complete: async (one) => one, receive: bot.receive, log })])
})
afterEach(() => server.close())

describe('vectors with an empty receiveid', () => {
  const vector = (id: string) => {
    const found = vectors.find((one) => one.id === id)
    if (!found) throw new Error(`no vector ${id}`)
    return found
  }

  it('the check of the address is answered with the bare plaintext', async () => {
    const { query, plaintext } = vector('derived-aibot-verifyurl-empty-receiveid')
    const answer = await fetch(`${address()}?${query}`)
    expect([answer.status, await answer.text()]).toEqual([200, plaintext])
  })

  it('a text in a group is taken', async () => {
    const { msg_signature, timestamp, nonce, post_body: body = '' } = vector('derived-aibot-json-group-text')
    const query = new URLSearchParams({ msg_signature, timestamp, nonce }).toString()
    expect((await post({ query, body })).status).toBe(200)
    expect(bot.heard).toMatchObject([{ channel: 'aibot', account: 'zhangsan', group: 'CHATID', answerInPlace: true }])
  })
})

it('a message nobody answers is taken, and answered with nothing', async () => {
  const answer = await post(envelope(settings, text))
  expect([answer.status, await answer.text()]).toEqual([200, ''])
  expect(bot.texts).toEqual(['秘密的话'])
  expect(log.lines).toEqual([])
})

it('an answer is encrypted, signed, and has the nonce of its callback', async () => {
  bot.answers = () => [{ kind: 'text', text: '收到' }]
  const sealed = envelope(settings, text)
  const answer = await post(sealed)
  expect(answer.headers.get('content-type')).toContain('application/json')
  expect(openAnswer(settings, await answer.text(), sealed.nonce)).toMatchObject({
    plain: { msgtype: 'stream', stream: { finish: true, content: '收到' } },
  })
})

const good = envelope(settings, text)
const signedBody = (body: string, encrypted: string) => ({
  query: `msg_signature=${getSignature(settings.token, '1', 'n', encrypted)}&timestamp=1&nonce=n`,
  body,
})
const refused: [string, number, { query: string; body: string }][] = [
  ['without signature', 401, { query: '', body: good.body }],
  ['with a wrong signature', 401, { ...good, query: good.query.replace('msg_signature=', 'msg_signature=0') }],
  ['with another timestamp', 401, { ...good, query: good.query.replace('timestamp=', 'timestamp=1') }],
  ['with a signature that comes twice', 401, { ...good, query: `${good.query}&msg_signature=a` }],
  ['whose body is no JSON', 400, { ...good, body: '{"encrypt":' }],
  ['whose body is empty', 400, { ...good, body: '' }],
  ['without a ciphertext', 400, { ...good, body: '{}' }],
  ['whose ciphertext is no text', 400, { ...good, body: '{"encrypt":7}' }],
  ['whose ciphertext came as XML', 400, { ...good, body: '<xml><Encrypt>a</Encrypt></xml>' }],
  ['that cannot be decrypted', 400, signedBody('{"encrypt":"AAAA"}', 'AAAA')],
  ['with a receiveid', 400, envelope(settings, text, 'wx5823bf96d3bd56c7')],
  ['with nothing inside', 400, envelope(settings, '')],
  ['whose message is no JSON', 400, envelope(settings, '你好')],
  ['whose message is malformed', 400, envelope(settings, '{"msgtype":"text"}')],
  ['over 1,048,576 bytes', 413, { ...good, body: 'x'.repeat(1_048_577) }],
]
describe('a callback', () => {
  it.each(refused)('%s is refused with %d, and one line says why', async (_, status, call) => {
    const answer = await post(call)
    expect([answer.status, await answer.text()]).toEqual([status, ''])
    expect(bot.heard).toEqual([])
    expect(log.lines).toHaveLength(1)
    expect(log.lines.join()).not.toMatch(/zhaoyi|秘密|AibotToken|jZs7j39/)
  })

  it('of just 1,048,576 bytes is read', async () => {
    expect((await post({ ...good, body: 'x'.repeat(1_048_576) })).status).toBe(400)
  })

  it('by another method is refused with 405, which names what is taken', async () => {
    const answer = await fetch(address(), { method: 'PUT', body: 'x' })
    expect([answer.status, answer.headers.get('allow'), await answer.text()]).toEqual([405, 'GET, POST', ''])
  })

  it('that nobody can store is left to be repeated', async () => {
    bot.failures.push(new Error('full'))
    expect((await post(good)).status).toBe(503)
    expect((await post(good)).status).toBe(200)
    expect(bot.texts).toEqual(['秘密的话'])
  })

  it.each([
    ['an opinion on an answer', made.event('lisi', { eventtype: 'feedback_event', feedback_event: { id: 'f' } })],
    ['an event of a kind that is not known', made.event('lisi', { eventtype: 'something_new' })],
    ['the state of an answer that nobody knows', made.message('lisi', 'stream', { stream: { id: 'gone' } })],
  ])('%s is answered with nothing', async (_, body) => {
    const answer = await post(envelope(settings, JSON.stringify(body)))
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(bot.heard).toEqual([])
  })
})

it.each(['', 'msg_signature=a&timestamp=1&nonce=n&echostr=b'])('an address check with %j is refused', async (query) => {
  const answer = await fetch(`${address()}?${query}`)
  expect([answer.status, await answer.text()]).toEqual([401, ''])
})
