import { z } from 'zod'
import { type Answer, type Call, json, ok, printOf, Refusal, randomId } from './api-call.ts'
import { adviceOn, textOf } from './card-reading.ts'
import { readCard } from './card-rules.ts'
import { type ChatFile, type ChatMessage, type NewMessage, personChat } from './chats.ts'
import { cut, type Peer, within } from './peer.ts'
import { calls, type TemplateCard } from './template-card.ts'

const Send = z.looseObject({
  touser: z.string().optional(),
  toparty: z.string().optional(),
  totag: z.string().optional(),
  msgtype: z.string(),
  agentid: z.unknown(),
  safe: z.union([z.literal(0), z.literal(1)]).optional(),
  enable_duplicate_check: z.union([z.literal(0), z.literal(1)]).optional(),
  duplicate_check_interval: z.number().int().min(1).max(14_400).optional(),
})
const Content = z.object({ content: z.string().min(1) })
const TextCard = z.object({
  title: z.string().min(1),
  description: z.string().min(1),
  url: z.string().regex(/^https?:\/\//),
  btntxt: z.string().optional(),
})
const Media = z.object({ media_id: z.string() })
const Article = z.object({
  title: z.string().min(1),
  description: z.string().optional(),
  url: z.string().optional(),
  picurl: z.string().optional(),
})
const News = z.object({ articles: z.array(Article).min(1).max(8) })

/** POST /cgi-bin/message/send (P-90236). */
export function sendMessage(peer: Peer, call: Call): Answer {
  const parsed = Send.safeParse(json(call))
  if (!parsed.success)
    throw new Refusal(40058, `${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`)
  const request = parsed.data
  if (request.agentid !== peer.credentials.agentId) throw new Refusal(40056, 'agentid is the number of the app')
  const { known, unknown } = receivers(peer, request.touser ?? '')
  const message = appMessage(peer, request.msgtype, request[request.msgtype])
  const answer = ok({
    msgid: randomId(),
    ...(unknown.length > 0 ? { invaliduser: unknown.join('|').toLowerCase() } : {}),
  })
  if (request.enable_duplicate_check === 1 && isRepeat(peer, call, request.duplicate_check_interval ?? 1800))
    return answer
  if (message.card) claimTask(peer, message.card, [...known, JSON.stringify(message.card)].join())
  const delivered = known.flatMap((account) => {
    if (within(peer, personChat(account), 30))
      return [{ chat: personChat(account), id: peer.chats.add(personChat(account), message).id }]
    peer.violations.push('message/send: more than 30 messages a minute to one member, dropped in silence')
    return []
  })
  if (!message.card || !calls(message.card)) return answer
  const code = randomId(24)
  peer.codes.set(code, { messages: delivered, at: peer.life() })
  return { ...answer, response_code: code }
}

function receivers(peer: Peer, touser: string): { known: string[]; unknown: string[] } {
  const asked = touser.split('|').filter(Boolean)
  if (asked.length === 0) throw new Refusal(82001, 'no receiver')
  if (asked.length > 1000) throw new Refusal(40032, 'too many users')
  if (asked.includes('@all')) return { known: [...peer.members.keys()], unknown: [] }
  const known = [
    ...new Set(asked.map((account) => account.toLowerCase()).filter((account) => peer.members.has(account))),
  ]
  // It is normal that a receiver has left, so this breaks no rule.
  if (known.length === 0) throw new Refusal(81013, 'all receivers invalid', { blame: false })
  return { known, unknown: asked.filter((account) => !known.includes(account.toLowerCase())) }
}

function isRepeat(peer: Peer, call: Call, seconds: number): boolean {
  const print = printOf(call.body)
  const before = peer.requests.get(print)
  if (before !== undefined && peer.life() - before < seconds * 1000) return true
  peer.requests.set(print, peer.life())
  return false
}

/** A task_id belongs to one card for ever. If an answer was lost, the same request may come again and means the same card. */
function claimTask(peer: Peer, card: TemplateCard, print: string): void {
  if (card.task_id === undefined) return
  const before = peer.tasks.get(card.task_id)
  if (before !== undefined && before !== print) throw new Refusal(42014, 'task_id was used for another card')
  peer.tasks.set(card.task_id, print)
}

function appMessage(peer: Peer, msgtype: string, part: unknown): NewMessage {
  const from = 'bot' as const
  switch (msgtype) {
    case 'text':
    case 'markdown':
      return { from, kind: msgtype, text: cut(peer, msgtype, { text: read(Content, part, 44004).content, max: 2048 }) }
    case 'textcard': {
      const { title, description, url } = read(TextCard, part, 40058)
      return {
        from,
        kind: 'textcard',
        text: `${Array.from(title).slice(0, 128).join('')}\n${cut(peer, 'textcard', { text: description, max: 512 * 4 })}`,
        url,
      }
    }
    case 'file':
    case 'image': {
      const file = fileOf(peer, msgtype, { part })
      return { from, kind: msgtype, text: file.name, file }
    }
    case 'news': {
      const { articles } = read(News, part, 40058)
      return {
        from,
        kind: 'news',
        text: articles.map((article) => [article.title, article.description].filter(Boolean).join('\n')).join('\n'),
      }
    }
    case 'template_card': {
      const result = readCard(part)
      if ('errcode' in result) throw new Refusal(result.errcode, result.reason)
      return cardMessage(peer, result.card)
    }
    default:
      throw new Refusal(40008, `msgtype ${msgtype}`)
  }
}

/** A part of a request. Throws the refusal that names the fault in it. */
export function read<T>(schema: z.ZodType<T>, part: unknown, errcode: number): T {
  const parsed = schema.safeParse(part)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal(errcode, `${issue?.path.join('.')}: ${issue?.message}`)
}

/** The file that a message sends, by its media id. Throws Refusal if the id is unknown, expired or of another kind. */
export function fileOf(
  peer: Peer,
  kind: string,
  { part, group }: { part: unknown; group?: string | undefined },
): ChatFile {
  const { id, name, data } = peer.media.use(read(Media, part, 40007).media_id, kind, group)
  return { id, name, size: data.length }
}

/** The chat message that shows a card. It notes lengths beyond WeCom's advice. */
export function cardMessage(peer: Peer, card: TemplateCard): NewMessage {
  for (const line of adviceOn(card)) peer.advice.add(`${card.card_type}: ${line}`)
  return {
    from: 'bot',
    kind: 'card',
    text: textOf(card),
    card,
    ...(card.task_id === undefined ? {} : { taskId: card.task_id }),
    ...(card.replace_text === undefined ? {} : { closed: card.replace_text }),
  }
}

const Update = z.looseObject({
  userids: z.array(z.string()).max(1000).optional(),
  atall: z.union([z.literal(0), z.literal(1)]).optional(),
  agentid: z.unknown(),
  response_code: z.string(),
  button: z.strictObject({ replace_name: z.string().min(1) }).optional(),
  template_card: z.unknown().optional(),
})

/** POST /cgi-bin/message/update_template_card (P-94888). A code changes its messages once, within 72 hours. */
export function updateCard(peer: Peer, call: Call): Answer {
  const request = read(Update, json(call), 40058)
  if (request.agentid !== peer.credentials.agentId) throw new Refusal(42015, 'agentid is the number of the app')
  const next = changedBy(peer, request)
  const code = peer.codes.get(request.response_code)
  // After a crash it is normal that a code was used already.
  if (!code || peer.life() - code.at > 72 * 3_600_000)
    throw new Refusal(60140, 'response_code is used, expired or unknown', { blame: false })
  peer.codes.delete(request.response_code)
  const asked = request.userids?.map((account) => account.toLowerCase())
  for (const { chat, id } of code.messages) {
    if (asked && !asked.some((account) => personChat(account) === chat)) continue
    peer.chats.replace(chat, id, next)
  }
  const strangers = (asked ?? []).filter(
    (account) => !code.messages.some((message) => message.chat === personChat(account)),
  )
  return ok({ invaliduser: strangers })
}

function changedBy(peer: Peer, { button, template_card }: z.infer<typeof Update>): (before: ChatMessage) => NewMessage {
  if (template_card === undefined) {
    if (!button) throw new Refusal(40058, 'neither template_card nor button.replace_name')
    return (before) => ({ ...before, closed: button.replace_name, text: `${before.text}\n${button.replace_name}` })
  }
  const result = readCard(template_card, { update: true })
  if ('errcode' in result) throw new Refusal(result.errcode, result.reason)
  const message = cardMessage(peer, result.card)
  // The documented bodies name no task_id, so the card keeps its own.
  return (before) =>
    before.taskId === undefined || message.taskId !== undefined ? message : { ...message, taskId: before.taskId }
}
