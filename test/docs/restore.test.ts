import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { currentRoster } from '../../src/bot/roster-import/roster-import.ts'
import { backUp } from '../../src/store/backup.ts'
import { openEmbeddedReadOnly } from '../../src/store/embedded.ts'
import { college } from '../campaign/invented-college.ts'
import { programFolder, runCommand } from '../support/command.ts'
import { rosterWorkbook } from '../support/roster-workbook.ts'

/** Follows docs/backup.md: a day's back-up, something goes wrong, the page's own commands, and verify. */
const platform = 'DINGTALK_CLIENT_ID=dingnobody\nDINGTALK_CLIENT_SECRET=secret\n'
let folder = ''
beforeAll(async () => {
  folder = await programFolder()
  await writeFile(join(folder, '.env'), platform)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const people = async (): Promise<number> => {
  const store = await openEmbeddedReadOnly(join(folder, 'data'))
  try {
    return (await currentRoster(store)).people.length
  } finally {
    await store.close()
  }
}

it('what the page tells puts the store of that day back, and verify finds nothing wrong', {
  timeout: 120_000,
}, async () => {
  const page = await readFile('docs/backup.md', 'utf8')
  const [steps = ''] = [...page.matchAll(/```sh\n(mv store\.db[\s\S]*?)\n```/g)].map(([, block = '']) => block)
  await writeFile(join(folder, 'all.xlsx'), await rosterWorkbook({ people: college }))
  await writeFile(
    join(folder, 'more.xlsx'),
    await rosterWorkbook({ people: [...college, { 姓名: '后来的人', 职务: '党校' }] }),
  )
  expect(await runCommand(folder, 'import-roster', 'all.xlsx')).toMatchObject({ code: 0 })
  const before = await people()
  await backUp(join(folder, 'data'), 14, new Date('2022-05-09T12:00:00+08:00'))
  expect(await runCommand(folder, 'import-roster', 'more.xlsx')).toMatchObject({ code: 0 })
  expect(await people()).toBe(before + 1)

  await promisify(execFile)('sh', ['-ec', steps], { cwd: join(folder, 'data') })
  expect(await people()).toBe(before)
  expect(await runCommand(folder, 'verify')).toMatchObject({ code: 0, stdout: expect.stringContaining('没有发现异常') })
})
