import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAst, Visitor } from 'vite'

/**
 * Measures the house: how many lines the first conversations take beside what was set for them, the longest file and function, and the most
 * parameters in a row. Prints a line each and names what is over; ends with 1 where anything is. `npm run check` runs it.
 *
 * `most` is what a place takes today where the target is not reached yet: it only shrinks.
 */
const rooms: { readonly [place: string]: { target: number; most?: number } } = {
  'handlers/scorecard': { target: 750 },
  'handlers/liaison-report': { target: 220 },
  'handlers/review': { target: 330 },
  'handlers/delegate.ts': { target: 60 },
  'schedules/liaison-report.ts': { target: 50 },
  'schedules/grading.ts': { target: 120 },
}

type Measured = { place: string; count: number }

const sources = ['src', 'handlers', 'schedules'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') })),
)
const linesOf = (text: string): number => text.trimEnd().split('\n').length

/** Every function, with its lines and positional parameters. */
function functionsIn({ file, text }: (typeof sources)[number]): { lines: Measured; parameters: Measured }[] {
  const found: { lines: Measured; parameters: Measured }[] = []
  const note = ({ start, end, params }: { start: number; end: number; params: readonly unknown[] }): void => {
    const place = `${file}:${linesOf(text.slice(0, start + 1))}`
    found.push({
      lines: { place, count: linesOf(text.slice(start, end)) },
      parameters: { place, count: params.length },
    })
  }
  // What a library calls back has the parameters that the library gives it.
  const calledBack = new Set<unknown>()
  const own = (one: Parameters<typeof note>[0]): void => {
    if (!calledBack.has(one)) note(one)
  }
  new Visitor({
    CallExpression: ({ arguments: given }) => given.forEach((one) => calledBack.add(one)),
    FunctionDeclaration: note,
    FunctionExpression: own,
    ArrowFunctionExpression: own,
  }).visit(parseAst(text, { lang: 'ts' }))
  return found
}

/** Says the largest beside the limit, and all that is over it; how many are. */
function hold(what: string, limit: number, measured: readonly Measured[]): number {
  const over = measured.filter(({ count }) => count > limit)
  const largest = Math.max(...measured.map(({ count }) => count))
  process.stdout.write(`${what}: ${largest} (at most ${limit})\n`)
  for (const { place, count } of over) process.stderr.write(`${place}: ${count} ${what}, at most ${limit}\n`)
  return over.length
}

const inRooms = Object.entries(rooms).map(([place, { target, most = target }]) => {
  const own = sources.filter(({ file }) => file === place || file.startsWith(`${place}/`))
  const count = own.reduce((sum, { text }) => sum + linesOf(text), 0)
  return hold(`lines of ${place}, target ${target}`, most, [{ place, count }])
})
const functions = sources.flatMap(functionsIn)
const over = [
  ...inRooms,
  hold(
    'lines of a file',
    300,
    sources.map(({ file, text }) => ({ place: file, count: linesOf(text) })),
  ),
  hold(
    'lines of a function',
    60,
    functions.map(({ lines }) => lines),
  ),
  hold(
    'positional parameters',
    3,
    functions.map(({ parameters }) => parameters),
  ),
]
process.exitCode = over.some((count) => count > 0) ? 1 : 0
