import { parseArgs } from 'node:util'
import { loadEnvironment, readConfig } from '../config.ts'
import { exitCodeOf, findingsOf, lineOf, readCampaignText } from './campaign-findings.ts'
import { runCommand } from './run-command.ts'

/** `npm run lint:campaign -- [file]`: one line a finding on stdout; exit 1 on errors. */
await runCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} })
  const file = positionals[0] ?? readConfig(loadEnvironment()).campaignFile
  const findings = await findingsOf(await readCampaignText(file))
  process.stdout.write(findings.map(lineOf).join(''))
  return exitCodeOf(findings)
})
