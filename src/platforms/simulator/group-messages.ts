import { z } from 'zod'
import { type Answer, type Call, json, ok, Refusal, randomId } from './api-call.ts'
import { cardMessage, fileOf, read } from './app-messages.ts'
import { readCard } from './card-rules.ts'
import { groupChat, type NewMessage } from './chats.ts'
import { cut, type Peer, within } from './peer.ts'

const Body = z.looseObject({ msgtype: z.string() })
const mentions = {
  mentioned_list: z.array(z.string()).optional(),
  mentioned_mobile_list: z.array(z.string()).optional(),
}
const Content = z.object({ content: z.string().min(1), ...mentions })
const called = (content: string): string[] => [...content.matchAll(/<@([^<>\s]+)>/g)].map(([, account = '']) => account)

/** POST /cgi-bin/webhook/send (P-99110): a message by a group's robot. Only its key identifies the robot. */
export function webhookSend(peer: Peer, call: Call): Answer {
  const key = call.query['key'] ?? ''
  const request = read(Body, json(call), 40008)
  if (!within(peer, groupChat(key), 20)) throw new Refusal(45009, 'more than 20 messages a minute to one webhook')
  peer.chats.add(groupChat(key), groupMessage(peer, request.msgtype, { part: request[request.msgtype], webhook: key }))
  return ok()
}

/** POST /cgi-bin/appchat/… (P-90245): the groups that the app made. */
export function appchat(peer: Peer, call: Call, action: string): Answer {
  if (action === 'get') return ok({ chat_info: { ...made(peer, call.query['chatid']), chat_type: 0 } })
  if (action === 'create') return create(peer, call)
  if (action === 'update') return update(peer, call)
  if (action !== 'send') throw new Refusal(40066, 'unknown path')
  const request = read(Body.extend({ chatid: z.string() }), json(call), 40008)
  const { chatid } = made(peer, request.chatid)
  peer.chats.add(groupChat(chatid), groupMessage(peer, request.msgtype, { part: request[request.msgtype] }))
  return ok()
}

function made(peer: Peer, chatid: string | undefined) {
  const chat = peer.appchats.get(chatid ?? '')
  if (!chat) throw new Refusal(40050, 'chatid unknown or not ours', { blame: false })
  return chat
}

const Create = z.object({
  name: z.string().optional(),
  owner: z.string().optional(),
  userlist: z.array(z.string()),
  chatid: z
    .string()
    .regex(/^[0-9a-zA-Z]{1,32}$/)
    .optional(),
})

function create(peer: Peer, call: Call): Answer {
  const request = read(Create, json(call), 40058)
  const userlist = [...new Set(request.userlist.map((account) => account.toLowerCase()))]
  if (userlist.length < 2 || userlist.length > 2000)
    throw new Refusal(40032, `${userlist.length} members, 2 to 2000 allowed`)
  const strangers = userlist.filter((account) => !peer.members.has(account))
  if (strangers.length > 0) throw new Refusal(40031, 'userlist holds accounts that do not exist')
  const owner = request.owner?.toLowerCase() ?? userlist[0] ?? ''
  if (!userlist.includes(owner)) throw new Refusal(40031, 'the owner is not in userlist')
  const chatid = request.chatid ?? randomId()
  if (peer.appchats.has(chatid)) throw new Refusal(86215, 'chatid exists', { blame: false })
  peer.appchats.set(chatid, {
    chatid,
    name: Array.from(request.name ?? '群聊')
      .slice(0, 50)
      .join(''),
    owner,
    userlist,
  })
  return ok({ chatid })
}

const Update = z.object({
  chatid: z.string(),
  name: z.string().optional(),
  owner: z.string().optional(),
  add_user_list: z.array(z.string()).optional(),
  del_user_list: z.array(z.string()).optional(),
})

function update(peer: Peer, call: Call): Answer {
  const request = read(Update, json(call), 40058)
  const chat = made(peer, request.chatid)
  const gone = (request.del_user_list ?? []).map((account) => account.toLowerCase())
  const userlist = [
    ...new Set([...chat.userlist, ...(request.add_user_list ?? []).map((account) => account.toLowerCase())]),
  ]
  peer.appchats.set(chat.chatid, {
    chatid: chat.chatid,
    name: request.name ?? chat.name,
    owner: request.owner ?? chat.owner,
    userlist: userlist.filter((account) => peer.members.has(account) && !gone.includes(account)),
  })
  return ok()
}

/** `webhook` is the robot's key; without it the app sends the message. Robot and app allow different kinds and lengths. */
function groupMessage(peer: Peer, msgtype: string, { part, webhook }: { part: unknown; webhook?: string }): NewMessage {
  const from = 'bot' as const
  const where = webhook === undefined ? 'appchat' : 'webhook'
  switch (msgtype) {
    case 'text': {
      const { content, mentioned_list = [] } = read(Content, part, 93017)
      return {
        from,
        kind: 'text',
        text: cut(peer, `${where} text`, { text: content, max: 2048 }),
        mentioned: [...mentioned_list, ...called(content)],
      }
    }
    case 'markdown_v2':
      if (webhook === undefined) throw new Refusal(40008, 'markdown_v2 is for webhooks')
      return {
        from,
        kind: 'markdown',
        text: cut(peer, 'webhook markdown_v2', { text: read(Content, part, 93017).content, max: 4096 }),
      }
    case 'markdown': {
      const { content, mentioned_list } = read(Content, part, 93017)
      if (mentioned_list) peer.violations.push(`${where}: mentioned_list has no effect in markdown`)
      return {
        from,
        kind: 'markdown',
        text: cut(peer, `${where} markdown`, { text: content, max: webhook === undefined ? 2048 : 4096 }),
        mentioned: called(content),
      }
    }
    case 'file': {
      const file = fileOf(peer, 'file', { part, group: webhook })
      return { from, kind: 'file', text: file.name, file }
    }
    case 'template_card': {
      if (webhook === undefined) throw new Refusal(40008, 'appchat takes no template_card')
      const result = readCard(part)
      if ('errcode' in result) throw new Refusal(result.errcode, result.reason)
      const { card } = result
      if (!card.card_type.endsWith('_notice') || card.action_menu || card.task_id !== undefined)
        throw new Refusal(
          42031,
          'a group robot sends text_notice and news_notice only, without action_menu and task_id',
        )
      return cardMessage(peer, card)
    }
    default:
      throw new Refusal(40008, `msgtype ${msgtype} in ${where}`)
  }
}
