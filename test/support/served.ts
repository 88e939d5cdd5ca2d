import { once } from 'node:events'
import { createServer } from 'node:http'
import type Router from '@koa/router'
import Koa from 'koa'
import { z } from 'zod'

/** Serves routes on a free port as the program does: if a route throws, the answer is 503. */
export async function served(routers: readonly Router[]) {
  const app = new Koa()
  app.silent = true
  app.use(async (context, next) => {
    await next().catch(() => {
      context.status = 503
    })
  })
  for (const router of routers) app.use(router.routes()).use(router.allowedMethods())
  const server = createServer(app.callback()).listen(0, '127.0.0.1')
  let open = 0
  server.on('connection', (socket) => {
    open++
    socket.once('close', () => open--)
  })
  await once(server, 'listening')
  const { port } = z.object({ port: z.number() }).parse(server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    /** The number of open connections. */
    open: () => open,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
