import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../../src/platforms/simulator/api-server.ts'
import { EmulatedWecom } from '../../../src/platforms/simulator/emulated-wecom.ts'
import { outcomeOf, readAnswer } from '../../../src/platforms/wecom/answers.ts'
import { WecomClient } from '../../../src/platforms/wecom/client.ts'
import { keptLog, sharedTokens } from './fixture.ts'

let wecom: EmulatedWecom
let tokens: ReturnType<typeof sharedTokens>
const kept = keptLog()

beforeEach(async () => {
  wecom = new EmulatedWecom({ members: [{ account: 'zhaoyi', name: '赵一' }] })
  await wecom.listen()
  tokens = sharedTokens()
})
afterEach(() => wecom.close())

const client = (changed: object = {}) =>
  new WecomClient({ settings: { ...wecom.credentials, apiBase: wecom.base, ...changed }, tokens, log: kept.log })
const hello = () => ({
  body: JSON.stringify({
    touser: 'zhaoyi',
    msgtype: 'text',
    agentid: wecom.credentials.agentId,
    text: { content: '您好' },
  }),
})
const fetched = () => wecom.calls.filter(({ path }) => path === '/cgi-bin/gettoken').length
/** The first `times` calls of `path` have the fault. */
const once = (path: string, fault: Fault, times = 1) => {
  let left = times
  wecom.fault = (call) => (call.path === `/cgi-bin/${path}` && left-- > 0 ? fault : undefined)
}

describe('the access token', () => {
  it('is fetched once for many calls at once, and once for all instances', async () => {
    const one = client()
    const answers = await Promise.all(Array.from({ length: 20 }, () => one.call('message/send', hello())))
    expect(answers.every(({ kind }) => kind === 'ok')).toBe(true)
    await client().call('message/send', hello())
    expect(fetched()).toBe(1)
  })

  it.each([40014, 42001, 41001, 40001])('is renewed once after %d, and the call is made again', async (errcode) => {
    const one = client()
    await one.call('message/send', hello())
    once('message/send', { errcode })
    expect((await one.call('message/send', hello())).kind).toBe('ok')
    expect(fetched()).toBe(2)
  })

  it('that another instance has renewed meanwhile is taken over', async () => {
    const one = client()
    await one.call('message/send', hello())
    wecom.revokeTokens()
    await Promise.all(Array.from({ length: 10 }, () => one.call('message/send', hello())))
    expect(fetched()).toBe(2)
    const [name, old] = [...tokens.held][0] ?? []
    const other = client()
    tokens.held.set(name ?? '', { token: 'gone', until: Date.now() + 60_000 })
    once('message/send', { errcode: 40014 })
    const call = other.call('message/send', hello())
    tokens.held.set(name ?? '', old ?? { token: '', until: 0 })
    expect((await call).kind).toBe('ok')
    expect(fetched()).toBe(2)
  })

  it('that stays refused ends in an answer, not in a loop', async () => {
    once('message/send', { errcode: 40014 }, 100)
    expect(await client().call('message/send', hello())).toEqual({ kind: 'no', errcode: 40014 })
    expect(wecom.calls.length).toBeLessThan(6)
  })

  it('is not asked for again and again with a wrong secret, which would block our address', async () => {
    const one = client({ secret: 'wrong' })
    for (let i = 0; i < 5; i++)
      expect(outcomeOf(failureOf(await one.call('message/send', hello())))).toMatchObject({
        kind: 'configuration',
        line: expect.stringContaining('WECOM_SECRET'),
      })
    expect(fetched()).toBe(1)
  })

  it('is renewed when its time is over', async () => {
    const one = client()
    await one.call('message/send', hello())
    for (const [name, { token }] of tokens.held) tokens.held.set(name, { token, until: Date.now() - 1 })
    await one.call('message/send', hello())
    expect(fetched()).toBe(2)
  })

  it('of another app is another one', async () => {
    await client().call('message/send', hello())
    await client({ agentId: 5 }).call('menu/get', { query: { agentid: '5' } })
    expect(tokens.held.size).toBe(2)
  })
})

