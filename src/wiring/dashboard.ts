import { join } from 'node:path'
import type Router from '@koa/router'
import { lists, progressLines } from '../../handlers/all.ts'
import { plainOf } from '../bot/dashboard/list.ts'
import { LoginStates, loginKey, WebSessions } from '../bot/dashboard/login.ts'
import { lookOf } from '../bot/dashboard/look.ts'
import type { World } from '../bot/roster/world.ts'
import type { Config } from '../config.ts'
import type { Store } from '../store/store.ts'
import { Guard } from '../web/dashboard/guard.ts'
import { loginRoutes } from '../web/dashboard/login-routes.ts'
import { dashboardRoutes } from '../web/dashboard/routes.ts'
import { domainCheck } from '../web/domain-check.ts'
import { readParts } from '../web/parts.ts'
import type { Platform } from './platforms.ts'
import { type Simulated, simulatedPath } from './simulated.ts'

export type DashboardWiring = {
  config: Config
  store: Store
  world: () => Promise<World>
  platforms: readonly Platform[]
  simulator: Simulated | undefined
}

/**
 * The routes of the dashboard, or of the simulator with its dashboard. On a real platform without PUBLIC_URL only WeCom's check of the
 * domain.
 */
export function pagesOf({ config, store, world, platforms, simulator }: DashboardWiring): Router[] {
  const { publicUrl } = config
  const key = loginKey(config.dataKey)
  const secure = !simulator && publicUrl?.startsWith('https:') === true
  const guard = new Guard({ sessions: new WebSessions(store, key), world, secure })
  const shared = [...readParts('src/web/simulator')].filter(([name]) => name === 'dom.js' || name === 'icon.svg')
  const pages = (): Router =>
    dashboardRoutes({
      guard,
      lines: progressLines,
      lists,
      look: (now, person) => lookOf(store, now, person),
      // The module is loaded with the first workbook, so that the program is smaller until then.
      workbook: async (title, { columns, rows }) =>
        (await import('../documents/list-workbook.ts')).listWorkbook({
          title,
          columns,
          rows: rows.map((row) => row.map(plainOf)),
        }),
      parts: new Map([...readParts('src/web/dashboard'), ...shared]),
      publicUrl,
      path: simulator ? simulatedPath : '/',
      framed: simulator !== undefined,
      ...(simulator ? { door: simulator.door } : {}),
    })
  if (simulator) return simulator.routers({ routers: [pages()], guard })
  const check = domainCheck(join(config.dataDir, 'verify'))
  if (publicUrl === undefined) return [check]
  const ways = platforms.flatMap(({ login }) => login ?? [])
  const login = loginRoutes({ ways, publicUrl, states: new LoginStates(store, key), guard })
  return [login, pages(), check]
}
