import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Answer, Call } from './api-call.ts'

/**
 * A fault in place of the true answer. Without effect: `errcode` refuses the call, `status` answers a gateway's page in place of JSON,
 * `hang` never answers, `reset` breaks the connection before the effect. With effect: `loseAnswer` breaks the connection after it.
 */
export type Fault =
  | { errcode: number; errmsg?: string }
  | { status: number }
  | { reset: true }
  | { loseAnswer: true }
  | { hang: true }

/** A file as the answer of media/get, in place of JSON. */
export type Raw = { name: string; data: Buffer }

export type Api = { handle: (call: Call) => Answer | Raw; fault: (call: Call) => Fault | undefined }

/** Serves the API on a random port of the loopback interface. */
export async function serveApi(api: Api): Promise<{ base: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    answer(api, request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { base: `http://127.0.0.1:${portOf(server)}`, close: () => closed(server) }
}

async function answer(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const call: Call = {
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    body: await buffer(request),
    contentType: request.headers['content-type'] ?? '',
  }
  const fault = api.fault(call)
  if (fault && 'hang' in fault) return
  if (fault && 'reset' in fault) return void request.socket.destroy()
  if (fault && 'status' in fault)
    return void response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<html>bad gateway</html>')
  if (fault && 'errcode' in fault)
    return sendJson(response, { errcode: fault.errcode, errmsg: fault.errmsg ?? 'fault' })
  const body = api.handle(call)
  if (fault) return void request.socket.destroy()
  if (!('data' in body && Buffer.isBuffer(body.data))) return sendJson(response, body)
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${encodeURIComponent(String(body.name))}"`,
  })
  response.end(body.data)
}

function sendJson(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port')
  return address.port
}

async function closed(server: Server): Promise<void> {
  const done = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await done
}
