import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import type { Inbound } from '../../../../src/bot/messages/message.ts'
import { downloads, named } from '../../../../src/platforms/wecom/aibot/files.ts'
import { encryptFile } from './emulated-files.ts'

let close = (): void => undefined
afterEach(() => close())

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  close = () => {
    server.closeAllConnections()
    server.close()
  }
  return `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}/f`
}
const key = Buffer.alloc(32, 7)
const token = (url: string, aeskey?: string): string => JSON.stringify({ url, ...(aeskey ? { aeskey } : {}) })
const sent = (url: string): Inbound => ({
  channel: 'aibot',
  account: 'lisi',
  once: '1',
  what: { kind: 'file', name: '', token: token(url) },
})

it('every file comes out as it went in, by the key of the settings or its own', async () => {
  let data = Buffer.alloc(0)
  const url = await serving((_, response) => response.end(encryptFile(data, key)))
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      data = Buffer.from(bytes)
      expect(Buffer.from(await downloads(key.toString('base64').slice(0, 43))(token(url)))).toEqual(data)
      expect(Buffer.from(await downloads()(token(url, key.toString('base64'))))).toEqual(data)
    }),
    { numRuns: 40 },
  )
})

it.each<[string, Buffer]>([
  ['with another key', encryptFile(Buffer.from('名册'), Buffer.alloc(32, 8))],
  ['cut off', encryptFile(Buffer.alloc(64), key).subarray(0, 40)],
  ['empty', Buffer.alloc(0)],
])('what came %s is refused', async (_, body) => {
  const url = await serving((_request, response) => response.end(body))
  await expect(downloads()(token(url, key.toString('base64')))).rejects.toThrow()
})

it('an address that is gone and a file without key are refused', async () => {
  const gone = await serving((_, response) => response.writeHead(404).end())
  await expect(downloads()(token(gone, 'a2V5'))).rejects.toThrow('404')
  close()
  const url = await serving((_, response) => response.end('x'))
  await expect(downloads()(token(url))).rejects.toThrow('without its key')
})

it('a file is cut off where it is too large', async () => {
  const piece = Buffer.alloc(1024 * 1024)
  const url = await serving((_, response) => {
    for (let i = 0; i < 24; i++) response.write(piece)
    response.end()
  })
  await expect(downloads()(token(url, key.toString('base64')))).rejects.toThrow('too large')
})

it.each([
  [`attachment; filename*=UTF-8''${encodeURIComponent('名册 2022.xlsx')}`, '名册 2022.xlsx'],
  ['attachment; filename="roster.xlsx"', 'roster.xlsx'],
  ['attachment; filename=roster.xlsx; size=3', 'roster.xlsx'],
  ['attachment; filename="50%.xlsx"', '50%.xlsx'],
  [Buffer.from('attachment; filename="名册.xlsx"').toString('latin1'), '名册.xlsx'],
  ['attachment', ''],
])('%s names the file', async (disposition, name) => {
  const url = await serving((_, response) => response.writeHead(200, { 'content-disposition': disposition }).end('x'))
  expect((await named(sent(url))).what).toMatchObject({ name })
})

it('a file whose name cannot be learnt has none, and other messages are left alone', async () => {
  expect((await named(sent('http://127.0.0.1:9/f'))).what).toMatchObject({ name: '' })
  const text: Inbound = { channel: 'aibot', account: 'lisi', once: '1', what: { kind: 'text', text: '你好' } }
  expect(await named(text)).toBe(text)
})
