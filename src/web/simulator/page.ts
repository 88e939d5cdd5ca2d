import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import Router from '@koa/router'
import type { Context, Middleware } from 'koa'

const types: { [extension: string]: string | undefined } = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}

/** The page needs nothing from elsewhere, and nothing may frame it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Serves the simulator's page at `/` and its parts below `/sim/page/`. `guard` decides who may see them. */
export function simulatorPage(guard: Middleware): Router {
  const parts = readParts(join(packageRoot(import.meta.dirname), 'src/web/simulator'))
  const router = new Router()
  const send = (context: Context, name: string): void => {
    const part = parts.get(name)
    if (!part) return
    context.type = part.type
    context.set({
      'content-security-policy': policy,
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    context.body = part.data
  }
  router.get('/', guard, (context) => send(context, 'index.html'))
  router.get('/sim/page/:name', guard, (context) => send(context, String(context.params['name'])))
  return router
}

/** The compiled program lies in another folder than the page, which is not compiled: both are found from the package's root. */
function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder))
}

function readParts(folder: string): Map<string, { type: string; data: string }> {
  const parts = new Map<string, { type: string; data: string }>()
  for (const name of readdirSync(folder)) {
    const type = types[extname(name)]
    if (type !== undefined)
      parts.set(name, { type: `${type}; charset=utf-8`, data: readFileSync(join(folder, name), 'utf8') })
  }
  return parts
}
