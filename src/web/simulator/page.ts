import Router from '@koa/router'
import type { Middleware } from 'koa'
import { policy, readParts, sendPart } from '../parts.ts'

/** Serves the simulator's page at `/` and its parts below `/sim/page/`. `guard` decides who may see them. */
export function simulatorPage(guard: Middleware): Router {
  const parts = readParts('src/web/simulator')
  const router = new Router()
  router.get('/', guard, (context) => sendPart(context, parts.get('index.html'), policy()))
  router.get('/sim/page/:name', guard, (context) =>
    sendPart(context, parts.get(String(context.params['name'])), policy()),
  )
  return router
}
