import { once } from 'node:events'
import { createServer } from 'node:http'
import { text as bodyOf } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { WecomClient } from '../../../../src/platforms/wecom/client.ts'
import { memoryLog, memoryTokens, until } from '../../../support/memory-parts.ts'
import { text } from './cards.ts'
import { type SocketCollege, socketCollege } from './socket-college.ts'

let college: SocketCollege
afterEach(async () => {
  await college.close()
  expect(college.gateway.violations).toEqual([])
})

/** A platform that encrypts ids, with the small bot behind it. */
async function hiding(parts: Parameters<SocketCollege['start']>[0] = {}): Promise<SocketCollege> {
  college = await socketCollege({ hidden: true })
  college.bot.answers = ({ what, hidden }) => [
    text(`${hidden ? '您是谁' : '收到'} ${what.kind === 'text' ? what.text : ''}`),
  ]
  await college.start(parts)
  await college.connected()
  return college
}
const heard = ({ bot }: SocketCollege) => bot.heard.map(({ account, hidden = false }) => ({ account, hidden }))

describe('where the self-built app can tell who is behind an id', () => {
  it('people are who they are, and are asked for once', async () => {
    const asked: string[] = []
    const tokens = memoryTokens()
    const resolve = async (id: string) => {
      asked.push(id)
      return college.gateway.aibot.callbacks.accountOf(id)
    }
    const { phone, bot, shown } = await hiding({ parts: { resolve, tokens } })
    await phone.asks('评分', /收到/)
    await phone.asks('进度', /收到 进度/)
    expect(heard(college)).toEqual([
      { account: 'lisi', hidden: false },
      { account: 'lisi', hidden: false },
    ])
    expect(asked).toEqual([college.gateway.aibot.callbacks.idOf('lisi')])
    await bot.push('lisi', text('提醒'))
    expect(shown()).toContain('提醒')
    await bot.push('wangwu', text('提醒'))
    expect(bot.dead).toEqual(['846607'])
  })

  it('while it cannot be asked people stay hidden, and are known when it can', async () => {
    let fails = true
    const resolve = async (id: string) => {
      if (fails) throw new Error('busy')
      return college.gateway.aibot.callbacks.accountOf(id)
    }
    const { phone, log } = await hiding({ parts: { resolve } })
    await phone.asks('评分', /您是谁/)
    fails = false
    await phone.asks('评分', /收到/)
    expect(heard(college).map(({ hidden }) => hidden)).toEqual([true, false])
    expect(log.lines.join()).toContain('could not be resolved')
  })

  it('whom the app may not see stays hidden', async () => {
    const { phone } = await hiding({ parts: { resolve: async () => undefined } })
    await phone.asks('评分', /您是谁/)
  })
})

describe('where nobody can tell', () => {
  const redeem = async (said: string) => (said === 'K7Q2M9XR' ? 'lisi' : undefined)

  it('people say once who they are, with a code, and are known from then on, after a restart too', async () => {
    const tokens = memoryTokens()
    const { phone, bot, shown } = await hiding({ parts: { redeem, tokens } })
    await phone.asks('评分', /您是谁/)
    await phone.asks('K7Q2M9XR', /收到 帮助/)
    await phone.asks('评分', /收到 评分/)
    expect(heard(college).slice(1)).toEqual([
      { account: 'lisi', hidden: false },
      { account: 'lisi', hidden: false },
    ])
    await bot.push('lisi', text('提醒'))
    expect(shown()).toContain('提醒')
    await college.start({ parts: { tokens }, leases: { take: async () => true, release: async () => undefined } })
    await until(() => college.gateway.subscriptions === 2 && college.gateway.alive === 1, 'the other program')
    await phone.asks('进度', /收到 进度/)
  })

  it('a code said in a group is nobody’s business', async () => {
    const { gateway } = await hiding({ parts: { redeem } })
    await gateway.aibot.says('lisi', 'K7Q2M9XR', { group: 'g1' })
    await until(() => college.bot.heard.length === 1, 'a message')
    expect(heard(college)[0]?.hidden).toBe(true)
  })
})

it('plain ids are taken as they are, and nobody is asked', async () => {
  college = await socketCollege()
  const asked: string[] = []
  await college.start({ parts: { resolve: async (id) => void asked.push(id) } })
  await college.connected()
  await college.phone.says('评分')
  await until(() => college.bot.heard.length === 1, 'a message')
  expect([college.bot.heard[0]?.account, asked]).toEqual(['lisi', []])
})

const Asked = z.strictObject({ open_userid_list: z.array(z.string()).min(1).max(1000) })
it('the app’s client asks openuserid_to_userid, and tells what it may not see from what failed', async () => {
  college = await socketCollege()
  let errcode = 0
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.url?.startsWith('/cgi-bin/gettoken'))
      return response.end('{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":7200}')
    expect([request.method, request.url]).toEqual(['POST', '/cgi-bin/batch/openuserid_to_userid?access_token=t'])
    const { open_userid_list: ids } = Asked.parse(JSON.parse(await bodyOf(request)))
    const known = ids.filter((id) => id === 'woKnown').map((open_userid) => ({ open_userid, userid: 'lisi' }))
    const unknown = ids.filter((id) => id !== 'woKnown')
    response.end(JSON.stringify({ errcode, errmsg: '', userid_list: known, invalid_open_userid_list: unknown }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const app = {
    corpId: 'ww1',
    agentId: 1,
    secret: 's',
    token: 't',
    encodingAesKey: 'k',
    apiBase: `http://127.0.0.1:${port}`,
  }
  const client = new WecomClient({ settings: app, tokens: memoryTokens(), log: memoryLog() })
  expect(await client.userIdOf('woKnown')).toBe('lisi')
  expect(await client.userIdOf('woOther')).toBeUndefined()
  errcode = 60011
  await expect(client.userIdOf('woKnown')).rejects.toThrow('openuserid_to_userid')
  server.closeAllConnections()
  server.close()
})
