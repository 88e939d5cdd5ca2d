import { readFile } from 'node:fs/promises'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { parseCampaign } from '../campaign/plan/parse-campaign.ts'
import { stopped } from '../errors.ts'

/** The campaign of a file. Throws Stopped, naming the setting, if there is no file or if it has errors; it names the first error. */
export async function loadCampaign(file: string, setting = 'CAMPAIGN_FILE'): Promise<Campaign> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw stopped('campaign-unreadable', { setting, file })
  })
  const read = parseCampaign(text)
  if ('campaign' in read) return read.campaign
  const [first, ...more] = read.findings
  throw stopped('campaign-wrong', {
    setting,
    file,
    first: `${first?.place ?? ''} ${first?.sentence ?? ''}`,
    more: more.length > 0 ? `另有${more.length}处，` : '',
  })
}
