import { asText } from '../bot/messages/card-text.ts'
import { doubtful, type OutboxRow } from '../bot/messages/outbox.ts'
import type { Store, Write } from '../store/store.ts'

/** We keep this many characters of a message, enough to recognise it, and at most this many messages. */
const enough = 20
const most = 5

/** Notes that nobody knows whether this message arrived. Messages to groups and strangers are not noted. */
export async function doubtAbout(store: Pick<Store, 'get'>, row: OutboxRow): Promise<Write[]> {
  if (row.to !== 'person') return []
  const found = await store.get(doubtful.key(row.lane))
  const before = found ? doubtful.schema.parse(found.value).begin : []
  const value = { begin: [...before, beginOf(row)].slice(-most) }
  return [{ put: doubtful.key(row.lane), value }]
}

function beginOf({ message }: OutboxRow): string {
  if (message.kind === 'file') return '一份文件'
  const text = message.kind === 'text' ? message.text : asText(message.card).text
  const characters = Array.from(text.split('\n', 1)[0] ?? '')
  return characters.length > enough ? `${characters.slice(0, enough).join('')}…` : characters.join('')
}
