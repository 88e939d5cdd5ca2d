import { randomBytes, randomInt } from 'node:crypto'
import type { ChatId, Chats } from './chats.ts'
import type { MediaShelf } from './media.ts'
import type { Menu } from './menu.ts'

export type Credentials = { corpId: string; agentId: number; secret: string; token: string; encodingAesKey: string }
export type Member = { account: string; name: string }
/** A group with a robot; `key` is the secret of its webhook. */
export type GroupRobot = { key: string; name: string }

const letters = (length: number): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

export const randomCredentials = (): Credentials => ({
  corpId: `ww${randomBytes(8).toString('hex')}`,
  agentId: randomInt(1_000_002, 1_999_999),
  secret: letters(43),
  token: letters(24),
  encodingAesKey: letters(43),
})

/** The memory of the emulated platform. `life` gives milliseconds on the clock of tokens, codes, media and rates. */
export type Peer = {
  credentials: Credentials
  members: Map<string, Member>
  groups: Map<string, GroupRobot>
  /** The groups that the app made, by chatid. */
  appchats: Map<string, { chatid: string; name: string; owner: string; userlist: string[] }>
  chats: Chats
  media: MediaShelf
  life: () => number
  /** What the real platform would have refused, cut or dropped, one line each. */
  violations: string[]
  /** The advised lengths that were exceeded. */
  advice: Set<string>
  tokens: Map<string, number>
  /** Single-use codes for update_template_card: the messages that each code changes, and the time at which it was given. */
  codes: Map<string, { messages: { chat: ChatId; id: number }[]; at: number }>
  /** Codes of the login page with the account of the person; undefined for somebody outside the company. Each code works once. */
  logins: Map<string, string | undefined>
  /** Cards by task_id. */
  tasks: Map<string, string>
  /** Requests sent with enable_duplicate_check, by their bytes. */
  requests: Map<string, number>
  /** The times of recent sends, by receiver. */
  sent: Map<string, number[]>
  menu?: Menu
}

/** False if `bucket` already had `count` sends within the last minute. Otherwise counts the send and returns true. */
export function within(peer: Peer, bucket: string, count: number): boolean {
  const now = peer.life()
  const times = (peer.sent.get(bucket) ?? []).filter((time) => now - time < 60_000)
  const free = times.length < count
  peer.sent.set(bucket, free ? [...times, now] : times)
  return free
}

/** The text as the platform shows it. Text over `max` bytes is cut, and the cut is noted. */
export function cut(peer: Peer, what: string, { text, max }: { text: string; max: number }): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= max) return text
  peer.violations.push(`${what} of ${bytes.length} bytes is cut at ${max}`)
  return new TextDecoder('utf-8', { fatal: false }).decode(bytes.subarray(0, max)).replace(/\uFFFD{1,3}$/, '')
}
