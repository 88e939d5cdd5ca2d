import type Router from '@koa/router'
import type { Middleware } from 'koa'
import { duties, lists } from '../../handlers/all.ts'
import { plainOf } from '../bot/dashboard/list.ts'
import { LoginStates, type LoginWay, loginKey, WebSessions } from '../bot/dashboard/login.ts'
import { lookOf } from '../bot/dashboard/look.ts'
import type { World } from '../bot/roster/world.ts'
import type { Config } from '../config.ts'
import type { Store } from '../store/store.ts'
import { Guard } from '../web/dashboard/guard.ts'
import { loginRoutes } from '../web/dashboard/login-routes.ts'
import { dashboardRoutes } from '../web/dashboard/routes.ts'
import { type Part, type Parts, readParts } from '../web/parts.ts'

export type DashboardWiring = {
  config: Config
  store: Store
  world: () => Promise<World>
  ways: readonly LoginWay[]
  /** In the simulator: who may ask at all. */
  door?: Middleware
}

/** Where the simulator has its dashboard: `/` is its own page. */
export const simulatedPath = '/sim/dashboard'

/** The dashboard's routes; none on a real platform without PUBLIC_URL. `guard`: to log in whom the simulator's page chooses. */
export function dashboardOf({ config, store, world, ways, door }: DashboardWiring): {
  routers: Router[]
  guard: Guard
} {
  const { publicUrl, simulator } = config
  const key = loginKey(config.dataKey)
  const guard = new Guard({
    sessions: new WebSessions(store, key),
    world,
    secure: !simulator && publicUrl?.startsWith('https:') === true,
  })
  const shared = readParts('src/web/simulator')
  const parts = new Map([
    ...readParts('src/web/dashboard'),
    ...['dom.js', 'icon.svg'].flatMap((name) => found(shared, name)),
  ])
  const pages = dashboardRoutes({
    guard,
    duties,
    lists,
    look: (now, person) => lookOf(store, now, person),
    // Loaded with the first workbook: until then the program is smaller without it.
    workbook: async (title, { columns, rows }) =>
      (await import('../documents/list-workbook.ts')).listWorkbook({
        title,
        columns,
        rows: rows.map((row) => row.map(plainOf)),
      }),
    parts,
    publicUrl,
    path: simulator ? simulatedPath : '/',
    framed: simulator,
    ...(door ? { door } : {}),
  })
  if (simulator) return { routers: [pages], guard }
  if (publicUrl === undefined) return { routers: [], guard }
  return { routers: [loginRoutes({ ways, publicUrl, states: new LoginStates(store, key), guard }), pages], guard }
}

function found(parts: Parts, name: string): [string, Part][] {
  const part = parts.get(name)
  return part ? [[name, part]] : []
}
