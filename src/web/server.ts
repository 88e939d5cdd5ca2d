import Router from '@koa/router'
import Koa from 'koa'
import { sparing } from '../bot/connections/sparing.ts'
import type { Metrics } from './metrics.ts'

/** `delivery` is `waiting` while a platform, a limit or a quota holds messages back. `problems` are lines for the administrator. */
export type Health = { ok: boolean; roster: number; delivery: 'running' | 'waiting'; problems: string[] }

export type ServerParts = {
  routers: readonly Router[]
  metrics: Metrics
  health: () => Promise<Health>
  /** Whether the error means that the store cannot be written. Then nothing happened, and the platform may repeat. */
  isUnavailable: (error: unknown) => boolean
  log: { error: (context: object, line: string) => void }
}

/** The HTTP server. The answer is 404 until a route answers. An error of ours gives one log line and no detail to the outside. */
export function server({ routers, metrics, health, isUnavailable, log }: ServerParts): Koa {
  const unavailable = sparing((more, why) => log.error({ why, ...more }, 'the store is unavailable: callbacks get 503'))
  const app = new Koa()
  app.silent = true
  app.use(async (context, next) => {
    const end = metrics.callbacks.startTimer()
    try {
      await next()
    } catch (error) {
      context.status = isUnavailable(error) ? 503 : 500
      context.body = context.status === 503 ? 'store unavailable' : 'internal error'
      if (context.status === 503) unavailable(error instanceof Error ? error.message : 'unknown')
      else log.error({ err: error, path: context.path }, 'a request failed')
    }
    end({ route: String(context['_matchedRoute'] ?? 'none'), status: context.status })
  })
  for (const router of [...routers, inside(metrics, health)]) app.use(router.routes()).use(router.allowedMethods())
  return app
}

/** The routes for the administrator. */
function inside(metrics: Metrics, health: () => Promise<Health>): Router {
  const router = new Router()
  router.get('/metrics', async (context) => {
    context.type = metrics.registry.contentType
    context.body = await metrics.registry.metrics()
  })
  router.get('/healthz', async (context) => {
    const { ok, ...rest } = await health()
    context.status = ok ? 200 : 503
    context.body = { status: ok ? 'ok' : 'unavailable', ...rest }
  })
  return router
}
