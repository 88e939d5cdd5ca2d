import type { Agent } from 'node:http'
import type { Can, ChannelName, Inbound, Message, ReplyHandle } from './message.ts'

/** One message for one receiver on one channel, as the outbox holds it. */
export type Parcel = {
  /** Unique for ever; ids of cards and idempotency keys are derived from it. */
  id: string
  to: { account: string } | { group: { key: string; secret?: string; name: string; members: string[] } }
  message: Message
  /** From the inbound that is answered. With `inPlace` the message replaces the card that was tapped. */
  handle?: ReplyHandle
  inPlace?: boolean
  /** Unique by itself: the platform's own duplicate check may be on (what schedules start, and cards). */
  unique: boolean
}

/**
 * One request to the platform. `body` is sent as it stands, byte for byte, at each attempt. `arrivesOnce`: for how many milliseconds the
 * platform drops a repeat of it; absent: a repeat would arrive again.
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
   * Try the same again after `ms` (network, busy, rate). `ambiguous`: it may have been carried out. `unanswered`: it went out, and no answer
   * came that says what became of it.
   */
  | { kind: 'again'; ms: number; ambiguous: boolean; unanswered?: boolean; code: string }
  /** What should be replaced is gone: send as a new message (a used or expired response code). */
  | { kind: 'anew' }
  /** Nobody can receive this: unknown or closed receiver. */
  | { kind: 'unreachable'; code: string }
  /** Wrong secret, missing permission …: the administrator can act. `line` is one Chinese sentence naming the setting. */
  | { kind: 'configuration'; code: string; line: string }
  /** The platform refuses this content: dead letter. */
  | { kind: 'refused'; code: string }

/** Gives a file that somebody sent, by the token of its message; throws where the platform does not. */
export type Download = (token: string) => Promise<Uint8Array>

/** At most `count` sends in any `ms` to what `bucket` names. */
export type Pace = { bucket: string; count: number; ms: number }

export type RenderedFile = { name: string; data: Uint8Array }

export interface Channel {
  readonly name: ChannelName
  readonly can: Can
  /** Pure: the same parcel gives the same requests, in the order in which they are to be sent. */
  requests(parcel: Parcel): Request[]
  paces(parcel: Parcel): Pace[]
  /** Makes one request. `file` is rendered by delivery when the request names one. Never throws for what the platform or network does. */
  send(request: Request, parcel: Parcel, file?: RenderedFile): Promise<Outcome>
  /** False while this instance cannot send (another one owns the connection): what waits is left to it. Absent: always. */
  ready?(): boolean
  start?(): Promise<void>
  stop?(): Promise<void>
}

/** The first answer of an event whose platform takes it only in the answer of the callback; `settle` says whether it went out there. */
export type InPlace = { parcel: Parcel; settle: (done: boolean) => Promise<void> }

/**
 * What a platform's door does with every event. Resolves when the effects are durable; throws where nothing happened (503). `rest`: what
 * follows the first answer, for platforms whose one answer can hold it too; settled before `inPlace`, the last one first.
 */
export type Receive = (inbound: Inbound) => Promise<{ inPlace?: InPlace; rest?: InPlace[] }>

/** Secrets of a platform that all instances share and that end: access tokens. `until` in milliseconds since 1970, real clock. */
export interface TokenCache {
  read(name: string): Promise<{ token: string; until: number } | undefined>
  write(name: string, token: string, until: number): Promise<void>
}

/** Who of several instances owns a connection that the platform allows once. Taken for 15 s, to be renewed by taking it again. */
export interface Leases {
  take(name: string): Promise<boolean>
  release(name: string): Promise<void>
}

/** How a WebSocket to this address goes out: by which proxy, trusting which certificates. */
export type SocketWay = (address: string) => { agent?: Agent; ca?: string[] }

/** Log lines carry no texts, names, accounts or secrets. */
export interface Log {
  info(context: object, line: string): void
  warn(context: object, line: string): void
  error(context: object, line: string): void
}
