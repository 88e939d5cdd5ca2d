import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, Next } from 'koa'

const cookie = 'simulator_key'
const loopbackName = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

const same = (a: string, b: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/**
 * Decides who may use the simulator. On a loopback address only pages of this machine may. Otherwise `key` is required, first as the query
 * parameter of the printed address, then as a cookie. Everybody else gets 403.
 * A request that changes something must come from our own page: we compare the browser's Origin, and the body is JSON, which no foreign
 * form can send. A foreign name that resolves to loopback is not one of our names, so it is refused.
 */
export function door(key?: string) {
  return async (context: Context, next: Next): Promise<void> => {
    if (key === undefined) {
      if (!loopbackName.test(context.get('host'))) return refuse(context)
    } else {
      const given = context.query['key']
      if (typeof given === 'string' && same(given, key)) {
        context.cookies.set(cookie, key, { httpOnly: true, sameSite: 'lax' })
        if (context.method === 'GET') return context.redirect(context.path)
      } else if (!same(context.cookies.get(cookie) ?? '', key)) return refuse(context)
    }
    if (context.method !== 'GET' && !fromOurPage(context)) return refuse(context)
    await next()
  }
}

function fromOurPage(context: Context): boolean {
  const origin = context.get('origin')
  const ours = origin === `http://${context.get('host')}` || origin === `https://${context.get('host')}`
  return (origin === '' || ours) && context.is('application/json') === 'application/json'
}

function refuse(context: Context): void {
  context.status = 403
  context.body = '请用启动时打印的地址打开模拟器。'
}
