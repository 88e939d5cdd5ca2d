import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { blocksOf, NotADocument } from '../campaign/draft/docx-blocks.ts'
import { type Draft, draftCampaign } from '../campaign/draft/draft-campaign.ts'
import { type NextCampaign, nextCampaign } from '../campaign/plan/next-campaign.ts'
import { loadEnvironment, readConfig } from '../config.ts'
import { stopped } from '../errors.ts'
import { exitCodeOf, findingsOf, lineOf, readCampaignText } from './campaign-findings.ts'
import { command, usageOf } from './run-command.ts'

const declared = {
  name: 'new-campaign',
  about:
    '由现在的计划（CAMPAIGN_FILE）起草另一年的，或由方案的 Word 文件起草，写到 campaigns/年份/campaign.yaml，不覆盖已有的文件。',
  wants: ['年份?'],
  options: {
    'from-docx': { type: 'string', about: '方案的 Word 文件；年份不写则用成文日期的', value: '文件.docx' },
  },
} satisfies Parameters<typeof command>[0]

await command(declared, async ({ given: [year = ''], values }) => {
  const docx = values['from-docx']
  if (docx === undefined && year === '') throw stopped('usage', { problem: '', usage: usageOf(declared) })
  if (!/^20\d\d$/.test(year) && !(docx !== undefined && year === '')) throw stopped('year-wrong', {})
  const from = readConfig(loadEnvironment()).campaignFile
  const template = await readCampaignText(from)
  const made = docx === undefined ? madeFrom(template, from, year) : drafted(await readFileOf(docx), template, year)
  await writeNew(made.file, made.text)
  const findings = await findingsOf(made.text)
  process.stdout.write(`${made.toCheck}${findings.map(lineOf).join('')}`)
  return docx === undefined ? exitCodeOf(findings) : 0
})

type Made = { file: string; text: string; toCheck: string }
function fileFor(year: string): string {
  return `campaigns/${year}/campaign.yaml`
}

function madeFrom(template: string, from: string, year: string): Made {
  const next = nextCampaign(template, Number(year))
  if (!next) throw stopped('template-wrong', { file: from })
  return { file: fileFor(year), text: next.text, toCheck: toCheck(fileFor(year), from, next) }
}

async function readFileOf(file: string): Promise<Uint8Array> {
  return readFile(file).catch(() => {
    throw stopped('file-unreadable', { file })
  })
}

function drafted(word: Uint8Array, template: string, year: string): Made {
  try {
    const draft = draftCampaign(blocksOf(word), template)
    const file = fileFor(year || draft.year)
    return { file, text: draft.text, toCheck: readFromWord(file, draft) }
  } catch (error) {
    if (error instanceof NotADocument) throw stopped('document-unreadable', { why: error.message })
    throw error
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw stopped(exists ? 'file-exists' : 'file-unwritable', { file })
  })
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('')
}

function readFromWord(file: string, draft: Draft): string {
  return lines([
    `已由 Word 文件起草 ${file}。读到：`,
    ...draft.lines,
    '原文都写在值的旁边（words）。没有把握的和方案里没有找到的（沿用现在的计划）都标了“# 待核对”：对照方案改好一处，删去一处标记。',
    `改好后运行 npm run lint:campaign -- ${file}，再把 CAMPAIGN_FILE 设为它。`,
    '现在的检查结果：',
  ])
}

function toCheck(file: string, from: string, { starts, ends, oldYear, lines: old }: NextCampaign): string {
  return lines([
    `已写好 ${file}，内容来自 ${from}。请对照新方案核对：`,
    `起止日期现为 ${starts} 至 ${ends}。`,
    '标题和日期已经改成新的年份；原文（words）、出处（source）和文号（document）是引用，没有改，都标了“# 待核对”：对照新方案改好一处，删去一处标记。',
    ...(old.length > 0 ? [`第${old.join('、')}行仍写着${oldYear}。`] : []),
    '原文件里学校自己的调休没有带过来；当年放假通知公布之前，工作日暂按周一至周五算。',
    `改好后运行 npm run lint:campaign -- ${file}，再把 CAMPAIGN_FILE 设为它。`,
    '现在的检查结果：',
  ])
}
