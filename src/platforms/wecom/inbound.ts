import { z } from 'zod'
import type { Inbound, Said } from '../../bot/messages/message.ts'
import { type Elements, readXml } from './xml.ts'

/** What a decrypted callback says: something for the bot, something that is none of its business (and why), or malformed. */
export type Callback = { inbound: Inbound } | { ignored: string } | 'malformed'

const once = z.tuple([z.string()]).transform(([text]) => text)
const filled = z.tuple([z.string().min(1)]).transform(([text]) => text)
const optional = once.exactOptional()

/** P-90239, P-90240. Numbers stay text: MsgId has 64 bits, and accounts may begin with zeros. */
const Head = z.object({
  FromUserName: filled,
  CreateTime: z.tuple([z.string().regex(/^\s*\d{1,12}\s*$/)]).transform(([text]) => text.trim()),
  MsgType: filled,
  MsgId: filled.exactOptional(),
  AgentID: optional,
})
const Text = z.object({ Content: once, MsgId: filled })
const Event = z.object({ Event: filled, EventKey: optional })
/** A list that is empty comes as an element without children, or not at all. */
const empty = z.tuple([z.string().regex(/^\s*$/)]).transform(() => undefined)
const OptionIds = z.union([z.tuple([z.object({ OptionId: z.array(z.string()) })]), empty]).exactOptional()
const SelectedItem = z.object({ QuestionKey: filled, OptionIds })
const SelectedItems = z.union([z.tuple([z.object({ SelectedItem: z.array(SelectedItem) })]), empty]).exactOptional()
const Tap = z.object({ EventKey: filled, ResponseCode: filled, SelectedItems })

/** Reads the decrypted XML of a callback. `agentId`: of our app; what is for another app of the company is ignored. */
export function readCallback(xml: string, agentId: number): Callback {
  const elements = readXml(xml)
  const head = Head.safeParse(elements)
  if (!elements || !head.success) return 'malformed'
  const { FromUserName: account, AgentID: agent, MsgType: type } = head.data
  if (agent !== undefined && agent.trim() !== String(agentId)) return { ignored: 'for another app' }
  if (!isUserid(account)) return { ignored: 'sender is no userid' }
  return type.toLowerCase() === 'event' ? readEvent(elements, head.data) : readMessage(elements, head.data)
}

/** `sys`, `@all` and lists stand where a userid would (wecom.md §5, §17). */
const isUserid = (account: string): boolean => /^[A-Za-z0-9_-][\w.@-]{0,63}$/.test(account) && account !== 'sys'

function readMessage(elements: Elements, head: z.infer<typeof Head>): Callback {
  if (head.MsgType !== 'text')
    return said(head, head.MsgId ?? identityOf(head), { kind: 'unreadable', what: head.MsgType })
  const text = Text.safeParse(elements)
  return text.success ? said(head, text.data.MsgId, { kind: 'text', text: text.data.Content }) : 'malformed'
}

function readEvent(elements: Elements, head: z.infer<typeof Head>): Callback {
  const read = Event.safeParse(elements)
  if (!read.success) return 'malformed'
  const { Event: name, EventKey: key = '' } = read.data
  switch (name.toLowerCase()) {
    case 'enter_agent':
    case 'subscribe':
      return said(head, identityOf(head, name, key), { kind: 'opened' })
    case 'click':
      return key === '' ? 'malformed' : said(head, identityOf(head, name, key), { kind: 'text', text: key })
    case 'template_card_event':
    case 'template_card_menu_event':
      return readTap(elements, head)
    default:
      // Locations, menu links, changes of contacts, warnings about the app: nobody spoke.
      return { ignored: 'no conversation' }
  }
}

function readTap(elements: Elements, head: z.infer<typeof Head>): Callback {
  const read = Tap.safeParse(elements)
  if (!read.success) return 'malformed'
  const { EventKey: button, ResponseCode: responseCode, SelectedItems: selected } = read.data
  const items = selected?.[0].SelectedItem ?? []
  const picked = Object.fromEntries(items.map((item) => [item.QuestionKey, item.OptionIds?.[0].OptionId ?? []]))
  const tapped = said(head, responseCode, { kind: 'tap', button, picked })
  return { inbound: { ...tapped.inbound, handle: { responseCode } } }
}

const said = (head: z.infer<typeof Head>, identity: string, what: Said): { inbound: Inbound } => ({
  inbound: { channel: 'wecom', account: head.FromUserName, once: identity, what },
})

/** Of what has no MsgId (P-90238: FromUserName and CreateTime; two entries of a menu may be clicked within a second). */
const identityOf = ({ FromUserName, CreateTime, MsgType }: z.infer<typeof Head>, event = MsgType, key = ''): string =>
  [FromUserName, CreateTime, event, key].join(' ')
