import { readFile } from 'node:fs/promises'
import type { Logger } from 'pino'
import { currentRoster, type Imported, importRoster } from '../bot/roster-import/roster-import.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { holdersOf } from '../campaign/roster/roster.ts'
import { NotARoster } from '../campaign/roster/roster-file.ts'
import { type Config, sampleRoster } from '../config.ts'
import { stopped } from '../errors.ts'
import type { Store } from '../store/store.ts'

/** What an import tells the department: people of the plan who are missing, and branches that are gone. */
export type Changed = Pick<Imported, 'missing' | 'absent'>

/** Imports the roster file if there is one and it is new. Returns the people and branches that are not in it any more. */
export async function rosterAtStart(
  config: Config,
  { store, campaign, log }: { store: Store; campaign: Campaign; log: Logger },
): Promise<Changed> {
  const file = config.rosterFile ?? (config.simulator ? sampleRoster : undefined)
  const done = file === undefined ? undefined : await take(file, store, campaign)
  if (done) say(done, log)
  if (holdersOf(await currentRoster(store), 'organization-department').length === 0)
    log.warn({}, '名册里没有“组织部”：请设置 ROSTER_FILE 导入名册（至少一名“组织部”）')
  return done ?? { missing: [], absent: [] }
}

async function take(file: string, store: Store, campaign: Campaign): Promise<Imported> {
  const content = await readFile(file).catch(() => {
    throw stopped('roster-unreadable', { setting: 'ROSTER_FILE', file })
  })
  return importRoster(store, content, { campaign, again: 'never' }).catch((error: unknown) => {
    throw error instanceof NotARoster ? stopped('roster-wrong', { setting: 'ROSTER_FILE', why: error.message }) : error
  })
}

function say({ imported, problems, hints, missing, unchanged, older }: Imported, log: Logger): void {
  if (older)
    log.warn(
      {},
      'ROSTER_FILE 是以前用过的名册，之后已导入过新的，这次没有导入；确要改回请运行 npm run import-roster -- 文件 --again',
    )
  for (const line of [...problems, ...hints]) log.warn({}, `名册：${line}`)
  if (!unchanged) log.info({ imported, problems: problems.length, missing: missing.length }, '名册已导入')
}
