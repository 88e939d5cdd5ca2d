import { z } from 'zod'
import type { OutboxRow } from '../bot/messages/outbox.ts'
import type { World } from '../bot/roster/world.ts'
import { issueLinkCodes } from '../bot/roster-import/link-codes.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { ArchiveMark, archiveMarks } from '../store/archive-mark.ts'
import type { Store } from '../store/store.ts'
import type { Commands } from './control.ts'
import { takeRoster } from './take-roster.ts'

type Parts = {
  store: Store
  campaign: Campaign
  world: () => Promise<World>
  instance: string
  queued: (rows: readonly OutboxRow[]) => void
}

/** `file` is in Base64. */
export const SentRoster = z.strictObject({ file: z.string(), again: z.boolean() })
export const Archived = z.strictObject({ campaign: z.string(), mark: ArchiveMark })

/** The commands that the program carries out while it has the embedded store open. */
export const commandsOf = ({ queued, ...parts }: Parts): Commands => ({
  async 'import-roster'(text) {
    const { file, again } = SentRoster.parse(JSON.parse(text))
    const { done, rows } = await takeRoster(parts, { file: Buffer.from(file, 'base64'), again })
    queued(rows)
    return done
  },
  'link-codes': () => issueLinkCodes(parts.store),
  archived: (text) => keepMark(parts.store, Archived.parse(JSON.parse(text))),
})

/** Records that a campaign was archived. */
export const keepMark = (store: Store, { campaign, mark }: z.infer<typeof Archived>): Promise<boolean> =>
  store.commit([{ put: archiveMarks.key(campaign), value: mark }])
