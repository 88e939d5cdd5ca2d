import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import type { Context } from 'koa'

const types: { [extension: string]: string | undefined } = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}

export type Part = { type: string; data: string; tag: string }
export type Parts = ReadonlyMap<string, Part>

/** The files of a page. They are not compiled, so they are found from the package's root: the compiled program is in another folder. */
export function readParts(folder: string): Map<string, Part> {
  const path = join(packageRoot(import.meta.dirname), folder)
  const parts = new Map<string, Part>()
  for (const name of readdirSync(path)) {
    const type = types[extname(name)]
    if (type !== undefined) parts.set(name, partOf(type, readFileSync(join(path, name), 'utf8')))
  }
  return parts
}

/** One script of a library, as npm installed it. Throws if there is no such file. */
export const readScript = (file: string): Part => partOf('text/javascript', readFileSync(file, 'utf8'))

const partOf = (type: string, data: string): Part => ({
  type: `${type}; charset=utf-8`,
  data,
  tag: `"${createHash('sha256').update(data).digest('base64url').slice(0, 22)}"`,
})

/** The folder of package.json, found above `folder`. */
export const packageRoot = (folder: string): string =>
  existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder))

/** The Content-Security-Policy of a page: it loads nothing from elsewhere and runs only its own files. `framed` says who may frame it. */
export const policy = ({ framed = "'none'", forms = "'none'" } = {}): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action ${forms}; frame-ancestors ${framed}`

/** Sets the headers of everything that a browser shows. */
export function guardedBy(context: Context, csp: string): void {
  context.set({
    'content-security-policy': csp,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
}

/** Sends one file of a page, or 404 if there is none. The browser loads it again only if it has changed. */
export function sendPart(context: Context, part: Part | undefined, csp: string): void {
  if (!part) return
  guardedBy(context, csp)
  context.set({ 'cache-control': 'private, no-cache', etag: part.tag })
  context.type = part.type
  context.status = 200
  if (context.fresh) context.status = 304
  else context.body = part.data
}
