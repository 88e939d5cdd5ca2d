import type Router from '@koa/router'
import type { Channel, Download, Leases, Log, Receive, SocketWay, TokenCache } from '../../../bot/messages/channel.ts'
import type { Inbound } from '../../../bot/messages/message.ts'
import { Accounts, type Redeem, type Resolve } from './accounts.ts'
import { downloads, named } from './files.ts'
import { type ConnectionTimes, LongConnection } from './long-connection.ts'
import type { AibotSocketSettings, AibotUrlSettings } from './settings.ts'
import { AibotSocketChannel } from './socket-channel.ts'
import { SocketDoor } from './socket-door.ts'
import { aibotUrlChannel } from './url-channel.ts'
import { aibotRoute } from './url-route.ts'

/** `resolve` asks the self-built app, if there is one. Without it, people say once with a code who they are. */
export type AibotParts = {
  tokens: TokenCache
  leases: Leases
  log: Log
  resolve?: Resolve
  redeem: Redeem
  socketWay?: SocketWay
}

export type Aibot = {
  channel: Channel
  download: Download
  /** Starts to take events. Returns the route of URL mode, or none with the long connection. */
  open: (receive: Receive) => Router[]
  /** Connects, if this is a long connection. To be called after `open`. */
  started: () => Promise<void>
  stop: () => Promise<void>
  /** Lines for the log at the start: what this way does not offer. */
  cannot: readonly string[]
}

const cannotByUrl: readonly string[] = [
  '智能机器人是 URL 回调方式：能回答，不能主动提醒，也发不了文件。需要提醒和文件请改用长连接（WECOM_BOT_ID）或自建应用',
]
const cannotBySocket: readonly string[] = ['智能机器人长连接只能提醒给它发过消息的人，其他人的提醒转给上级']

/** 智能机器人 with callbacks to /wecom/aibot. `patience` is for tests. */
export function aibotByUrl(
  settings: AibotUrlSettings,
  parts: AibotParts,
  { patience }: { patience?: number } = {},
): Aibot {
  const complete = completing(accountsOf(parts))
  return {
    channel: aibotUrlChannel(parts.log),
    download: downloads(settings.encodingAesKey),
    open: (receive) => [
      aibotRoute({ settings, complete, receive, log: parts.log, ...(patience === undefined ? {} : { patience }) }),
    ],
    started: async () => undefined,
    stop: async () => undefined,
    cannot: cannotByUrl,
  }
}

/** 智能机器人 by long connection, which needs no public address. `times` and `retries` are for tests. */
export function aibotBySocket(
  settings: AibotSocketSettings,
  parts: AibotParts,
  { times, retries }: { times?: Partial<ConnectionTimes>; retries?: readonly number[] } = {},
): Aibot {
  const { leases, log, socketWay } = parts
  const accounts = accountsOf(parts)
  let door: SocketDoor | undefined
  const connection = new LongConnection({
    settings,
    leases,
    log,
    hear: (frame, ask) => door?.hear(frame, ask),
    ...(times ? { times } : {}),
    ...(socketWay ? { socketWay } : {}),
  })
  return {
    channel: new AibotSocketChannel(connection, accounts),
    download: downloads(),
    open(receive) {
      door = new SocketDoor({ complete: completing(accounts), receive, log, ...(retries ? { retries } : {}) })
      return []
    },
    started: async () => connection.start(),
    async stop() {
      await door?.idle()
      await connection.stop()
      await door?.idle()
    },
    cannot: cannotBySocket,
  }
}

const accountsOf = ({ resolve, redeem, tokens, log }: AibotParts): Accounts =>
  new Accounts({ resolve, redeem, tokens, log })
const completing =
  (accounts: Accounts) =>
  async (inbound: Inbound): Promise<Inbound> =>
    named(await accounts.resolved(inbound))
