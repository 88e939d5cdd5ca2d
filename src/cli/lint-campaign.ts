import { loadEnvironment, readConfig } from '../config.ts'
import { exitCodeOf, findingsOf, lineOf, readCampaignText } from './campaign-findings.ts'
import { command } from './run-command.ts'

const declared = {
  name: 'lint:campaign',
  about: '检查计划文件，每行一处：错误或警告、位置、说明。有错误退出码是1。不写文件时检查 CAMPAIGN_FILE。',
  wants: ['计划文件?'],
  options: {},
}

await command(declared, async ({ given }) => {
  const file = given[0] ?? readConfig(loadEnvironment()).campaignFile
  const findings = await findingsOf(await readCampaignText(file))
  process.stdout.write(findings.map(lineOf).join(''))
  return exitCodeOf(findings)
})
