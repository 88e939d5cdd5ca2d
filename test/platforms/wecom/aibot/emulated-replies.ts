import { z } from 'zod'
import { Refusal } from '../../../../src/platforms/simulator/api-call.ts'
import { readCard } from '../../../../src/platforms/simulator/card-rules.ts'
import type { TemplateCard } from '../../../../src/platforms/simulator/template-card.ts'

/** What the bot may send (wecom.md §14.3, §15), read as strictly as the document says. */

const some = z.string().min(1)
const longest = 20_480
const Feedback = z.strictObject({ id: some.refine((id) => Buffer.byteLength(id) <= 256) })
const Stream = z.strictObject({
  id: some,
  finish: z.boolean(),
  content: z.string(),
  feedback: Feedback.exactOptional(),
})
const Markdown = z.strictObject({ content: some, feedback: Feedback.exactOptional() })
const Media = z.strictObject({ media_id: some })
const Body = z.discriminatedUnion('msgtype', [
  z.strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: some }) }),
  z.strictObject({ msgtype: z.literal('markdown'), markdown: Markdown }),
  z.strictObject({ msgtype: z.literal('template_card'), template_card: z.unknown() }),
  z.strictObject({ msgtype: z.literal('stream'), stream: Stream }),
  z.strictObject({
    msgtype: z.literal('stream_with_template_card'),
    stream: Stream,
    template_card: z.unknown().exactOptional(),
  }),
  z.strictObject({ msgtype: z.literal('file'), file: Media }),
])
export type Kind = z.infer<typeof Body>['msgtype']
const Update = z.strictObject({
  response_type: z.literal('update_template_card'),
  userids: z.array(some).exactOptional(),
  template_card: z.unknown(),
})

export type Stream = { id: string; finish: boolean; content: string }
export type Reply = { text?: string; stream?: Stream; card?: TemplateCard; media?: string }

/** Reads a message. `allowed` are the kinds that may be sent here. Throws Refusal. */
export function readReply(body: unknown, allowed: readonly Kind[]): Reply {
  const read = Body.safeParse(body)
  if (!read.success) throw new Refusal(40058, read.error.issues[0]?.message ?? 'no message')
  const said = read.data
  if (!allowed.includes(said.msgtype)) throw new Refusal(40008, `${said.msgtype} cannot be said here`)
  if (said.msgtype === 'text') return { text: fitting(said.text.content) }
  if (said.msgtype === 'markdown') return { text: fitting(said.markdown.content) }
  if (said.msgtype === 'file') return { media: said.file.media_id }
  if (said.msgtype === 'template_card') return { card: newCard(said.template_card) }
  const stream = { ...said.stream, content: fitting(said.stream.content) }
  const card = 'template_card' in said ? { card: newCard(said.template_card) } : {}
  return { stream, ...card }
}

/** Reads the change of a card. `taskId` is the tapped card's. Throws Refusal. */
export function readUpdate(body: unknown, taskId: string): { card: TemplateCard; people?: string[] } {
  const read = Update.safeParse(body)
  if (!read.success) throw new Refusal(40058, read.error.issues[0]?.message ?? 'no update')
  const card = checked(read.data.template_card, true)
  if (card.task_id !== taskId) throw new Refusal(846625, 'the task_id is not that of the event')
  return { card, ...(read.data.userids ? { people: read.data.userids } : {}) }
}

function newCard(body: unknown): TemplateCard {
  const card = checked(body, false)
  if (card.task_id === undefined) throw new Refusal(846625, 'a card without task_id')
  return card
}

function checked(body: unknown, update: boolean): TemplateCard {
  const read = readCard(body, { update })
  if ('errcode' in read) throw new Refusal(read.errcode, read.reason)
  if (read.card.horizontal_content_list?.some(({ type }) => type === 2))
    throw new Refusal(42029, 'no files in rows here')
  return read.card
}

function fitting(content: string): string {
  if (Buffer.byteLength(content) > longest) throw new Refusal(45002, `${Buffer.byteLength(content)} bytes`)
  return content
}

const over = (name: string, text: string | undefined, most: number): string[] =>
  text !== undefined && Array.from(text).length > most ? [`${name} of ${Array.from(text).length}, advised ${most}`] : []

/** The texts that exceed an advised length; beyond it a phone may cut them. For the long texts of votes only the app's 160 are known. */
export function adviceOn(card: TemplateCard): string[] {
  const vote = card.card_type === 'vote_interaction'
  return [
    ...over('title', card.main_title?.title, 26),
    ...over('desc', card.main_title?.desc, vote ? 160 : 30),
    ...over('sub_title_text', card.sub_title_text, 112),
    ...(card.horizontal_content_list ?? []).flatMap(({ keyname, value }) => [
      ...over('keyname', keyname, 5),
      ...over('value', value, 26),
    ]),
    ...over('title of a selection', card.button_selection?.title, 13),
    ...(card.button_selection?.option_list ?? []).flatMap(({ text }) => over('option', text, 10)),
    ...(card.checkbox?.option_list ?? []).flatMap(({ text }) => over('option', text, 11)),
    ...(card.button_list ?? []).flatMap(({ text }) => over('button', text, 10)),
  ]
}
