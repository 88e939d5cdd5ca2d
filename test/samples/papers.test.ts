import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { resultOf } from '../../src/campaign/scores/results.ts'
import { fullMarks } from '../../src/campaign/scores/rubric.ts'
import { scorecardDocument } from '../../src/documents/scorecard.ts'
import { describeWith } from '../support/tools.ts'
import { sampleOf } from './sample.ts'

const run = promisify(execFile)
const letters = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']

describeWith('soffice', 'attachment 1 of each sample, opened by LibreOffice', () => {
  let dir: string
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sample-papers-'))
    const files: string[] = []
    for (const letter of letters) {
      const { campaign, roster } = sampleOf(letter)
      const { rubric, bands, names } = campaign
      const scores = fullMarks(rubric)
      const result = resultOf(rubric, bands, { scores, beside: { self: scores.length, panel: 90 } })
      const { data } = await scorecardDocument({
        titles: rubric.headings[0] ?? '',
        attachment: names.attachments.scorecard,
        branch: roster.branches[0]?.name ?? '',
        generalBranch: '党总支',
        signers: [],
        rubric,
        bands,
        deciding: scores,
        ...(result ? { result } : {}),
      })
      files.push(join(dir, `${letter}.docx`))
      await writeFile(join(dir, `${letter}.docx`), data)
    }
    const office = [`-env:UserInstallation=file://${dir}/office`, '--headless', '--convert-to', 'pdf', '--outdir', dir]
    await run('soffice', [...office, ...files], { timeout: 180_000 })
  }, 200_000)
  afterAll(() => rm(dir, { recursive: true, force: true }))

  it.each(letters)('%s has every item and its result on paper', async (letter) => {
    const { stdout } = await run('pdftotext', [join(dir, `${letter}.pdf`), '-'])
    const text = stdout.replace(/\s/g, '')
    const { rubric } = sampleOf(letter).campaign
    const items = rubric.sections.flatMap((section) => section.items)
    for (const { number, words } of items) expect(text).toContain(`${number}.${words.slice(0, 6)}`)
    expect(text).toContain('总分')
    expect(text).toContain('定级：')
  })
})
