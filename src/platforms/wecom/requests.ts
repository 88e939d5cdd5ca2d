import { createHash } from 'node:crypto'
import { asText } from '../../bot/messages/card-text.ts'
import type { Pace, Parcel, Request } from '../../bot/messages/channel.ts'
import type { Message } from '../../bot/messages/message.ts'
import { type RenderedCard, renderCard } from './cards.ts'
import type { TemplateCard } from './template-card.ts'
import { splitText } from './texts.ts'

/**
 * The requests for a parcel: always the same bytes for the same parcel. `call` is the path below /cgi-bin/. Only `close` is no path; it
 * greys the buttons of a card that was answered with text.
 */
export function requestsOf(parcel: Parcel, agentId: number): Request[] {
  const { to, message } = parcel
  if ('group' in to)
    return to.group.key === '' ? inAppGroup(chatIdOf(agentId, to.group.name), message) : byRobot(message)
  return toPerson(parcel, to.account, agentId)
}

/**
 * WeCom silently drops messages over 30 a minute or 1,000 an hour to one member, and over 20 a minute by one robot. Our windows are a
 * little longer, because a message that we sent in time may arrive late. A change of a card does not count as a message to its member.
 */
export function pacesOf(parcel: Parcel): Pace[] {
  const { to, message, inPlace } = parcel
  if ('group' in to) return [{ bucket: `wecom group ${to.group.key || to.group.name}`, count: 20, ms: 61_000 }]
  const member = `wecom member ${to.account.toLowerCase()}`
  const toMember = [
    { bucket: member, count: 30, ms: 61_000 },
    { bucket: `${member} hour`, count: 1000, ms: 3_610_000 },
  ]
  // Each API of the company takes 10,000 calls a minute. message/send has no such limit (P-90312).
  const calls = { bucket: 'wecom calls', count: 150, ms: 1000 }
  if (inPlace && message.kind === 'card' && renderCard(message.card, 'update').text === '') return [calls]
  return message.kind === 'file' ? [...toMember, calls] : toMember
}

/** The word on the grey button of a card whose tap is answered with text. */
const received = '已收到'
/**
 * The longest time that WeCom offers, in seconds. If the program starts again within four hours after a crash, it does not repeat what was
 * on its way.
 */
const checkedFor = 14_400
const duplicateCheck = { enable_duplicate_check: 1, duplicate_check_interval: checkedFor }
/** A response code works for one change only, however often it is repeated. */
const forEver = Number.POSITIVE_INFINITY

function toPerson(parcel: Parcel, account: string, agentId: number): Request[] {
  const { message, unique } = parcel
  const code = parcel.handle?.['responseCode']
  const send = (msgtype: string, content: object, check = false): Request => ({
    call: 'message/send',
    body: JSON.stringify({ touser: account, msgtype, agentid: agentId, ...content, ...(check ? duplicateCheck : {}) }),
    ...(check ? { arrivesOnce: checkedFor * 1000 } : {}),
  })
  const texts = (text: string, check = false): Request[] =>
    splitText(text).map((content) => send('text', { text: { content } }, check))
  const update = (call: string, change: object): Request => ({
    call,
    body: JSON.stringify({ userids: [account], agentid: agentId, response_code: code, ...change }),
    arrivesOnce: forEver,
  })
  const close = code === undefined ? [] : [update('close', { button: { replace_name: received } })]

  if (message.kind === 'file')
    return [{ ...send('file', {}), file: { name: message.order.document, order: message.order } }]
  if (message.kind === 'text') return [...texts(message.text, unique), ...close]
  const replaces = parcel.inPlace === true && code !== undefined
  const { text, template }: RenderedCard = renderCard(
    message.card,
    replaces ? 'update' : { taskId: taskIdOf(parcel.id) },
  )
  // The texts around a card may be the same twice within half an hour; the card has its own id.
  if (!template) return [...texts(text), ...(replaces ? close : [])]
  const shown = replaces
    ? update('message/update_template_card', { template_card: template satisfies TemplateCard })
    : send('template_card', { template_card: template satisfies TemplateCard }, unique)
  return [...texts(text), shown]
}

/** A task_id that is unique for ever and has only the allowed characters. */
const taskIdOf = (id: string): string =>
  /^[\w@-]{1,128}$/.test(id) ? id : createHash('sha256').update(id).digest('base64url')

/** The id of the group that the app makes. It is the same at every start and on every instance. */
export const chatIdOf = (agentId: number, name: string): string =>
  createHash('sha256').update(`${agentId} ${name}`).digest('hex').slice(0, 32)

const markdownBytes = 4096
/** Whether a text contains characters that markdown would read as its own signs. */
const isMarked = (text: string): boolean =>
  /[*_`~<>[\]#\\]/.test(text) || text.split('\n').some((line) => /^(?:[-+]|\d{1,9}\.)(?:\s|$)/.test(line.trimStart()))

/**
 * A message by a group's robot: as text, because only text can mention people. A post of several lines without mentions gets its first line
 * in bold, unless it holds characters that markdown would swallow.
 */
function byRobot(message: Message): Request[] {
  const call = 'webhook/send'
  if (message.kind === 'file')
    return [{ call, body: '{"msgtype":"file"}', file: { name: message.order.document, order: message.order } }]
  const { text, mention } = spoken(message)
  const [first = '', ...rest] = text.split('\n')
  const content = [`**${first}**`, ...rest].join('\n')
  if (
    mention.length === 0 &&
    first.trim() !== '' &&
    rest.length > 0 &&
    !isMarked(text) &&
    Buffer.byteLength(content) <= markdownBytes
  )
    return [{ call, body: JSON.stringify({ msgtype: 'markdown', markdown: { content } }) }]
  return mentioning(text, mention).map((part) => ({ call, body: JSON.stringify({ msgtype: 'text', text: part }) }))
}

function inAppGroup(chatid: string, message: Message): Request[] {
  const call = 'appchat/send'
  if (message.kind === 'file')
    return [
      {
        call,
        body: JSON.stringify({ chatid, msgtype: 'file' }),
        file: { name: message.order.document, order: message.order },
      },
    ]
  const { text, mention } = spoken(message)
  return mentioning(text, mention).map((part) => ({
    call,
    body: JSON.stringify({ chatid, msgtype: 'text', text: part }),
  }))
}

/** A group takes no cards that people can tap, so a card becomes text there. */
const spoken = (message: Exclude<Message, { kind: 'file' }>): { text: string; mention: string[] } =>
  message.kind === 'text'
    ? { text: message.text, mention: message.mention ?? [] }
    : { text: asText(message.card).text, mention: [] }

/** The last piece mentions the people, because by then the text has been read. */
function mentioning(
  text: string,
  mention: readonly string[],
): { content: string; mentioned_list?: readonly string[] }[] {
  const pieces = splitText(text)
  return pieces.map((content, i) =>
    i === pieces.length - 1 && mention.length > 0 ? { content, mentioned_list: mention } : { content },
  )
}
