import type { IncomingMessage } from 'node:http'
import type { Context } from 'koa'
import type { Log } from '../messages/channel.ts'
import { sparing } from './sparing.ts'

/** The most bytes of one body, and of all bodies that are not verified yet. */
const longestBody = 1_048_576
const allBodies = 64 * longestBody
/** In milliseconds. Most bodies come at once. The others are counted by their address and have a time limit. */
export type BodyTimes = { atOnce: number; longest: number }
const usual: BodyTimes = { atOnce: 250, longest: 10_000 }
const slowOfOne = 8
/**
 * A client that is refused for length may still be sending. We drop this much unread, so that it hears the answer before the connection
 * ends.
 */
const linger = { bytes: 16 * longestBody, ms: 1000 }

type Refused = { status: 400 | 413 | 503; check: string }
const tooLarge: Refused = { status: 413, check: 'body too large' }
const noRoom: Refused = { status: 503, check: 'too many unfinished bodies' }
const tooSlow: Refused = { status: 503, check: 'body took too long' }
const brokenOff: Refused = { status: 400, check: 'body broken off' }

/** The bytes held of bodies from senders that nobody knows yet. */
let held = 0
const slow = new Map<string, number>()

/**
 * Reads bodies before they are verified, so that nobody can fill the memory or delay others with them. Undefined means that the body was
 * refused; the refusal is answered and logged.
 */
export function bodyReader(
  channel: string,
  log: Pick<Log, 'warn'>,
  times = usual,
): (context: Context) => Promise<string | undefined> {
  const warn = sparing((more, check) => log.warn({ channel, check, ...more }, 'a callback was refused'))
  return async (context) => {
    const read = await bodyOf(context.req, times)
    if (typeof read === 'string') return read
    warn(read.check)
    endWith(context, read.status)
    return undefined
  }
}

function bodyOf(request: IncomingMessage, { atOnce, longest }: BodyTimes): Promise<string | Refused> {
  if (Number(request.headers['content-length'] ?? 0) > longestBody) return Promise.resolve(tooLarge)
  const address = request.socket.remoteAddress ?? ''
  const chunks: Buffer[] = []
  let size = 0
  let isSlow = false
  return new Promise((resolve) => {
    const settle = (read: string | Refused): void => {
      clearTimeout(timer)
      request.off('data', take).off('end', finish).off('close', breakOff)
      held -= size
      if (isSlow) countSlow(address, -1)
      resolve(read)
    }
    const take = (chunk: Buffer): void => {
      size += chunk.length
      held += chunk.length
      if (size > longestBody) return settle(tooLarge)
      if (held > allBodies) return settle(noRoom)
      chunks.push(chunk)
    }
    const finish = (): void => settle(Buffer.concat(chunks).toString('utf8'))
    const breakOff = (): void => settle(brokenOff)
    const wait = (): void => {
      isSlow = true
      if (countSlow(address, 1) > slowOfOne) return settle(noRoom)
      timer = setTimeout(() => settle(tooSlow), longest - atOnce)
    }
    let timer = setTimeout(wait, atOnce)
    request.on('data', take).on('end', finish).on('close', breakOff)
  })
}

function countSlow(address: string, by: 1 | -1): number {
  const count = (slow.get(address) ?? 0) + by
  if (count > 0) slow.set(address, count)
  else slow.delete(address)
  return count
}

/** Answers, and ends the connection as soon as the client has heard the answer. */
function endWith(context: Context, status: number): void {
  const { req, res } = context
  context.status = status
  context.respond = false
  if (req.destroyed || res.destroyed) return
  res.writeHead(status, { connection: 'close', 'content-length': '0' }).flushHeaders()
  let dropped = 0
  const end = (): void => {
    clearTimeout(timer)
    req.off('data', drop)
    res.end()
  }
  const drop = (chunk: Buffer): void => {
    dropped += chunk.length
    if (dropped > linger.bytes) end()
  }
  const timer = setTimeout(end, linger.ms)
  req.on('data', drop).once('end', end).once('close', end)
  req.resume()
}
