import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bodyReader } from '../../src/bot/connections/bodies.ts'
import { sparing } from '../../src/bot/connections/sparing.ts'
import { memoryLog, until } from '../support/memory-parts.ts'

let server: Server
let port: number
let log: ReturnType<typeof memoryLog>
const sockets = new Set<Socket>()

const listen = async (times?: { atOnce: number; longest: number }): Promise<void> => {
  log = memoryLog()
  const readBody = bodyReader('wecom', log, times)
  const app = new Koa()
  app.silent = true
  app.use(async (context) => {
    const body = await readBody(context)
    if (body !== undefined) context.body = `${body.length}`
  })
  server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = z.object({ port: z.number() }).parse(server.address()).port
}
beforeEach(() => listen())
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  server.closeAllConnections()
  server.close()
})

/** Announces a body of `length` bytes and sends `sent` of them. */
function begin(sent: number, { length = 1_048_576, from = '127.0.0.1' } = {}) {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from })
  sockets.add(socket)
  const heard = { status: 0, ended: false }
  socket.on('data', (bytes: Buffer) => {
    heard.status ||= Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString('latin1'))?.[1])
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    heard.ended = true
  })
  const head = `POST / HTTP/1.1\r\nHost: x\r\n${length > 0 ? `Content-Length: ${length}` : 'Transfer-Encoding: chunked'}\r\n\r\n`
  socket.write(head)
  if (sent > 0) socket.write(length > 0 ? 'x'.repeat(sent) : `${sent.toString(16)}\r\n${'x'.repeat(sent)}\r\n`)
  return { socket, heard }
}
const whole = async (size: number): Promise<[number, string]> => {
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x'.repeat(size) })
  return [answer.status, await answer.text()]
}

describe('bodies of which nobody knows yet who sent them', () => {
  it('are read up to their limit', async () => {
    expect(await whole(1_048_576)).toEqual([200, '1048576'])
    expect(await whole(1_048_577)).toEqual([413, ''])
    expect(await whole(5_000_000)).toEqual([413, ''])
  })

  it('of over the limit end the connection, announced or not', async () => {
    const announced = begin(100, { length: 2_000_000 })
    const silent = begin(1_100_000, { length: 0 })
    await until(() => announced.heard.ended && silent.heard.ended)
    expect([announced.heard.status, silent.heard.status]).toEqual([413, 413])
    expect(log.lines).toEqual([expect.stringContaining('body too large')])
  })

  it('that do not come to an end: eight of one address, and nobody else waits for them', async () => {
    const many = Array.from({ length: 40 }, () => begin(1000))
    await until(() => many.filter(({ heard }) => heard.ended).length === 32)
    expect(many.filter(({ heard }) => heard.status === 503)).toHaveLength(32)
    expect(await whole(1000)).toEqual([200, '1000'])
    const elsewhere = begin(1000, { from: '127.0.0.2' })
    for (const { socket } of many) socket.destroy()
    elsewhere.socket.write('x'.repeat(1_048_576 - 1000))
    await until(() => elsewhere.heard.status === 200)
    const again = begin(1000)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(again.heard.ended).toBe(false)
    expect(log.lines.filter((line) => line.includes('too many unfinished bodies'))).toHaveLength(1)
  })

  it('hold at most 64 MB in all, whoever sends them', async () => {
    const addresses = Array.from({ length: 9 }, (_, i) => `127.0.0.${i + 2}`)
    const many = addresses.flatMap((from) => Array.from({ length: 8 }, () => begin(1_048_000, { from })))
    const refused = () => many.filter(({ heard }) => heard.status === 503).length
    await until(() => refused() >= many.length - 65, 'refusals', 20_000)
    for (const { socket } of many) socket.destroy()
    await expect.poll(() => whole(1_000_000)).toEqual([200, '1000000'])
  })

  it('that take too long are refused', async () => {
    server.close()
    await listen({ atOnce: 20, longest: 100 })
    const slow = begin(10)
    await until(() => slow.heard.ended)
    expect(slow.heard.status).toBe(503)
    expect(log.lines).toEqual([expect.stringContaining('body took too long')])
  })
})

it('what others can make happen is logged once a minute, with how often', () => {
  let now = 0
  const lines: unknown[] = []
  const say = sparing(
    (more, what) => lines.push([what, more]),
    () => now,
  )
  for (let i = 0; i < 1000; i++) say('a')
  say('b')
  now += 60_000
  say('a')
  say('b')
  expect(lines).toEqual([
    ['a', {}],
    ['b', {}],
    ['a', { repeated: 999 }],
    ['b', {}],
  ])
})
