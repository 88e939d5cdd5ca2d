import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import Router from '@koa/router'
import type { Context, Middleware } from 'koa'
import type { List, Listed } from '../../bot/dashboard/list.ts'
import type { World } from '../../bot/roster/world.ts'
import type { ProgressLine } from '../../bot/turn/progress-line.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import { inWords } from '../../campaign/plan/worded.ts'
import type { Person } from '../../campaign/roster/roster.ts'
import { guardedBy, type Parts, policy, readScript, sendPart } from '../parts.ts'
import { pageOf, progressOf } from './data.ts'
import { type Guard, isForeign } from './guard.ts'
import { choosePage, refusedPage } from './pages.ts'

export type DashboardParts = {
  guard: Guard
  lines: readonly ProgressLine[]
  lists: readonly List[]
  look: (world: World, person: Person) => Turn
  workbook: (title: string, listed: Listed) => Promise<Uint8Array>
  parts: Parts
  publicUrl: string | undefined
  /** The path of the page: `/`, or another path in the simulator, whose page may frame it. */
  path: string
  framed: boolean
  /** Decides who may ask at all; the simulator passes its own door. */
  door?: Middleware
}

/** The page, its data below `/app/`, and the end of a session. Without a session nothing of it can be read. */
export function dashboardRoutes(dashboard: DashboardParts): Router {
  const { guard, parts, path, framed, publicUrl } = dashboard
  const csp = policy({ framed: framed ? "'self'" : "'none'", forms: "'self'" })
  const files = new Map([...parts, ['echarts.js', readScript(chartLibrary())]])
  const router = new Router()
  if (dashboard.door) router.use(dashboard.door)
  router.get(/^\/login\/(style\.css|icon\.svg)$/, (context) =>
    sendPart(context, files.get(basename(context.path)), csp),
  )
  router.get(path, async (context) => {
    guardedBy(context, csp)
    const asking = await guard.asks(context)
    if (!asking.person && framed) return html(context, 401, choosePage)
    if (!asking.person)
      return context.redirect(/wxwork|DingTalk/i.test(context.get('user-agent')) ? '/login?inside' : '/login')
    if (!asking.may) return html(context, 403, refusedPage(guard.refusal(asking.world), framed ? 'nowhere' : 'logout'))
    sendPart(context, parts.get('index.html'), csp)
    context.set('cache-control', 'no-store')
  })
  router.post('/logout', async (context) => {
    guardedBy(context, csp)
    if (isForeign(context, publicUrl)) return refuse(context, 403, guard.refusal(await guard.world()))
    await guard.close(context)
    context.status = 303
    context.redirect('/login')
  })
  router.all('/app/{*path}', async (context) => {
    guardedBy(context, csp)
    if (context.method !== 'GET' && context.method !== 'HEAD') {
      context.set('allow', 'HEAD, GET')
      return refuse(context, 405, '这里只能查看。')
    }
    const asking = await guard.asks(context)
    if (!asking.person) return refuse(context, 401, '请先登录。')
    if (!asking.may) return refuse(context, 403, guard.refusal(asking.world))
    const [, part = ''] = /^\/app\/page\/([\w-]+\.\w+)$/.exec(context.path) ?? []
    if (part !== '') return sendPart(context, files.get(part), csp)
    const look = dashboard.look(asking.world, asking.person)
    const { period } = context.query
    if (typeof period === 'string') look.lookIn(Number(period))
    await data(context, dashboard, look)
  })
  return router
}

/** ECharts as npm installed it. The page draws only bars and lines. */
const chartLibrary = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('echarts/package.json')), 'dist/echarts.simple.min.js')

function html(context: Context, status: number, body: string): void {
  context.status = status
  context.type = 'text/html; charset=utf-8'
  context.body = body
}

function refuse(context: Context, status: number, problem: string): void {
  context.status = status
  context.body = { problem }
}

async function data(context: Context, { lines, lists, workbook, guard }: DashboardParts, look: Turn): Promise<void> {
  const [, name = '', kind] = /^\/app\/([a-z-]+)(\.xlsx)?$/.exec(context.path) ?? []
  if (name === 'progress' && kind === undefined) {
    context.body = await progressOf(look, lines, lists)
    return
  }
  const list = lists.find((one) => one.name === name)
  if (!list) return refuse(context, 404, '没有这张表。')
  const title = inWords(list.title, look.campaign)
  if (!list.seen(look)) return refuse(context, 403, `“${title}”不在您的查看范围内，如需查看请联系${guard.whom(look)}。`)
  const asked = pageOf({ name, title }, await list.read(look), {
    query: context.query,
    seen: lists.filter((one) => one.seen(look)),
  })
  if (kind === undefined) {
    context.body = asked.page
    return
  }
  context.attachment(`${title}.xlsx`)
  context.type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  context.body = Buffer.from(await workbook(title, asked.all))
}
