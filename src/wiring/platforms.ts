import type Router from '@koa/router'
import type { LoginWay } from '../bot/dashboard/login.ts'
import type { Channel, Download, Leases, Log, Receive, SocketWay, TokenCache } from '../bot/messages/channel.ts'
import { emptyRoster, type World } from '../bot/roster/world.ts'
import { redeemLinkCode } from '../bot/roster-import/link-codes.ts'
import type { Roster } from '../campaign/roster/roster.ts'
import type { Config } from '../config.ts'
import { Quota, type QuotaState } from '../delivery/quota.ts'
import { dingtalk } from '../platforms/dingtalk/dingtalk.ts'
import { dingtalkLogin } from '../platforms/dingtalk/login.ts'
import { type AibotParts, aibotBySocket, aibotByUrl } from '../platforms/wecom/aibot/aibot.ts'
import { callbackRoute } from '../platforms/wecom/callback-route.ts'
import { wecomChannel } from '../platforms/wecom/channel.ts'
import { WecomClient } from '../platforms/wecom/client.ts'
import { wecomLogin } from '../platforms/wecom/login.ts'
import { Menu } from '../platforms/wecom/menu.ts'
import type { Store } from '../store/store.ts'

/** The parts of the program that a platform needs. */
export type PlatformParts = {
  store: Store
  tokens: TokenCache
  leases: Leases
  log: Log
  roster: Roster
  socketWay: SocketWay
  /** Called when four fifths of the month's calls or pushes are used. */
  quotaLow: (kind: 'calls' | 'pushes', used: number, limit: number) => Promise<void>
}

/**
 * One way by which people reach the bot. `open` returns the routes of its callbacks. `started` runs once the server listens and delivery
 * runs. `cannot` holds lines for the log at the start: what this way does not offer.
 */
export type Platform = {
  channel: Channel
  open: (receive: Receive) => Router[]
  started?: () => Promise<void>
  stop?: () => Promise<void>
  download?: Download
  /** The way to log in to the dashboard. */
  login?: LoginWay
  cannot?: readonly string[]
  /** The present state of the monthly quotas. */
  quotas?: () => Promise<QuotaState[]>
}

/** The self-built WeCom app. In the simulator it is the emulated one. */
export function wecomPlatform(settings: NonNullable<Config['wecom']>, { tokens, log }: PlatformParts): Platform {
  const client = new WecomClient({ settings, tokens, log })
  const menu = new Menu(client, settings, { log })
  return {
    channel: wecomChannel({ settings, client, log }),
    open: (receive) => [callbackRoute({ settings, receive, log })],
    started: () => menu.start(),
    stop: async () => menu.stop(),
    login: wecomLogin(client, settings),
  }
}

/** The DingTalk app robot. The store keeps the month's use of its quota, and the organization department is told at 80 %. */
function dingtalkPlatform(
  settings: NonNullable<Config['dingtalk']> & { publicUrl: string | undefined },
  parts: PlatformParts,
): Platform {
  const quota = new Quota({
    store: parts.store,
    channel: 'dingtalk',
    limit: settings.quota,
    warn: parts.quotaLow,
    log: parts.log,
  })
  const { channel, client, open, started, stop, cannot } = dingtalk({
    ...parts,
    settings,
    count: (kind) => quota.count(kind),
  })
  return {
    channel,
    open,
    started,
    cannot,
    download: (token) => client.downloadFile(token),
    login: dingtalkLogin(client, settings),
    quotas: () => quota.state(),
    async stop() {
      await stop()
      await quota.flush()
    },
  }
}

/** 智能机器人 in the configured mode. The self-built app, if there is one, resolves encrypted ids. */
function aibotPlatforms({ wecom, aibotUrl, aibotSocket }: Config, parts: PlatformParts): Platform[] {
  const { store, tokens, leases, log, socketWay } = parts
  const client = wecom && new WecomClient({ settings: wecom, tokens, log })
  const aibotParts: AibotParts = {
    tokens,
    leases,
    log,
    socketWay,
    redeem: (said) => redeemLinkCode(store, said),
    ...(client ? { resolve: (id) => client.userIdOf(id) } : {}),
  }
  if (aibotSocket) return [aibotBySocket(aibotSocket, aibotParts)]
  return aibotUrl ? [aibotByUrl(aibotUrl, aibotParts)] : []
}

/** The configured platforms. */
export const platformsOf = (config: Config, parts: PlatformParts): Platform[] => [
  ...(config.wecom ? [wecomPlatform(config.wecom, parts)] : []),
  ...aibotPlatforms(config, parts),
  ...(config.dingtalk ? [dingtalkPlatform({ ...config.dingtalk, publicUrl: config.publicUrl }, parts)] : []),
]

const unused = () => Promise.resolve()
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** The abilities of the configured platforms, for a command that writes messages but sends none. */
export function channelsOf(config: Config, store: Store): World['channels'] {
  const parts: PlatformParts = {
    store,
    tokens: { read: () => Promise.resolve(undefined), write: unused },
    leases: { take: () => Promise.resolve(false), release: unused },
    log: silent,
    roster: emptyRoster,
    quotaLow: unused,
    socketWay: () => ({}),
  }
  return new Map(platformsOf(config, parts).map(({ channel }) => [channel.name, channel.can]))
}
