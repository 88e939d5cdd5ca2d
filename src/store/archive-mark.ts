import { createHash } from 'node:crypto'
import { z } from 'zod'
import { stopped } from '../errors.ts'
import { recordLines } from './portable.ts'
import { certificates } from './purge-certificate.ts'
import { type Store } from './store.ts'
import { table } from './table.ts'

/**
 * What an archive held of a campaign: the number of its `records`, and a hash of them. A purge uses it to know that everything is kept.
 * Keys: campaign.
 */
export const ArchiveMark = z.strictObject({ at: z.string(), records: z.number(), hash: z.string() })
export type ArchiveMark = z.infer<typeof ArchiveMark>
export const archiveMarks = table('archive-mark', ArchiveMark)

type OfCampaign = { campaign: string; tables: readonly string[] }
const Keyed = z.object({ key: z.array(z.string()) })

/** The mark for a campaign's official records among all records, as `recordLines` gives them. The program's own notes do not count. */
export function markOf(
  files: ReadonlyMap<string, string>,
  { campaign, tables }: OfCampaign,
): Pick<ArchiveMark, 'records' | 'hash'> {
  const lines = [...tables]
    .sort()
    .flatMap((one) => (files.get(`${one}.jsonl`) ?? '').split('\n'))
    .filter((line) => line !== '' && Keyed.parse(JSON.parse(line)).key[1] === campaign)
  return { records: lines.length, hash: createHash('sha256').update(lines.join('\n')).digest('hex') }
}

/** Throws Stopped unless the campaign was archived in its present state. A purge that was interrupted may continue. */
export async function refuseUnarchived(store: Pick<Store, 'get' | 'list'>, what: OfCampaign): Promise<void> {
  const certificate = await store.get(certificates.key(what.campaign))
  if (certificate && !certificates.schema.parse(certificate.value).done) return
  const found = await store.get(archiveMarks.key(what.campaign))
  const how = '请先运行 npm run archive -- 文件.zip；确实不要归档，请加 --without-archive'
  if (!found) throw stopped('not-archived', { campaign: what.campaign, how })
  const mark = archiveMarks.schema.parse(found.value)
  const now = markOf((await recordLines(store)).files, what)
  if (mark.hash !== now.hash)
    throw stopped('changed-since-archive', {
      campaign: what.campaign,
      archived: mark.records,
      now: now.records,
      how,
    })
}
