import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { programFolder, type Run, runCommand } from '../support/command.ts'
import { describeWith } from '../support/tools.ts'

const names = ['党建助手书记一页通', '党建助手委员一页通'] as const
let folder = ''
let made: Run
beforeAll(async () => {
  folder = await programFolder()
  made = await runCommand(folder, 'guides', 'cards')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const textOf = async (name: string): Promise<string> => {
  const xml = unzipSync(await readFile(join(folder, 'cards', `${name}.docx`)))['word/document.xml']
  return [...strFromU8(xml ?? new Uint8Array()).matchAll(/<w:t[^>]*>([^<]*)/g)].map(([, text]) => text).join('\n')
}

describe('the cards to print', () => {
  it('are written where they were asked for, and never over others', async () => {
    expect(made).toEqual({
      code: 0,
      stdout: names.map((name) => `${join('cards', `${name}.docx`)}\n`).join(''),
      stderr: '',
    })
    expect(await runCommand(folder, 'guides', 'cards')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('已经有了'),
    })
  })

  it('tell each reader their own words, tasks and an example, and nobody else’s', async () => {
    const [secretaries, members] = await Promise.all(names.map(textOf))
    for (const word of ['评分', '季报', '三会一课', '流动党员', '除3扣1，其余满分', '4 完善党委制度汇编', '12月'])
      expect(secretaries).toContain(word)
    for (const word of ['月报', '双重组织生活', '11 党委委员讲党课', '没有难点']) expect(members).toContain(word)
    expect(members).not.toContain('流动党员')
    for (const card of [secretaries, members]) {
      expect(card).not.toContain('待审')
      expect(card).toContain('上一步')
    }
  })

  describeWith('soffice', 'opened by LibreOffice', () => {
    it('have one page each', { timeout: 180_000 }, async () => {
      const run = promisify(execFile)
      const cards = join(folder, 'cards')
      const files = names.map((name) => join(cards, `${name}.docx`))
      const office = `-env:UserInstallation=file://${folder}/office`
      await run('soffice', [office, '--headless', '--convert-to', 'pdf', '--outdir', cards, ...files])
      for (const name of names) {
        const { stdout } = await run('pdfinfo', [join(cards, `${name}.pdf`)])
        expect(stdout).toMatch(/^Pages:\s+1$/m)
      }
    })
  })
})
