import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The regular expressions that these files build with `new RegExp` while they are loaded, as written, with their file. Those that are built
 * only when a function is called are not found.
 */
export async function builtPatterns(files: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const Native = globalThis.RegExp
  globalThis.RegExp = new Proxy(Native, {
    construct(target, parts, newTarget) {
      const made = Object(Reflect.construct(target, parts, newTarget))
      const caller = (new Error().stack ?? '').split('\n')[2] ?? ''
      const place = files.find((file) => caller.includes(`${join(process.cwd(), file)}:`))
      if (place && made instanceof Native) found.set(`/${made.source}/${made.flags}`, place)
      return made
    },
  })
  for (const file of files) await import(pathToFileURL(file).href)
  globalThis.RegExp = Native
  return found
}
