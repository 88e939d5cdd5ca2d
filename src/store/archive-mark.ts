import { createHash } from 'node:crypto'
import { z } from 'zod'
import { stopped } from '../errors.ts'
import { recordLines } from './portable.ts'
import { certificates } from './purge-certificate.ts'
import { type Store } from './store.ts'
import { table } from './table.ts'

/** What an archive held of a campaign, so that a purge knows that it is all kept: `records` in number, and a hash of them. Keys: campaign. */
export const ArchiveMark = z.strictObject({ at: z.string(), records: z.number(), hash: z.string() })
export type ArchiveMark = z.infer<typeof ArchiveMark>
export const archiveMarks = table('archive-mark', ArchiveMark)

type OfCampaign = { campaign: string; tables: readonly string[] }
const Keyed = z.object({ key: z.array(z.string()) })

/** The official records of a campaign among all records, as `recordLines` gives them. What the program notes for itself does not count. */
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

/** A campaign is purged once it was archived as it is now; a purge that was interrupted goes on. Throws Stopped. */
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
