import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { plan2022AsWord } from '../campaign/plan-docx.ts'
import { programFolder, type Run, runCommand } from '../support/command.ts'

let folder = ''
const run = (command: 'lint-campaign' | 'new-campaign', ...args: string[]): Promise<Run> =>
  runCommand(folder, command, ...args)

beforeAll(async () => {
  folder = await programFolder()
})
afterAll(() => rm(folder, { recursive: true }))

it('lint: the plan of 2022 has warnings, one a line, and ends with 0', async () => {
  const { code, stdout } = await run('lint-campaign')
  expect(code).toBe(0)
  const lines = stdout.trimEnd().split('\n')
  expect(lines.every((line) => /^警告 \S+ \S.*。$/.test(line))).toBe(true)
  expect(lines.length).toBeGreaterThan(8)
})

it('lint: a file with errors ends with 1, one without a file too', async () => {
  const text = await readFile('test/campaign/other-college.yaml', 'utf8')
  await writeFile(join(folder, 'broken.yaml'), text.replace('points: 14', 'points: 15'))
  expect(await run('lint-campaign', 'broken.yaml')).toEqual({
    code: 1,
    stdout: '错误 rubric.total.points 各项分值合计121分，与总分120分不符，请核对各项分值。\n',
    stderr: '',
  })
  expect(await run('lint-campaign', 'missing.yaml')).toEqual({
    code: 1,
    stdout: '',
    stderr: '读不到 missing.yaml，请核对文件名。\n',
  })
})

it('new-campaign: writes next year’s file, says what to check, lints it, and never overwrites', async () => {
  const first = await run('new-campaign', '2090')
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toContain('已写好 campaigns/2090/campaign.yaml')
  expect(first.stdout).toContain('起止日期现为 2090-04-02 至 2090-12-31。')
  expect(first.stdout).toContain('警告 calendar 2090年的放假安排程序还不知道')
  const file = join(folder, 'campaigns/2090/campaign.yaml')
  expect(await readFile(file, 'utf8')).toContain('starts: 2090-04-02')

  await writeFile(file, '# 已经改过\n')
  const second = await run('new-campaign', '2090')
  expect(second).toMatchObject({ code: 1, stdout: '' })
  expect(second.stderr).toContain('campaigns/2090/campaign.yaml 已经有了，没有改动')
  expect(await readFile(file, 'utf8')).toBe('# 已经改过\n')
})

it('new-campaign: starts from CAMPAIGN_FILE and asks for a year where none is given', async () => {
  await cp('test/campaign/other-college.yaml', join(folder, 'ours.yaml'))
  await writeFile(join(folder, '.env'), 'CAMPAIGN_FILE=ours.yaml\n')
  const { stdout } = await run('new-campaign', '2091')
  expect(stdout).toContain('内容来自 ours.yaml')
  expect(stdout).toContain('起止日期现为 2091-09-01 至 2092-06-30。')
  for (const [args, stderr] of [
    [[], '用法：npm run new-campaign -- [年份] [--from-docx 文件.docx]\n'],
    [['91'], '年份应为四位数字，如 npm run new-campaign -- 2027\n'],
  ] as const)
    expect(await run('new-campaign', ...args)).toEqual({ code: 1, stdout: '', stderr })
})

it('new-campaign --from-docx: drafts from a plan’s Word file, says what was read and what to look at', async () => {
  await writeFile(join(folder, 'plan.docx'), await plan2022AsWord())
  await writeFile(join(folder, 'none.docx'), 'no Word file')
  const { code, stdout, stderr } = await run('new-campaign', '2092', '--from-docx', 'plan.docx')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('已由 Word 文件起草 campaigns/2092/campaign.yaml。读到：')
  expect(stdout).toContain('评分表“党支部分类定级评分参考标准”：5类18项')
  expect(stdout).toContain('任务：11项')
  expect(stdout).toContain('错误 taskList.tasks[0].owners 没有叫“党总支书记”的职务')
  expect(await run('new-campaign', '2093', '--from-docx', 'none.docx')).toEqual({
    code: 1,
    stdout: '',
    stderr: '这不是 .docx 文件，请用 Word 另存为 .docx 后再试。\n',
  })
})
