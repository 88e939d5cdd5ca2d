import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type NextCampaign, nextCampaign } from '../campaign/plan/next-campaign.ts'
import { ConfigurationError, loadEnvironment, readConfig } from '../config.ts'
import { exitCodeOf, findingsOf, lineOf, readCampaignText } from './campaign-findings.ts'
import { command } from './run-command.ts'

const declared = {
  name: 'new-campaign',
  about: '由现在的计划（CAMPAIGN_FILE）起草另一年的，写到 campaigns/年份/campaign.yaml，不覆盖已有的文件。',
  wants: ['年份'],
  options: {},
}

await command(declared, async ({ given: [year = ''] }) => {
  if (!/^20\d\d$/.test(year)) throw new ConfigurationError('年份应为四位数字，如 npm run new-campaign -- 2027')
  const from = readConfig(loadEnvironment()).campaignFile
  const next = nextCampaign(await readCampaignText(from), Number(year))
  if (!next) throw new ConfigurationError(`${from} 有错误，请先运行 npm run lint:campaign -- ${from} 并改正。`)
  const file = `campaigns/${year}/campaign.yaml`
  await writeNew(file, next.text)
  const findings = await findingsOf(next.text)
  process.stdout.write(`${toCheck(file, from, next)}${findings.map(lineOf).join('')}`)
  return exitCodeOf(findings)
})

async function writeNew(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new ConfigurationError(
      exists ? `${file} 已经有了，没有改动；要重写请先把它移走。` : `${file} 写不进去，请检查文件夹权限。`,
    )
  })
}

function toCheck(file: string, from: string, { starts, ends, oldYear, lines }: NextCampaign): string {
  return [
    `已写好 ${file}，内容来自 ${from}。请对照新方案核对：`,
    `起止日期现为 ${starts} 至 ${ends}。`,
    '标题和日期已经改成新的年份；原文（words）、出处（source）和文号（document）是引用，没有改，都标了“# 待核对”：对照新方案改好一处，删去一处标记。',
    ...(lines.length > 0 ? [`第${lines.join('、')}行仍写着${oldYear}。`] : []),
    '原文件里学校自己的调休没有带过来；当年放假通知公布之前，工作日暂按周一至周五算。',
    `改好后运行 npm run lint:campaign -- ${file}，再把 CAMPAIGN_FILE 设为它。`,
    '现在的检查结果：',
  ]
    .map((line) => `${line}\n`)
    .join('')
}
