import Router from '@koa/router'
import type { Context } from 'koa'
import { type LoginStates, type LoginWay, sessionMs, stateMs } from '../../bot/dashboard/login.ts'
import { whoIs } from '../../bot/roster/world.ts'
import { dashboardSeers } from '../../bot/turn/rights.ts'
import { holds } from '../../campaign/roster/roster.ts'
import { guardedBy, policy } from '../parts.ts'
import { Cookie } from './cookies.ts'
import type { Guard } from './guard.ts'
import { brokenPage, loginPage, refusedPage } from './pages.ts'
import { perMinute } from './rate.ts'

const loginsAMinute = 120
const forms = policy({ forms: "'self'" })

export type LoginParts = {
  ways: readonly LoginWay[]
  publicUrl: string
  states: LoginStates
  guard: Guard
}

/** `/login`, with one way in for each configured platform, and `POST /logout`. */
export function loginRoutes({ ways, publicUrl, states, guard }: LoginParts): Router {
  const router = new Router()
  const browser = new Cookie('login', publicUrl.startsWith('https:'))
  const mayAsk = perMinute(loginsAMinute)
  router.use(['/login', ...ways.map(({ name }) => `/login/${name}`)], async (context, next) => {
    guardedBy(context, forms)
    if (mayAsk(context.req.socket.remoteAddress ?? '')) return next()
    context.set('retry-after', '60')
    answer(context, 429, brokenPage('登录得太频繁了，请一分钟后再试。'))
  })
  router.get('/login', (context) => {
    const inside = ways.find((way) => way.isInside(context.get('user-agent')))
    if (inside && context.query['inside'] !== undefined) context.redirect(`/login/${inside.name}`)
    else answer(context, 200, loginPage(ways))
  })
  for (const way of ways)
    router.get(`/login/${way.name}`, async (context) => {
      const { state } = context.query
      if (state === undefined) begin(context, way)
      else await receive(context, way, typeof state === 'string' ? state : '')
    })
  return router

  function begin(context: Context, way: LoginWay): void {
    const begun = states.begin(way.name, browser.read(context))
    browser.give(context, begun.browser, stateMs / 1000)
    const agent = context.get('user-agent')
    context.redirect(way.page({ state: begun.state, back: `${publicUrl}/login/${way.name}`, agent }))
  }

  async function receive(context: Context, way: LoginWay, state: string): Promise<void> {
    if (!(await states.take(way.name, state, browser.read(context))))
      return answer(context, 400, brokenPage('这次登录已经用过、过期，或不是在这个浏览器里开始的。'))
    browser.take(context)
    const code = context.query['authCode'] ?? context.query['code']
    const found = typeof code === 'string' && code !== '' && code.length <= 512 ? await way.who(code) : 'refused'
    if (found === 'refused') return context.redirect('/login')
    if (found === 'failed') return answer(context, 503, brokenPage(`${way.title}暂时没有应答，请稍后再试。`))
    const world = await guard.world()
    const person = found.account === undefined ? undefined : whoIs(world.roster, way.channel, found.account)
    if (!person || !holds(person, ...dashboardSeers))
      return answer(context, 403, refusedPage(guard.refusal(world), 'login'))
    await guard.open(context, person.id, sessionMs / 1000)
    context.redirect('/')
  }
}

function answer(context: Context, status: number, html: string): void {
  context.status = status
  context.type = 'text/html; charset=utf-8'
  context.body = html
}
