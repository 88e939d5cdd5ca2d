import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import Router from '@koa/router'

/** Serves the files by which WeCom checks that a domain is ours. An administrator puts them into `folder`. */
export function domainCheck(folder: string): Router {
  const router = new Router()
  router.get(/^\/WW_verify_[A-Za-z0-9]{1,64}\.txt$/, async (context) => {
    const content = await readFile(join(folder, basename(context.path)), 'utf8').catch(() => undefined)
    if (content === undefined) return
    context.type = 'text/plain'
    context.body = content
  })
  return router
}
