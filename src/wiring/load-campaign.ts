import { readFile } from 'node:fs/promises'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { parseCampaign } from '../campaign/plan/parse-campaign.ts'
import { ConfigurationError } from '../config.ts'

/** The campaign of a file. Throws ConfigurationError where there is none or it has errors; the first is named, with the setting. */
export async function loadCampaign(file: string, setting = 'CAMPAIGN_FILE'): Promise<Campaign> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ConfigurationError(`${setting}：读不到活动文件 ${file}`)
  })
  const read = parseCampaign(text)
  if ('campaign' in read) return read.campaign
  const [first, ...more] = read.findings
  throw new ConfigurationError(
    `${setting}：${file} 有错误：${first?.place ?? ''} ${first?.sentence ?? ''}${more.length > 0 ? `另有${more.length}处，` : ''}请运行 npm run lint:campaign 查看`,
  )
}
