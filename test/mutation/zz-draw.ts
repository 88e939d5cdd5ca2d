/**
 * Changes the rules at places drawn by a seed and checks whether a test notices. Run by hand, see docs/mutation.md.
 *   npm install --no-save @stryker-mutator/core@9.6.1 @stryker-mutator/vitest-runner@9.6.1
 *   npx tsx test/mutation/run.ts 2022 src/campaign 0 600 reports/1.json
 * Arguments: seed, folder, how many lines of the draw to skip, how many to take, the file of the report. With a report in place of the
 * folder, it repeats the mutants that no test noticed, against the tests named in MUTATION_TESTS.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isUnnoticed, type Mutant, mutantsIn } from './reports.ts'

type Piece = { file: string; name: string; first: number; last: number }
const [seed = '2022', folder = 'src/campaign', skip = '0', take = '600', report = 'reports/mutation.json'] =
  process.argv.slice(2)

const begins = /^(?:export )?(?:async )?(?:const|let|function|class) (\w*)/
/** The declarations at the left margin. Each reaches to the line before the next one. */
function piecesOf(file: string): Piece[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  const starts = lines.flatMap((line, i) => (/^\S/.test(line) && !/^[})\]]|^ ?\*|^\/[/*]/.test(line) ? [i] : []))
  return starts.flatMap((start, i) => {
    const name = begins.exec(lines[start] ?? '')?.[1]
    return name === undefined ? [] : [{ file, name, first: start + 1, last: starts[i + 1] ?? lines.length }]
  })
}

const drawOf = ({ file, name }: Piece): string => createHash('sha256').update(`${seed} ${file} ${name}`).digest('hex')

/**
 * The declarations of the folder in the order of the draw, from one line of it to another. Each has its place by its own name, so that
 * a change of one leaves the others where they were.
 */
function drawnFrom(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
  const placed = files.flatMap(piecesOf).map((piece) => ({ ...piece, place: drawOf(piece) }))
  let passed = 0
  return placed
    .sort((a, b) => (a.place.localeCompare(b.place)))
    .filter(({ first, last }) => {
      const from = passed
      passed += last - first + 1
      return from >= Number(skip) && from < Number(skip) + Number(take)
    })
    .map(({ file, first, last }) => `${file}:${first}-${last}`)
}

/** Columns of reports begin with 1, those of places to mutate with 0. */
const placeOf = ({ line, column }: Mutant['location']['start']): string => `${line}:${column - 1}`

function unnoticedIn(report: string): string[] {
  const places = mutantsIn(report)
    .filter(({ mutant }) => isUnnoticed(mutant))
    .map(({ file, mutant: { location } }) => `${file}:${placeOf(location.start)}-${placeOf(location.end)}`)
  return [...new Set(places)].slice(Number(skip), Number(skip) + Number(take))
}

console.log(drawnFrom(folder).join("\n"))
