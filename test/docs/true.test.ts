import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { handlers } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import { nothingTo } from '../../src/bot/turn/words.ts'
import { aboutCode } from '../../src/cli/platform-checks.ts'
import { readConfig, variables } from '../../src/config.ts'
import { readEnvironmentFile } from '../../src/environment-file.ts'
import { programFolder, runCommand } from '../support/command.ts'

/** Compares the statements of README and docs with the files. */
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].map((file) => ({ file, text: readFileSync(file, 'utf8') }))
const { scripts, engines, version } = z
  .object({ version: z.string(), scripts: z.record(z.string(), z.string()), engines: z.object({ node: z.string() }) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')))
const environment = readFileSync('.env.example', 'utf8')

/** The commands and the arguments behind them: `npm run rehearse -- --from …`. */
const commandsIn = (text: string): { name: string; rest: string }[] =>
  [...text.matchAll(/npm run ([a-z][\w:-]*)([^`\n]*)/g)].map(([, name = '', rest = '']) => ({ name, rest }))

describe.each(pages)('$file', ({ file, text }) => {
  it('links to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)].map(
      ([, link, image]) => link ?? image ?? '',
    )
    const broken = links
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => !existsSync(join(dirname(file), link.split('#')[0] ?? '')))
    expect(broken).toEqual([])
  })

  // Next year's campaign and the form of docs/add-a-form.md do not exist yet.
  it('names only files that are there', () => {
    const paths = [...text.matchAll(/`((?:src|test|docs|handlers|schedules|campaigns|\.ci)\/[\w./-]+)`/g)]
      .map(([, path = '']) => path)
      .filter((path) => !/2027|reading-month/.test(path))
    expect(paths.filter((path) => !existsSync(path))).toEqual([])
  })

  it('names only commands and variables that there are', () => {
    expect(commandsIn(text).filter(({ name }) => scripts[name] === undefined)).toEqual([])
    const known = new Set([...variables, 'DOMAIN', 'HOST_PORT', 'NODE_OPTIONS', 'NODE_ENV', 'UPDATE_PICTURES'])
    const named = [...text.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !known.has(name))).toEqual([])
  })
})

it('every option that a page writes behind a command is one of that command', { timeout: 120_000 }, async () => {
  const written = pages
    .flatMap(({ text }) => commandsIn(text))
    .flatMap(({ name, rest }) => [...rest.matchAll(/ --([a-z]+)/g)].map(([, option = '']) => `${name} --${option}`))
  const folder = await programFolder()
  for (const one of new Set(written)) {
    const [name = '', option = ''] = one.split(' ')
    const script = /cli\/(\S+)$/.exec(scripts[name] ?? '')?.[1] ?? ''
    expect((await runCommand(folder, script, '--help')).stdout, one).toContain(option)
  }
  expect(written.length).toBeGreaterThan(3)
})

it('every page of docs is in its index', () => {
  const index = readFileSync('docs/README.md', 'utf8')
  const own = readdirSync('docs').filter((name) => name.endsWith('.md') && name !== 'README.md')
  expect(own.filter((name) => !index.includes(`](${name})`))).toEqual([])
})

it('the page of performance sets the goals that the bench judges by', () => {
  const judged = [...readFileSync('src/bench/goals.ts', 'utf8').matchAll(/at(?:Least|Most): ([\d.]+)/g)].map(([, n]) =>
    Number(n),
  )
  const written = [...readFileSync('docs/performance.md', 'utf8').matchAll(/^\| [^|]+ \| [≥≤] \D*([\d.]+)( %)?/gm)]
  const told = written.map(([, n, share]) => (share ? Number(n) / 100 : Number(n)))
  expect(new Set(told)).toEqual(new Set(judged))
})

it('every command of package.json is told of in README or docs', () => {
  const told = new Set(
    pages.flatMap(({ text }) => [...text.matchAll(/npm (?:run )?([\w:-]+)/g)].map(([, name]) => name)),
  )
  expect(Object.keys(scripts).filter((name) => !told.has(name))).toEqual([])
})

it('every word to say that README and the page of the year show is one that people can say', () => {
  const words = new Set([
    ...handlers(schedules).flatMap(({ commands = [] }) => commands.map(({ word }) => word)),
    ...Object.keys(nothingTo),
  ])
  const shown = pages
    .filter(({ file }) => file === 'docs/year.md' || file === 'README.md')
    .flatMap(({ file, text }) => (file === 'README.md' ? (/## 怎么说([\s\S]*?)\n## /.exec(text)?.[1] ?? '') : text))
    .flatMap((text) => [...text.matchAll(/`(\p{Script=Han}+)[^`]*`/gu)].map(([, word = '']) => word))
  // A change of one item, and words for a time; neither is a command.
  const spoken = /^(?:第|明天上午提醒我|请假到)/
  expect(shown.filter((word) => !words.has(word) && !spoken.test(word))).toEqual([])
  expect(shown.length).toBeGreaterThan(50)
})

describe('.env.example', () => {
  it('has every variable once, each with a comment above it or above its group', () => {
    const set = [...environment.matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name)
    expect(set.toSorted()).toEqual([...variables].toSorted())
    for (const group of environment.split(/\n\n/)) expect(group.trimStart().startsWith('#'), group).toBe(true)
  })

  it('shows the values that hold without it', () => {
    const read = readEnvironmentFile(Buffer.from(environment))
    expect(readConfig('values' in read ? read.values : {})).toEqual(readConfig({}))
  })
})

it('the changelog tells of this version first, but for what is not released yet', () => {
  const headings = [...readFileSync('CHANGELOG.md', 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
  expect(headings.filter((heading) => heading !== 'Unreleased')[0]).toMatch(
    new RegExp(`^${version} \\(\\d{4}-\\d\\d-\\d\\d\\)$`),
  )
})

it('every decision is in the index', () => {
  const index = readFileSync('docs/decisions/README.md', 'utf8')
  const decisions = readdirSync('docs/decisions').filter((name) => name !== 'README.md')
  expect(decisions.filter((name) => !index.includes(`](${name})`))).toEqual([])
})

it('README and install page ask for the Node.js that package.json wants', () => {
  const wanted = engines.node.replace('>=', '')
  for (const { text } of pages.filter(({ file }) => ['README.md', 'docs/install.md'].includes(file)))
    expect(text).toContain(`Node.js ${wanted}`)
})

it('every address that a guide tells to enter in a console is one that the program answers at', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join('src', name), 'utf8'))
    .join('\n')
  const answered = new Set(
    [...sources.matchAll(/router\.(?:all|get|post)\('(\/[\w/]+)'/g)].map(([, path = '']) => path),
  )
  for (const [, name = ''] of sources.matchAll(/LoginWay => \(\{\s*name: '(\w+)'/g)) answered.add(`/login/${name}`)
  const told = pages
    .filter(({ file }) => file.startsWith('docs/'))
    .flatMap(({ text }) => [...text.matchAll(/(?:您的域名|PUBLIC_URL)(\/[\w/]+)/g)].map(([, path = '']) => path))
  expect(told.filter((path) => !answered.has(path))).toEqual([])
  expect(new Set(told).size).toBeGreaterThan(3)
})

it('every error code that a page names is one that doctor explains', () => {
  const named = pages.flatMap(({ text }) => [...text.matchAll(/npm run doctor -- (\d+)/g)].map(([, code = '']) => code))
  expect(named.filter((code) => aboutCode(code) === undefined)).toEqual([])
  expect(named.length).toBeGreaterThan(2)
})

/** The file that runs each line of a shell block, and the word by which it does. */
const tried: { [line: string]: readonly [file: string, word: string] } = {
  'npm ci': ['.ci/run', 'npm ci'],
  'npm start': ['test/install/paths.test.ts', "'npm', 'start'"],
  'npm ci && npm start': ['test/install/paths.test.ts', "'npm', 'start'"],
  'npm ci && npm test': ['.ci/run', 'npm test'],
  'npm test -- test/handlers': ['.ci/run', 'npm test'],
  'npm run check': ['.ci/run', 'npm run check'],
  'npm run build': ['test/install/paths.test.ts', "'npm', 'run', 'build'"],
  'npm run verify': ['test/docs/restore.test.ts', "'verify'"],
  'npm run lint:campaign': ['test/cli/campaign-commands.test.ts', "'lint-campaign'"],
  'npm run rehearse -- --from 2022-04-02 --to 2022-12-31': ['test/cli/rehearse.test.ts', "'2022-12-31'"],
  'npm run import-roster -- 名册.xlsx': ['test/cli/commands.test.ts', "'import-roster'"],
  'npm run import -- 导出': ['test/docs/restore.test.ts', "'import', '导出'"],
  'mv store.db store.db.broken': ['test/docs/restore.test.ts', 'mv store\\.db'],
  'cp -p backup/store-2022-05-09.db store.db': ['test/docs/restore.test.ts', 'mv store\\.db'],
  'rm -f store.db-wal store.db-shm': ['test/docs/restore.test.ts', 'mv store\\.db'],
}

it('every line of a shell block is run by a test, or its section says that it is not', () => {
  const untried = pages.flatMap(({ file, text }) =>
    text
      .split(/^## /m)
      .filter((section) => !/未实测|走过|# by hand/.test(section))
      .flatMap((section) => [...section.matchAll(/```sh\n([\s\S]*?)\n\s*```/g)])
      .flatMap(([, block = '']) => block.split('\n').map((line) => line.replace(/\s*#.*$/, '').trim()))
      .filter((line) => line !== '' && line !== 'git pull' && tried[line] === undefined)
      .map((line) => `${file}: ${line}`),
  )
  expect(untried).toEqual([])
  const written = pages.map(({ text }) => text).join('\n')
  for (const [line, [file, word]] of Object.entries(tried)) {
    expect(readFileSync(file, 'utf8').includes(word), `${line} in ${file}`).toBe(true)
    expect(written).toContain(line)
  }
})
