import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** A piece of the page: a text and its file. */
type Block = { language: string; file: string; text: string }

const fence = /^```(\w+) (\S+)\n([^]*?)^```$/gmu
const blocksOf = (page: string): Block[] =>
  [...page.matchAll(fence)].map(([, language = '', file = '', text = '']) => ({ language, file, text }))

const patience = 300_000
let blocks: Block[]
let copy: string

/** Adds the lines of a `diff` block to the ends of the lists that it names. */
function withLines(source: string, diff: string): string {
  let text = source
  for (const hunk of diff.split(/^@@ /mu).slice(1)) {
    const [list = '', ...lines] = hunk.trimEnd().split('\n')
    const added = lines.map((line) => line.replace(/^\+/u, '')).join('\n')
    if (list === 'import') {
      text = `${added}\n${text}`
      continue
    }
    const from = text.search(new RegExp(`const ${list}\\b[^=]*= \\[\\n`, 'u'))
    const end = text.indexOf('\n]\n', from)
    if (from < 0 || end < 0) throw new Error(`there is no list ${list}`)
    text = `${text.slice(0, end)}\n${added}${text.slice(end)}`
  }
  return text
}

/** The output of a command in the copy, and whether it succeeded. */
async function inCopy(command: string, args: readonly string[]): Promise<{ ok: boolean; said: string }> {
  const options = { cwd: copy, env: { ...process.env, NO_COLOR: '1' } }
  return new Promise((resolve) => {
    execFile(join('node_modules', '.bin', command), args, options, (error, out, err) =>
      resolve({ ok: error === null, said: `${out}${err}` }),
    )
  })
}

describe('docs/add-a-form.md', () => {
  beforeAll(async () => {
    blocks = blocksOf(await readFile('docs/add-a-form.md', 'utf8'))
    copy = await mkdtemp(join(tmpdir(), 'dangjian-copy-'))
    for (const name of [
      'src',
      'handlers',
      'schedules',
      'campaigns',
      'test',
      'package.json',
      'tsconfig.json',
      'vitest.config.ts',
    ])
      await cp(name, join(copy, name), { recursive: true })
    await symlink(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'))
    await rename(join(copy, 'test/forms/reading-month.story.ts'), join(copy, 'test/forms/reading-month.test.ts'))
    for (const { language, file, text } of blocks) {
      const path = join(copy, file)
      if (language === 'ts') await writeFile(path, text, { flag: 'wx' })
      else if (language === 'yaml')
        await writeFile(path, (await readFile(path, 'utf8')).replace('\nforms:\n', `\n${text}`))
      else await writeFile(path, withLines(await readFile(path, 'utf8'), text))
    }
  })
  afterAll(() => rm(copy, { recursive: true, force: true }))

  it('needs two small files, lines in two lists, and the plan', () => {
    const lines = (file: string): number =>
      blocks
        .find((one) => one.file === file)
        ?.text.trim()
        .split('\n').length ?? 0
    expect(blocks.map(({ language, file }) => `${language} ${file}`)).toEqual([
      'ts handlers/reading-month.ts',
      'ts schedules/reading-month.ts',
      'diff handlers/all.ts',
      'diff schedules/all.ts',
      'yaml campaigns/2022/campaign.yaml',
    ])
    expect(lines('handlers/reading-month.ts')).toBeLessThanOrEqual(40)
    expect(lines('schedules/reading-month.ts')).toBeLessThanOrEqual(15)
  })

  it(
    'compiles as it stands',
    async () => {
      expect(await inCopy('tsc', ['--noEmit', '-p', 'tsconfig.json'])).toEqual({ ok: true, said: '' })
    },
    patience,
  )

  it(
    'is asked for, said, confirmed, corrected, counted and reminded of, on WeCom and DingTalk',
    async () => {
      const { ok, said } = await inCopy('vitest', ['run', 'test/forms/reading-month.test.ts'])
      expect(said).toMatch(/Tests +2 passed/)
      expect(ok).toBe(true)
    },
    patience,
  )
})
