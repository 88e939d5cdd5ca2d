import type { Agent } from 'node:http'
import type { Can, ChannelName, Inbound, Message, ReplyHandle } from './message.ts'

/** One message for one receiver on one channel, as the outbox holds it. */
export type Parcel = {
  /** Unique for ever. Ids of cards and idempotency keys are derived from it. */
  id: string
  to: { account: string } | { group: { key: string; secret?: string; name: string; members: string[] } }
  message: Message
  /** From the inbound message that is answered. With `inPlace` the message replaces the tapped card. */
  handle?: ReplyHandle
  inPlace?: boolean
  /** The message is unique by itself (what schedules start, and cards), so the platform's own duplicate check may be on. */
  unique: boolean
}

/**
 * One request to the platform. `body` is sent unchanged, byte for byte, at each attempt. `arrivesOnce` is how many milliseconds the
 * platform drops a repeat of it; if it is absent, a repeat would arrive again.
 */
export type Request = {
  call: string
  body: string
  file?: { name: string; order: DocumentRef }
  arrivesOnce?: number
}
export type DocumentRef = Extract<Message, { kind: 'file' }>['order']

export type Outcome =
  | { kind: 'sent' }
  /**
   * Try the same again after `ms` (network, busy, rate). `ambiguous`: it may have been carried out. `unanswered`: it went out, and no
   * answer says what became of it.
   */
  | { kind: 'again'; ms: number; ambiguous: boolean; unanswered?: boolean; code: string }
  /** The thing to replace is gone (a used or expired response code): send a new message. */
  | { kind: 'anew' }
  /** Nobody can receive this: the receiver is unknown or closed. */
  | { kind: 'unreachable'; code: string }
  /** Wrong secret, missing permission …: the administrator can act. `line` is one Chinese sentence that names the setting. */
  | { kind: 'configuration'; code: string; line: string }
  /** The platform refuses this content, so it becomes a dead letter. */
  | { kind: 'refused'; code: string }

/** Downloads a file that somebody sent, by the token of its message. Throws if the platform does not give it. */
export type Download = (token: string) => Promise<Uint8Array>

/** At most `count` sends in any `ms` to the target that `bucket` names. */
export type Pace = { bucket: string; count: number; ms: number }

export type RenderedFile = { name: string; data: Uint8Array }

export interface Channel {
  readonly name: ChannelName
  readonly can: Can
  /** Pure: the same parcel gives the same requests, in the order of sending. */
  requests(parcel: Parcel): Request[]
  paces(parcel: Parcel): Pace[]
  /** Makes one request. Delivery renders `file` if the request names one. Never throws for errors of the platform or of the network. */
  send(request: Request, parcel: Parcel, file?: RenderedFile): Promise<Outcome>
  /** False while this instance cannot send because another one owns the connection; that one sends what waits. Absent means always true. */
  ready?(): boolean
  start?(): Promise<void>
  stop?(): Promise<void>
}

/** The first answer of an event, if the platform takes it only in the answer of the callback. `settle` says whether it went out there. */
export type InPlace = { parcel: Parcel; settle: (done: boolean) => Promise<void> }

/**
 * Takes every event of a platform. Resolves when the effects are durable; throws if nothing happened (503). `rest` are the messages after
 * the first answer, for platforms whose one answer can hold them too. They are settled before `inPlace`, the last one first.
 */
export type Receive = (inbound: Inbound) => Promise<{ inPlace?: InPlace; rest?: InPlace[] }>

/**
 * Access tokens: a platform's secrets that all instances share and that expire. `until` is in milliseconds since 1970 on the real clock.
 */
export interface TokenCache {
  read(name: string): Promise<{ token: string; until: number } | undefined>
  write(name: string, token: string, until: number): Promise<void>
}

/** Which of several instances owns a connection that the platform allows once. A lease lasts 15 s and is renewed by taking it again. */
export interface Leases {
  take(name: string): Promise<boolean>
  release(name: string): Promise<void>
}

/** How a WebSocket to this address goes out: through which proxy, and trusting which certificates. */
export type SocketWay = (address: string) => { agent?: Agent; ca?: string[] }

/** Log lines carry no texts, names, accounts or secrets. */
export interface Log {
  info(context: object, line: string): void
  warn(context: object, line: string): void
  error(context: object, line: string): void
}
