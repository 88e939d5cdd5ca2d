import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Channel, Outcome, Pace, Parcel, RenderedFile, Request } from '../../bot/channel.ts'
import type { Message } from '../../bot/message.ts'
import { type Answer, isUnknownChat, outcomeOf } from './answers.ts'
import { renderCard } from './cards.ts'
import type { WecomClient } from './client.ts'
import type { WecomSettings } from './settings.ts'
import { splitText } from './texts.ts'

export type ChannelParts = { settings: WecomSettings; client: WecomClient }

const duplicateSeconds = 1800
const minute = 61_000
const hour = 3_601_000
const mostMembers = 2000

type Group = Extract<Parcel['to'], { group: unknown }>['group']
type Body = { msgtype: string; [name: string]: unknown }

/** The self-built app (wecom.md §7–§9), group robots (§12), and groups that the app makes itself where no robot's key is given (§13). */
export function wecomChannel({ settings, client }: ChannelParts): Channel {
  return {
    name: 'wecom',
    can: { cards: true, forms: false, files: true, push: true },
    requests: (parcel) => requestsOf(parcel, settings),
    paces: pacesOf,
    async send(request, parcel, file) {
      if (request.call === 'file') return sendFile(client, settings, parcel, file)
      if (request.call === 'update') return updated(await client.call('message/update_template_card', request))
      return send(client, settings, request.call, request.body, parcel)
    },
  }
}

function requestsOf(parcel: Parcel, settings: WecomSettings): Request[] {
  const { message, to } = parcel
  if (message.kind === 'file') return [{ call: 'file', body: '{}', file: { name: message.order.document, order: message.order } }]
  if (message.kind === 'text') return texts(message.text, message, parcel, settings)
  const handle = Handle.safeParse(parcel.handle)
  const update = parcel.inPlace === true && handle.success
  const { text, template } = renderCard(message.card, update ? 'update' : { taskId: parcel.id })
  const before = texts(text, { kind: 'text', text }, parcel, settings)
  if (!template || 'group' in to) return before
  const card = update
    ? request('update', { userids: [to.account], agentid: settings.agentId, response_code: handle.data.responseCode, template_card: template })
    : request('message', addressed({ msgtype: 'template_card', template_card: template }, { ...parcel, unique: true }, settings))
  return [...before, card]
}

const Handle = z.object({ responseCode: z.string() })
const request = (call: string, body: object): Request => ({ call, body: JSON.stringify(body) })

function texts(
  text: string,
  { mention = [] }: Extract<Message, { kind: 'text' }>,
  parcel: Parcel,
  settings: WecomSettings,
): Request[] {
  const pieces = splitText(text)
  return pieces.map((content, i) => {
    // Mentioned once, under the last piece.
    const mentioned = 'group' in parcel.to && mention.length > 0 && i === pieces.length - 1 ? { mentioned_list: [...mention] } : {}
    return request(callOf(parcel), addressed({ msgtype: 'text', text: { content, ...mentioned } }, parcel, settings))
  })
}

const callOf = ({ to }: Parcel): string => ('account' in to ? 'message' : to.group.key === '' ? 'appchat' : 'webhook')

/** A message with its address, as the call of its receiver takes it. */
function addressed(body: Body, { to, unique }: Parcel, settings: WecomSettings): object {
  if ('group' in to) return to.group.key === '' ? { chatid: chatId(to.group, settings), ...body, safe: 0 } : body
  const once = unique ? { enable_duplicate_check: 1, duplicate_check_interval: duplicateSeconds } : {}
  return { touser: to.account, agentid: settings.agentId, ...body, ...once }
}

/** The id of a group that the app makes: always the same for the same group, so that it is made once. */
const chatId = ({ name }: Group, { corpId, agentId }: WecomSettings): string =>
  createHash('sha256').update(`${corpId} ${agentId} ${name}`).digest('hex').slice(0, 32)

/** Below what WeCom drops without a word (30 a minute and 1,000 an hour to one member) or refuses (20 a minute to one robot). */
function pacesOf(parcel: Parcel): Pace[] {
  const { to, message } = parcel
  if ('group' in to)
    return to.group.key === ''
      ? [{ bucket: `wecom appchat ${to.group.name}`, count: 100, ms: minute }]
      : [{ bucket: `wecom webhook ${to.group.key}`, count: 20, ms: minute }]
  if (parcel.inPlace && message.kind === 'card' && renderCard(message.card, 'update').text === '') return []
  const bucket = `wecom ${to.account.toLowerCase()}`
  return [
    { bucket, count: 30, ms: minute },
    { bucket: `${bucket} hour`, count: 1000, ms: hour },
  ]
}

const Invalid = z.object({ invaliduser: z.union([z.string(), z.array(z.string())]).optional() })
const isInvalid = ({ body }: Extract<Answer, { kind: 'ok' }>): boolean => {
  const invalid = Invalid.safeParse(body).data?.invaliduser
  return invalid !== undefined && invalid.length > 0
}

const sentOr = (answer: Answer): Outcome => {
  if (answer.kind !== 'ok') return outcomeOf(answer)
  return isInvalid(answer) ? { kind: 'unreachable', code: 'invaliduser' } : { kind: 'sent' }
}
const updated = (answer: Answer): Outcome => (answer.kind === 'ok' ? { kind: 'sent' } : outcomeOf(answer))

async function send(
  client: WecomClient,
  settings: WecomSettings,
  call: string,
  body: string,
  { to }: Parcel,
): Promise<Outcome> {
  if (!('group' in to)) return sentOr(await client.call('message/send', { body }))
  if (call === 'webhook') return sentOr(await client.webhook(to.group.key, body))
  const answer = await client.call('appchat/send', { body })
  if (!isUnknownChat(answer)) return sentOr(answer)
  const made = await client.call('appchat/create', { body: JSON.stringify(newChat(to.group, settings)) })
  return made.kind === 'ok' ? sentOr(await client.call('appchat/send', { body })) : outcomeOf(made)
}

const newChat = (group: Group, settings: WecomSettings): object => ({
  name: group.name,
  userlist: group.members.slice(0, mostMembers),
  chatid: chatId(group, settings),
})

/** Uploaded for every message: media ids end after three days. */
async function sendFile(
  client: WecomClient,
  settings: WecomSettings,
  parcel: Parcel,
  file: RenderedFile | undefined,
): Promise<Outcome> {
  if (!file) throw new TypeError('a file message is sent with its file')
  const call = callOf(parcel)
  const key = 'group' in parcel.to ? parcel.to.group.key : ''
  const upload = await (call === 'webhook' ? client.webhookUpload(key, file) : client.upload(file))
  if (!('mediaId' in upload)) return outcomeOf(upload)
  const body = addressed({ msgtype: 'file', file: { media_id: upload.mediaId } }, parcel, settings)
  return send(client, settings, call, JSON.stringify(body), parcel)
}
