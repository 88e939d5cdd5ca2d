import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { check } from 'recheck'
import { parseAst } from 'vite'
import { z } from 'zod'
import { builtPatterns } from './built-patterns.ts'

/**
 * No regular expression may take more than linear time. recheck judges each one in the program, written or built. `linear` remembers those
 * that passed, because judging takes a second.
 * `left` holds older ones that are built from parts and not proven linear. What they read is short (a name, a time, a sentence of a plan)
 * or measured in `reader-speed.test.ts` and `hostile.test.ts`. That list only shrinks: `--write` brings both lists up to date but never
 * adds to `left`.
 */
const file = join(import.meta.dirname, 'patterns.json')
const Lists = z.strictObject({ linear: z.array(z.string()), left: z.array(z.string()) })
const known = Lists.parse(JSON.parse(readFileSync(file, 'utf8')))
const { written, building } = patterns()
const inSources = new Map([...(await builtPatterns(building)), ...written])
const linear = new Set(known.linear.filter((one) => inSources.has(one)))
const left = known.left.filter((one) => inSources.has(one))
const problems =
  known.left.length > left.length ? ['patterns.json: a pattern of `left` is gone: npm run patterns -- --write'] : []

for (const [pattern, place] of inSources) {
  if (linear.has(pattern) || left.includes(pattern)) continue
  const end = pattern.lastIndexOf('/')
  const { status } = await check(pattern.slice(1, end), pattern.slice(end + 1), { timeout: 30_000 })
  if (status === 'safe') linear.add(pattern)
  else problems.push(`${place}: ${pattern} may take longer than in proportion to the text (${status})`)
}
if (process.argv.includes('--write')) {
  const lists = { linear: [...linear].toSorted(), left: left.toSorted() }
  writeFileSync(file, `${JSON.stringify(lists, undefined, 2)}\n`)
} else if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`)
  process.exitCode = 1
}

/** Every regular expression as written, with its file; and the files that build some. */
function patterns(): { written: Map<string, string>; building: string[] } {
  const found = new Map<string, string>()
  const building = new Set<string>()
  const Built = z.object({ type: z.literal('NewExpression'), callee: z.object({ name: z.literal('RegExp') }) })
  const Regex = z.object({ regex: z.object({ pattern: z.string(), flags: z.string() }) })
  const walk = (node: unknown, place: string): void => {
    if (typeof node !== 'object' || node === null) return
    const { regex } = Regex.safeParse(node).data ?? {}
    if (regex) found.set(`/${regex.pattern}/${regex.flags}`, place)
    if (Built.safeParse(node).success) building.add(place)
    for (const child of Object.values(node)) walk(child, place)
  }
  for (const folder of ['src', 'handlers', 'schedules'])
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.ts')) {
        const place = join(folder, name)
        walk(parseAst(readFileSync(place, 'utf8'), { lang: 'ts' }), place)
      }
  return { written: found, building: [...building] }
}
