import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { connect, type Socket } from 'node:net'

/**
 * A proxy as in intranets: plain http in absolute form, the rest by CONNECT. `asked` lists the requests in order, as `GET http://…` and
 * `CONNECT host:port`. `login` is the user and password that it demands.
 */
export async function startProxy({ login }: { login?: string } = {}) {
  const asked: string[] = []
  const open = new Set<Socket>()
  const wanted = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`
  const server = createServer((from, answer) => {
    const { method = 'GET', url = '', headers } = from
    asked.push(`${method} ${url}`)
    if (headers['proxy-authorization'] !== wanted) return void answer.writeHead(407).end()
    const on = request(url, { method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers)
      given.pipe(answer)
    })
    on.on('error', () => answer.writeHead(502).end())
    from.pipe(on)
  })
  server.on('connect', ({ url = '', headers }, near: Socket) => {
    asked.push(`CONNECT ${url}`)
    if (headers['proxy-authorization'] !== wanted)
      return void near.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const { hostname, port } = new URL(`http://${url}`)
    const far = connect(Number(port), hostname, () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n')
      far.pipe(near).pipe(far)
    })
    for (const socket of [near, far]) socket.on('error', () => [near, far].forEach((one) => one.destroy()))
    open.add(near).add(far)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    asked,
    url: `http://${login === undefined ? '' : `${login}@`}127.0.0.1:${port}`,
    async stop() {
      for (const socket of open) socket.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
