import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** The result of a round: answers a second, and their times in milliseconds. */
export type Round = { perSecond: number; p50: number; p99: number }

const headEnd = Buffer.from('\r\n\r\n')
const good = Buffer.from('HTTP/1.1 200 ')

/**
 * Sends each request once over `connections` connections that are kept open. Each sends its next request when the last answer has arrived.
 * Requests are prepared beforehand, and answers are only checked to be 200 without a body, so that the load costs less than the server
 * under load. Throws if an answer differs.
 */
export async function load(port: number, requests: readonly Buffer[], connections = 32): Promise<Round> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)))
  const took = new Float64Array(requests.length)
  let next = 0
  const began = performance.now()
  await Promise.all(
    sockets.map(async (socket) => {
      for (let mine = next++; mine < requests.length; mine = next++) {
        const sent = performance.now()
        await exchange(socket, requests[mine] ?? Buffer.alloc(0))
        took[mine] = performance.now() - sent
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  for (const socket of sockets) socket.destroy()
  took.sort()
  return { perSecond: requests.length / seconds, p50: quantile(took, 0.5), p99: quantile(took, 0.99) }
}

async function opened(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  return socket
}

function exchange(socket: Socket, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer: Buffer = Buffer.alloc(0)
    const done = (error?: Error): void => {
      socket.off('data', more).off('close', closed)
      if (error) reject(error)
      else resolve()
    }
    const more = (chunk: Buffer): void => {
      answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk])
      if (!answer.subarray(-headEnd.length).equals(headEnd)) return
      done(answer.subarray(0, good.length).equals(good) ? undefined : new Error(answer.toString('utf8')))
    }
    const closed = (): void => done(new Error('a connection was closed'))
    socket.on('data', more).on('close', closed)
    socket.write(request)
  })
}

const quantile = (sorted: Float64Array, at: number): number => sorted[Math.floor((sorted.length - 1) * at)] ?? 0

export const median = (values: readonly number[]): number => quantile(Float64Array.from(values).sort(), 0.5)
