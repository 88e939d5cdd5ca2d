import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { Server as PlainServer } from 'node:http'
import { createServer as createPlain } from 'node:http'
import { createServer, type Server } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { EmulatedWecom } from '../../src/platforms/simulator/emulated-wecom.ts'
import { goOut, proxiesInWords, proxyFor } from '../../src/wiring/outgoing.ts'
import { EmulatedGateway } from '../platforms/wecom/aibot/emulated-gateway.ts'
import { selfSigned } from '../support/certificate.ts'
import { until } from '../support/memory-parts.ts'
import { startProxy } from '../support/proxy.ts'
import { startedProgram } from '../support/started-program.ts'

const none = { httpsProxy: undefined, httpProxy: undefined, noProxy: undefined, extraCertificates: undefined }
const secure = 'http://secure.test:3128'
const plain = 'http://plain.test:3128'
const both = { ...none, httpsProxy: secure, httpProxy: plain }

describe('which proxy', () => {
  it.each([
    ['https://qyapi.weixin.qq.com/cgi-bin', secure],
    ['wss://openws.work.weixin.qq.com', secure],
    ['http://10.0.0.1/cgi-bin', plain],
    ['ws://10.0.0.1', plain],
  ])('%s takes %s', (address, proxy) => expect(proxyFor(address, both)).toBe(proxy))

  it('HTTP_PROXY alone is taken for everything', () =>
    expect(proxyFor('https://qyapi.weixin.qq.com', { ...none, httpProxy: plain })).toBe(plain))

  it.each([
    ['edu.cn', 'https://bot.example.edu.cn', true],
    ['.example.edu.cn', 'https://bot.example.edu.cn', true],
    ['*.example.edu.cn, 10.0.0.1', 'http://10.0.0.1/x', true],
    ['du.cn', 'https://bot.example.edu.cn', false],
    ['bot.example.edu.cn:8443', 'https://bot.example.edu.cn', false],
    ['bot.example.edu.cn:443', 'https://bot.example.edu.cn', true],
    ['BOT.example.edu.cn:8443', 'wss://bot.example.edu.cn:8443', true],
    ['[::1]', 'http://[::1]:3000', true],
    ['*', 'https://qyapi.weixin.qq.com', true],
  ])('NO_PROXY %s and %s: %s', (noProxy, address, direct) =>
    expect(proxyFor(address, { ...both, noProxy }) === undefined).toBe(direct),
  )

  it('is named without user and password', () =>
    expect(proxiesInWords({ ...none, httpsProxy: 'http://wang:geheim@proxy.test:3128', noProxy: 'edu.cn' })).toBe(
      'HTTPS_PROXY http://proxy.test:3128，NO_PROXY edu.cn',
    ))
})

describe('through a real proxy', () => {
  let proxy: Awaited<ReturnType<typeof startProxy>>
  let folder = ''
  const servers: (Server | PlainServer)[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'outgoing-'))
    proxy = await startProxy({ login: 'wang:geheim' })
    await writeFile(join(folder, 'ca.pem'), selfSigned.cert)
  })
  afterEach(async () => {
    await goOut({ ...none, noProxy: '*', httpProxy: proxy.url })
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
    await proxy.stop()
    await rm(folder, { recursive: true })
  })

  async function listening(server: Server | PlainServer): Promise<string> {
    servers.push(server.on('request', (_, answer) => answer.end('here')).listen(0, '127.0.0.1'))
    await once(server, 'listening')
    const address = server.address()
    return `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
  }
  const settings = () => ({ ...none, httpsProxy: proxy.url, httpProxy: proxy.url })

  it('requests, secure requests and WebSockets go, with the certificates of the college', async () => {
    const simple = await listening(createPlain())
    const server = createServer(selfSigned)
    const safe = await listening(server)
    const sockets = new WebSocketServer({ server })
    const way = await goOut({ ...settings(), extraCertificates: join(folder, 'ca.pem') })
    expect(await (await fetch(`http://${simple}/a`, { method: 'POST', body: 'x' })).text()).toBe('here')
    expect(await (await fetch(`https://${safe}/b`)).text()).toBe('here')
    const socket = new WebSocket(`wss://${safe}`, way(`wss://${safe}`))
    await once(socket, 'open')
    socket.terminate()
    sockets.close()
    expect(proxy.asked).toEqual([`POST http://${simple}/a`, `CONNECT ${safe}`, `CONNECT ${safe}`])
  })

  it('what NO_PROXY names goes directly; an unknown certificate is still refused', async () => {
    const safe = await listening(createServer(selfSigned))
    await goOut({ ...settings(), noProxy: '127.0.0.1', extraCertificates: join(folder, 'ca.pem') })
    expect(await (await fetch(`https://${safe}/`)).text()).toBe('here')
    expect(proxy.asked).toEqual([])
    await goOut(settings())
    await expect(fetch(`https://${safe}/`)).rejects.toMatchObject({
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
  })

  it('a file that holds no certificate is one line that names the variable', async () => {
    await writeFile(join(folder, 'ca.pem'), 'none')
    for (const file of ['ca.pem', 'missing.pem'])
      await expect(goOut({ ...none, extraCertificates: join(folder, file) })).rejects.toThrow(/^NODE_EXTRA_CA_CERTS：/)
  })
})

it('the program behind a proxy: the app and the long connection go by it, and it is named at start without its password', async () => {
  const proxy = await startProxy({ login: 'wang:geheim' })
  const wecom = new EmulatedWecom({ members: [] })
  await wecom.listen()
  const gateway = await EmulatedGateway.start()
  const { corpId, agentId, secret, token, encodingAesKey } = wecom.credentials
  const bot = gateway.settings()
  const program = await startedProgram({
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: String(agentId),
    WECOM_SECRET: secret,
    WECOM_TOKEN: token,
    WECOM_ENCODING_AES_KEY: encodingAesKey,
    WECOM_API_BASE: wecom.base,
    WECOM_BOT_ID: bot.botId,
    WECOM_BOT_SECRET: bot.secret,
    WECOM_BOT_WS: bot.address,
    HTTP_PROXY: proxy.url,
  })
  try {
    await until(() => gateway.alive === 1, 'the long connection')
    await until(() => proxy.asked.some((one) => one.includes('menu/')), 'the menu')
    expect(proxy.asked).toContain(`CONNECT ${new URL(bot.address).host}`)
    expect(proxy.asked.filter((one) => one.includes('gettoken'))).toHaveLength(1)
    expect(program.output()).toContain(`HTTP_PROXY http://${new URL(proxy.url).host}`)
    expect(program.output()).not.toContain('geheim')
  } finally {
    await program.stop()
    await gateway.close()
    await wecom.close()
    await proxy.stop()
  }
})
