import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { firstLine, programFolder, type Run, runCommand } from '../support/command.ts'

let folder = ''
const run = (...args: string[]): Promise<Run> => runCommand(folder, 'rehearse', ...args)
const year = ['--from', '2022-04-02', '--to', '2022-12-31']
const spring = ['--from', '2022-04-02', '--to', '2022-06-30']

beforeAll(async () => {
  folder = await programFolder()
})
afterAll(() => rm(folder, { recursive: true }))

/** All duties by their names, as the contract lists them. */
const duties = [
  'grading',
  'liaison-report',
  'liaison-assignment',
  'first-day',
  'meetings',
  'quarterly-report',
  'review',
  'lagging',
  'mobile-members',
  'hard-issues',
  'bulletin',
  ...[1, 4, 5, 6, 7, 9, 10, 11].map((task) => `task-${task}`),
] as const

/** Duties that are not said yet. */
const toCome: string[] = []

/** A line of `--json`, as the contract defines it. */
const Line = z.strictObject({
  at: z.string().regex(/^2022-\d\d-\d\dT\d\d:\d\d:00\+08:00$/),
  platform: z.enum(['wecom', 'dingtalk']),
  to: z.union([z.strictObject({ person: z.string().min(1) }), z.strictObject({ group: z.string().min(1) })]),
  kind: z.enum(['prompt', 'reminder', 'escalation', 'bulletin', 'notice']),
  about: z.array(z.enum(duties)).min(1),
  text: z.string().min(1),
})
type Line = z.infer<typeof Line>
const linesOf = ({ stdout }: Run): Line[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)))

it('ends in silence where its reader has seen enough', async () => {
  const { stdout, stderr } = await firstLine(folder, 'rehearse', ...year)
  expect({ lines: stdout.trimEnd().split('\n').length, stderr }).toEqual({ lines: 1, stderr: '' })
})

describe('the year of the sample college in which nobody answers', () => {
  let table: Run
  let json: Run
  beforeAll(async () => {
    ;[table, json] = await Promise.all([run(...year), run(...year, '--json')])
  })

  it('is a table to be read through and approved', async () => {
    expect(table).toMatchObject({ code: 0, stderr: '' })
    await expect(table.stdout).toMatchFileSnapshot('rehearsals/2022.golden.txt')
  })

  it('is the same messages as JSON lines, in order of time, and nothing else', () => {
    expect(json).toMatchObject({ code: 0, stderr: '' })
    const lines = linesOf(json)
    const texts = table.stdout.split('\n').flatMap((line) => (line.startsWith('    ') ? [line.slice(4)] : []))
    expect(lines.flatMap(({ text }) => text.split('\n'))).toEqual(texts)
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).sort())
  })

  it('from the last day of April to the first working day of May, as JSON', async () => {
    const { stdout } = await run('--from', '2022-04-29', '--to', '2022-05-05', '--json')
    await expect(stdout).toMatchFileSnapshot('rehearsals/2022-04-29.golden.jsonl')
  })

  it('is one message a day to a receiver, each a few lines that a locked screen shows (R5)', () => {
    const seen = new Set<string>()
    for (const { at, to, kind, text } of linesOf(json)) {
      const key = `${at} ${JSON.stringify(to)}`
      expect(kind).not.toBe('notice')
      expect(seen.has(key), key).toBe(false)
      seen.add(key)
      const several = text.match(/^\d+\. /gm)?.length ?? 0
      expect(text.split('\n').length, text).toBeLessThanOrEqual(Math.max(7, several * 3 + 1))
      expect(text.split('\n')[0]?.slice(0, 20), text).toMatch(/评|定级|报告|走访|季报|任务|通报|三会一课|督查|今天开始/)
      expect(text, text).not.toMatch(/！|!|undefined|NaN|\[object/)
    }
  })
})

it('a year in which people answer leaves a trace of every duty, and few pushes a month', async () => {
  const [json, table] = await Promise.all([run(...year, '--answers', '7', '--json'), run(...year, '--answers', '7')])
  const lines = linesOf(json)
  const said = new Set(lines.flatMap(({ about }) => about))
  expect(duties.filter((duty) => !said.has(duty))).toEqual(toCome)
  const notices = lines.filter(({ kind }) => kind === 'notice').map(({ text }) => text)
  for (const trace of ['已退回', '包扶', '有了决定', '答复', '督查1', '整改（', '已销号', '认定为特色支部'])
    expect(notices.join('\n')).toContain(trace)
  for (const post of ['党支部书记', '党委委员']) {
    const median = new RegExp(`^${post} 中位数 ([\\d.]+)，最多 \\d+$`, 'm').exec(table.stdout)?.[1]
    expect(Number(median), post).toBeGreaterThan(0)
    expect(Number(median), post).toBeLessThanOrEqual(8)
  }
}, 120_000)

describe('--answers', () => {
  it('the same seed is the same college, another seed is another', async () => {
    const [first, again, other] = await Promise.all(
      ['7', '7', '8'].map((seed) => run(...spring, '--json', '--answers', seed)),
    )
    expect(first?.code).toBe(0)
    expect(again?.stdout).toBe(first?.stdout)
    expect(other?.stdout).not.toBe(first?.stdout)
    expect(linesOf(first ?? { code: 1, stdout: '', stderr: '' }).some(({ kind }) => kind === 'notice')).toBe(true)
  })

  it('a branch whose score was announced is not asked for again, unless it was returned', async () => {
    const scored = new Set<string>()
    let asked = 0
    for (const { kind, text, to } of linesOf(await run(...spring, '--json', '--answers', '7'))) {
      for (const [, branch = ''] of text.matchAll(/^(.+)评分已提交/gm)) if (kind === 'notice') scored.add(branch)
      for (const [, branch = ''] of text.matchAll(/^(.+)的评分已退回/gm)) if (kind === 'notice') scored.delete(branch)
      if (kind !== 'reminder' || !('person' in to)) continue
      for (const [, names = ''] of text.matchAll(/待(?:自)?评：(.+)$/gm))
        for (const name of names.split('、')) {
          asked++
          expect([...scored], `${name} is asked for`).not.toContain(name)
        }
    }
    expect(scored.size).toBeGreaterThan(20)
    expect(asked).toBeGreaterThan(20)
  })
})

it.each([
  [['--from', '4月2日']],
  [['--from', '2022-12-31', '--to', '2022-04-02']],
  [['--answers', 'seven']],
  [['--roster', 'nope.xlsx']],
  [['--campaign', 'nope.yaml']],
  [['--seed', '7']],
  [['--to']],
])('%j: one line in Chinese that names the option, and exit code 1', async (args) => {
  const { code, stdout, stderr } = await run(...args)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^.*[\u4e00-\u9fff].*\n$/)
  expect(stderr).toContain(args[0])
})
