import { z } from 'zod'
import type { Campaign } from '../../campaign/plan/campaign.ts'
import { NotARoster } from '../../campaign/roster/roster-file.ts'
import type { Store } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import type { Download, Log } from '../messages/channel.ts'
import { type ChannelName, channelNames } from '../messages/message.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { pushTo } from '../notices/notices.ts'
import { Changes } from '../records/changes.ts'
import type { World } from '../roster/world.ts'
import { changesInWords, type Imported, importRoster } from './roster-import.ts'

/** Rosters that the organization department sent in the chat and that are not fetched yet. Keys: channel, person. */
export const sentRosters = table('sent-roster', z.strictObject({ token: z.string(), at: z.number() }))

type Parts = {
  store: Store
  campaign: Campaign
  downloads: ReadonlyMap<ChannelName, Download>
  world: () => Promise<World>
  instance: string
  queued: (rows: readonly OutboxRow[]) => void
  log: Log
}

/**
 * Fetches and imports the files that were sent, and tells the sender the result. It tells failures to the sender too, and gives up after
 * some time.
 */
export async function takeSentRosters({
  store,
  campaign,
  downloads,
  world,
  instance,
  queued,
  log,
}: Parts): Promise<void> {
  for (const { ids } of await new Changes(store).list(sentRosters)) {
    const changes = new Changes(store)
    const sent = await changes.read(sentRosters, ...ids)
    const person = (await world()).roster.people.find((one) => one.id === ids[1])
    const channel = channelNames.find((name) => name === ids[0])
    if (!sent || !channel) continue
    const download = downloads.get(channel)
    const text = download
      ? await outcome(
          () => download(sent.token),
          (file) => importRoster(store, file, { campaign }),
          log,
        )
      : '这里收不了文件，请管理员用 npm run import-roster 导入。'
    await changes.remove(sentRosters, ids)
    const row =
      person &&
      (await pushTo(changes, await world(), { person, message: { text, kind: 'answer', about: [] }, instance }))
    if ((await store.commit(changes.writes)) && row) queued([row])
  }
}

async function outcome(
  fetchFile: () => Promise<Uint8Array>,
  take: (file: Uint8Array) => Promise<Imported>,
  log: Log,
): Promise<string> {
  try {
    return words(await take(await fetchFile()))
  } catch (error) {
    if (error instanceof NotARoster) return `${error.message}。名册没有改动。`
    log.error({ err: error }, 'a roster that was sent could not be taken')
    return '名册没有取到，没有改动。请再发一次，或请管理员用 npm run import-roster 导入。'
  }
}

function words({ imported, people, problems, hints, older, ...changed }: Imported): string {
  if (older)
    return '这是以前用过的名册，之后已导入过新的，名册没有改动。确要改回，请管理员用 npm run import-roster -- 文件 --again 导入。'
  const lines = [`名册已导入${imported}行，有账号的${people}人。`]
  if (problems.length > 0) lines.push(`有问题的${problems.length}行没有导入：`, ...problems.slice(0, 20))
  if (hints.length > 0) lines.push('请核对：', ...hints.slice(0, 20))
  const question = changesInWords(changed)
  if (question !== undefined) lines.push(question)
  return lines.join('\n')
}
