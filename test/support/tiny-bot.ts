import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { decrypt, getSignature } from '@wecom/crypto'
import type { EmulatedWecom } from '../../src/platforms/simulator/emulated-wecom.ts'

export type Heard = { xml: string; get: (element: string) => string | undefined }

/**
 * The smallest program behind a callback address: it checks, decrypts, tells `hears`, and can call the API. It replaces the bot in tests of
 * the emulator itself.
 */
export async function tinyBot(
  wecom: EmulatedWecom,
  hears: (heard: Heard, bot: TinyBot) => void | Promise<void> = () => {},
) {
  const { credentials } = wecom
  const heard: Heard[] = []
  /** The statuses for the next callbacks; 200 after that. */
  const statuses: number[] = []
  const working: Promise<void>[] = []
  const bot = {
    heard,
    statuses,
    call: (path: string, body: unknown, query = '') => call(wecom, path, JSON.stringify(body), query),
  }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const query = (name: string): string => url.searchParams.get(name) ?? ''
    const encrypted =
      request.method === 'GET'
        ? query('echostr')
        : (/<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec((await buffer(request)).toString())?.[1] ?? '')
    if (getSignature(credentials.token, query('timestamp'), query('nonce'), encrypted) !== query('msg_signature'))
      return response.writeHead(401).end()
    const { message, id } = decrypt(credentials.encodingAesKey, encrypted)
    if (id !== credentials.corpId) return response.writeHead(400).end()
    if (request.method === 'GET') return response.end(message)
    const status = statuses.shift() ?? 200
    if (status !== 200) return response.writeHead(status).end()
    const got: Heard = {
      xml: message,
      get: (name) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, 's').exec(message)?.[1],
    }
    heard.push(got)
    response.end()
    working.push(Promise.resolve(hears(got, bot)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port')
  const base = `http://127.0.0.1:${address.port}`
  await wecom.connect(`${base}/wecom/callback`)
  const close = async (): Promise<void> => {
    await Promise.all(working)
    server.close()
  }
  return Object.assign(bot, { base, close })
}
export type TinyBot = {
  heard: Heard[]
  statuses: number[]
  call: (path: string, body: unknown, query?: string) => Promise<Answer>
}
type Answer = { errcode: number; [field: string]: unknown }

async function call(wecom: EmulatedWecom, path: string, body: string, query: string): Promise<Answer> {
  const { corpId, secret } = wecom.credentials
  const token = await ask(`${wecom.base}/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`)
  return ask(`${wecom.base}/cgi-bin/${path}?access_token=${String(token['access_token'])}${query}`, {
    method: 'POST',
    body,
  })
}

/** Requests an address and returns the answer with its body. */
export async function ask(address: string, init: RequestInit = {}): Promise<Answer> {
  const answer: unknown = await (await fetch(address, init)).json()
  if (typeof answer !== 'object' || answer === null || !('errcode' in answer) || typeof answer.errcode !== 'number')
    throw new TypeError('not an answer of the API')
  return { ...answer, errcode: answer.errcode }
}

export const cardFor = (account: string, agentid: number, template_card: object) => ({
  touser: account,
  msgtype: 'template_card',
  agentid,
  template_card,
})
