import type Router from '@koa/router'
import type { LoginWay } from '../bot/dashboard/login.ts'
import type { Channel, Download, Leases, Log, Receive, SocketWay, TokenCache } from '../bot/messages/channel.ts'
import { redeemLinkCode } from '../bot/roster/link-codes.ts'
import { emptyRoster, type World } from '../bot/roster/world.ts'
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

/** What a platform needs of the program. */
export type PlatformParts = {
  store: Store
  tokens: TokenCache
  leases: Leases
  log: Log
  roster: Roster
  socketWay: SocketWay
  /** The month's calls or pushes are used up to four fifths. */
  quotaLow: (kind: 'calls' | 'pushes', used: number, limit: number) => Promise<void>
}

/**
 * One way by which people reach the bot. `open` gives the routes of its callbacks; `started` runs once the server listens and
 * delivery runs. `cannot`: lines for the start about what this way does not offer.
 */
export type Platform = {
  channel: Channel
  open: (receive: Receive) => Router[]
  started?: () => Promise<void>
  stop?: () => Promise<void>
  download?: Download
  /** By which people log in to the dashboard. */
  login?: LoginWay
  cannot?: readonly string[]
  /** What it counts by the month, as of now. */
  quotas?: () => Promise<QuotaState[]>
}

/** The self-built WeCom app; in the simulator it is the emulated one. */
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

/** The DingTalk app robot. The month's use of its quota stands in the store and is told to the organization department at 80 %. */
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

/** 智能机器人, in the mode that is configured. The self-built app tells who is behind an encrypted id, where there is one. */
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

/** The platforms that are configured. */
export const platformsOf = (config: Config, parts: PlatformParts): Platform[] => [
  ...(config.wecom ? [wecomPlatform(config.wecom, parts)] : []),
  ...aibotPlatforms(config, parts),
  ...(config.dingtalk ? [dingtalkPlatform({ ...config.dingtalk, publicUrl: config.publicUrl }, parts)] : []),
]

const unused = () => Promise.resolve()
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** What the configured platforms can do, for a command that writes messages and sends none. */
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
