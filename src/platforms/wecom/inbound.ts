import { z } from 'zod'
import type { Inbound, Said } from '../../bot/messages/message.ts'
import { type Elements, readXml } from './xml.ts'

/** The meaning of a decrypted callback: an event for the bot, one that it ignores (with the reason), or a malformed one. */
export type Callback = { inbound: Inbound } | { ignored: string } | 'malformed'

const once = z.tuple([z.string()]).transform(([text]) => text)
const filled = z.tuple([z.string().min(1)]).transform(([text]) => text)
/** A part that we can do without. If it is missing, empty, given twice or of another form, we treat it as missing. */
const optional = filled.optional().catch(undefined)
const time = z.tuple([z.string().regex(/^\s*\d{1,12}\s*$/)]).transform(([text]) => text.trim())

/** P-90239, P-90240. Numbers stay text, because MsgId has 64 bits and accounts may begin with zeros. */
const Head = z.object({
  FromUserName: filled,
  CreateTime: time.optional().catch(undefined),
  MsgType: filled,
  MsgId: optional,
  AgentID: optional,
})
type Head = z.infer<typeof Head>
/** Customer service and other parts of WeCom send events without a sender. */
const Senderless = z.object({ FromUserName: z.tuple([z.literal('')]).optional(), MsgType: filled })
const Text = z.object({ Content: once })
const Event = z.object({ Event: filled, EventKey: optional })
/** An empty list comes as an element without children, or not at all. */
const OptionIds = z.tuple([z.object({ OptionId: z.array(z.string()) })])
const SelectedItem = z.object({ QuestionKey: filled, OptionIds: OptionIds.optional().catch(undefined) })
const SelectedItems = z.tuple([z.object({ SelectedItem: z.array(SelectedItem) })])
const Tap = z.object({
  EventKey: filled,
  ResponseCode: filled,
  SelectedItems: SelectedItems.optional().catch(undefined),
})

/** Reads the decrypted XML of a callback. `agentId` is our app's id; events for another app of the company are ignored. */
export function readCallback(xml: string, agentId: number): Callback {
  const elements = readXml(xml)
  const head = Head.safeParse(elements)
  if (!elements) return 'malformed'
  if (!head.success) return Senderless.safeParse(elements).success ? { ignored: 'no sender' } : 'malformed'
  const { FromUserName: account, AgentID: agent, MsgType: type } = head.data
  if (agent !== undefined && agent.trim() !== String(agentId)) return { ignored: 'for another app' }
  if (!isUserid(account)) return { ignored: 'sender is no userid' }
  return type.toLowerCase() === 'event' ? readEvent(elements, head.data) : readMessage(elements, head.data)
}

/** `sys`, `@all` and lists can stand in the place of a userid (wecom.md §5, §17). */
const isUserid = (account: string): boolean => /^[A-Za-z0-9_-][\w.@-]{0,63}$/.test(account) && account !== 'sys'

function readMessage(elements: Elements, head: Head): Callback {
  const { MsgType: type, MsgId: id } = head
  const text = type.toLowerCase() === 'text' ? Text.safeParse(elements).data?.Content : undefined
  const what: Said = text === undefined ? { kind: 'unreadable', what: type } : { kind: 'text', text }
  return said(head, id ?? identityOf(head, type, text), what)
}

function readEvent(elements: Elements, head: Head): Callback {
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

function readTap(elements: Elements, head: Head): Callback {
  const read = Tap.safeParse(elements)
  if (!read.success) return 'malformed'
  const { EventKey: button, ResponseCode: responseCode, SelectedItems: selected } = read.data
  const items = selected?.[0].SelectedItem ?? []
  const picked = Object.fromEntries(items.map((item) => [item.QuestionKey, item.OptionIds?.[0].OptionId ?? []]))
  const tapped = said(head, responseCode, { kind: 'tap', button, picked })
  return { inbound: { ...tapped.inbound, handle: { responseCode } } }
}

const said = (head: Head, identity: string, what: Said): { inbound: Inbound } => ({
  inbound: { channel: 'wecom', account: head.FromUserName, once: identity, what },
})

/**
 * The identity of an event without MsgId: FromUserName and CreateTime (P-90238), and its content, because a person may click two menu
 * entries within a second. An event without a time counts once a minute.
 */
const identityOf = (
  { FromUserName, CreateTime = `minute ${Math.floor(Date.now() / 60_000)}` }: Head,
  event: string,
  key = '',
): string => [FromUserName, CreateTime, event, key].join(' ')
