import { z } from 'zod'
import { Refusal } from './emulated-answers.ts'

/** A message that arrived. */
export type Arrived = {
  to?: string
  group?: string
  via: 'session' | 'api' | 'webhook' | 'card'
  text: string
  mentioned: string[]
  file?: { name: string; data: Buffer }
  /** The id of a card. */
  card?: string
}

const some = z.string().min(1)
const params = {
  sampleText: z.strictObject({ content: some }),
  sampleFile: z.strictObject({
    mediaId: some,
    fileName: some,
    fileType: z.enum(['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx']),
  }),
}
const ApiMessage = z.strictObject({ msgKey: z.enum(['sampleText', 'sampleFile']), msgParam: z.string() })
const At = z.strictObject({ atUserIds: z.array(z.string()).max(50), isAtAll: z.boolean() })
const WebhookMessage = z.strictObject({
  msgtype: z.literal('text'),
  text: z.strictObject({ content: some }),
  at: At.exactOptional(),
  msgUuid: some.exactOptional(),
})
/** Public clients cut a text at this length, so a longer one may not arrive whole. */
const longest = 3_800

/** msgKey and msgParam of an OpenAPI call (dingtalk.md §6.3). */
export function readApiMessage(body: unknown): { text: string } | { mediaId: string; name: string } {
  const message = ApiMessage.safeParse(body)
  if (!message.success) throw new Refusal('invalidParameter.msgKey.invalid', message.error.message)
  const { msgKey, msgParam } = message.data
  if (Buffer.byteLength(msgParam) > 15_000) throw new Refusal('invalidParameter.msgParam.tooLong', 'msgParam')
  const param = params[msgKey].safeParse(JSON.parse(msgParam))
  if (!param.success) throw new Refusal('invalidParameter.msgParam.invalid', param.error.message)
  if ('content' in param.data) return { text: short(param.data.content) }
  return { mediaId: param.data.mediaId, name: param.data.fileName }
}

/** The body of a webhook (§3.4). The text must repeat the people who are mentioned. */
export function readWebhookMessage(body: unknown): { text: string; mentioned: string[]; uuid: string | undefined } {
  const message = WebhookMessage.safeParse(body)
  if (!message.success) throw new Refusal(40035, message.error.message)
  const { text, at, msgUuid } = message.data
  const missing = at?.atUserIds.find((account) => !text.content.includes(`@${account}`))
  if (missing) throw new Refusal(40035, `nobody highlights ${missing}: it is not in the text`)
  return { text: short(text.content), mentioned: at?.atUserIds ?? [], uuid: msgUuid }
}

function short(text: string): string {
  if (Array.from(text).length > longest) throw new Refusal('invalidParameter.msgParam.tooLong', 'text')
  return text
}