const failureOf = (answer: Awaited<ReturnType<WecomClient['call']>>) => {
  if (answer.kind === 'ok') throw new Error('a failure was expected')
  return answer
}

describe('what went wrong, sorted by who can act', () => {
  const sorted = async (fault: Fault) => {
    once('message/send', fault)
    return outcomeOf(failureOf(await client().call('message/send', hello())))
  }
  it.each<[string, Fault, object]>([
    ['busy', { errcode: -1 }, { kind: 'again', ambiguous: true }],
    [
      'a rate that is used up waits for its window',
      { errcode: 45009 },
      { kind: 'again', ms: 60_000, ambiguous: false },
    ],
    ['too many at once', { errcode: 45033 }, { kind: 'again', ambiguous: false }],
    ['a gateway fails', { status: 502 }, { kind: 'again', ambiguous: true }],
    ['a gateway is flooded', { status: 429 }, { kind: 'again' }],
    ['the connection breaks', { reset: true }, { kind: 'again', ambiguous: true }],
    ['the answer is lost', { loseAnswer: true }, { kind: 'again', ambiguous: true }],
    [
      'something else answers',
      { status: 404 },
      { kind: 'configuration', line: expect.stringContaining('WECOM_API_BASE') },
    ],
    [
      'agent of another app',
      { errcode: 301002 },
      { kind: 'configuration', line: expect.stringContaining('WECOM_AGENT_ID') },
    ],
    [
      'no callback address',
      { errcode: 43012 },
      { kind: 'configuration', line: expect.stringContaining('/wecom/callback') },
    ],
    [
      'address not trusted',
      { errcode: 60020, errmsg: 'not allow to access from your ip, from ip: 10.2.3.4' },
      { kind: 'configuration', line: expect.stringMatching(/10\.2\.3\.4.*企业可信IP/) },
    ],
    ['an unknown receiver', { errcode: 81013 }, { kind: 'unreachable', code: '81013' }],
    ['a used response code', { errcode: 60140 }, { kind: 'anew' }],
    ['words that are not allowed', { errcode: 82004 }, { kind: 'refused', code: '82004' }],
    ['a code nobody knows', { errcode: 99_999 }, { kind: 'refused', code: '99999' }],
  ])('%s', async (_, fault, expected) => {
    expect(await sorted(fault)).toMatchObject(expected)
  })

  it('nobody answers: certainly nothing happened', async () => {
    await wecom.close()
    expect(failureOf(await client().call('message/send', hello()))).toMatchObject({ kind: 'lost', ambiguous: false })
    await wecom.listen()
  })

  it.each(['', 'null', '[]', '{}', '{"errcode":"0"}', '<html>'])(
    'an answer %j that is no answer counts as none',
    (text) => {
      expect(readAnswer(200, text)).toMatchObject({ kind: 'lost', code: 'unexpected-answer', ambiguous: true })
    },
  )
})

describe('a file', () => {
  it('arrives byte for byte under its name', async () => {
    const data = Buffer.from([0, 13, 10, 45, 45, 255, 1, 2, 3])
    const uploaded = await client().upload({ name: '附件2 汇总表"1".docx', data })
    const file = wecom.file('mediaId' in uploaded ? uploaded.mediaId : '')
    expect(file).toMatchObject({ name: '附件2 汇总表_1_.docx' })
    expect(file?.data.equals(data)).toBe(true)
    expect(wecom.violations).toEqual([])
  })
})

describe('the log', () => {
  it('never holds a token, a secret or an account', () => {
    expect(kept.lines.length).toBeGreaterThan(0)
    for (const line of kept.lines) expect(line).toBe('a new access token {"channel":"wecom"}')
  })
})
