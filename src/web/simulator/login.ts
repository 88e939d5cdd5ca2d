import Router from '@koa/router'
import type { Middleware } from 'koa'
import { sessionMs } from '../../bot/dashboard/login.ts'
import { whoIs } from '../../bot/roster/world.ts'
import type { Guard } from '../dashboard/guard.ts'

/**
 * `POST /sim/login/<account>` logs in to the dashboard the person whose phone the simulator shows. A person in no roster is logged out.
 * `door` admits only the simulator's own page.
 */
export function simulatedLogin(door: Middleware, guard: Guard): Router {
  const router = new Router()
  router.post('/sim/login/:account', door, async (context) => {
    const { roster } = await guard.world()
    const person = whoIs(roster, 'wecom', String(context.params['account']))
    if (person) await guard.open(context, person.id, sessionMs / 1000)
    else await guard.close(context)
    context.body = {}
  })
  router.get('/login', door, (context) => context.redirect('/'))
  return router
}
