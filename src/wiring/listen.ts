import type { Server } from 'node:http'
import type Koa from 'koa'
import { stopped } from '../errors.ts'
import type { Listening } from './simulated.ts'

/** We drop a request whose headers take longer than this, in milliseconds. Bodies of callbacks have ten seconds. */
const headersWithinMs = 10_000
const requestWithinMs = 20_000

/** Listens until `stop`, which gives running requests one second to end. Throws Stopped if it cannot listen. */
export async function listen(
  app: Koa,
  { host, port }: Listening,
): Promise<{ address: Listening; stop: () => Promise<unknown> }> {
  const http = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(port, host, () => resolve(listening))
    listening.once('error', (error: NodeJS.ErrnoException) =>
      reject(stopped('port-taken', { place: `${host}:${port}`, why: error.code ?? error.message })),
    )
  })
  http.headersTimeout = headersWithinMs
  http.requestTimeout = requestWithinMs
  const address = http.address()
  return {
    address: { host, port: address !== null && typeof address === 'object' ? address.port : port },
    stop: () =>
      new Promise((resolve) => {
        http.close(resolve)
        http.closeIdleConnections()
        setTimeout(() => http.closeAllConnections(), 1000).unref()
      }),
  }
}
