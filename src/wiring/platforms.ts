import type Router from '@koa/router'
import type { Channel, Leases, Log, Receive, TokenCache } from '../bot/channel.ts'
import type { Clock } from '../bot/clock.ts'
import type { Roster } from '../campaign/roster.ts'
import type { Config } from '../config.ts'
import { callbackRoute } from '../platforms/wecom/callback-route.ts'
import { wecomChannel } from '../platforms/wecom/channel.ts'
import { WecomClient } from '../platforms/wecom/client.ts'
import { ensureMenu } from '../platforms/wecom/menu.ts'

/** What a platform needs of the program. */
export type PlatformParts = { tokens: TokenCache; leases: Leases; log: Log; clock: Clock; roster: Roster }

/**
 * One way by which people reach the bot. `open` gives the routes of its callbacks; `started` runs once the server listens and
 * delivery runs. `cannot`: lines for the start about what this way does not offer.
 */
export type Platform = {
  channel: Channel
  open: (receive: Receive) => Router[]
  started?: () => Promise<void>
  stop?: () => Promise<void>
  cannot?: readonly string[]
}

/** The self-built WeCom app; in the simulator it is the emulated one. */
export function wecomPlatform(settings: NonNullable<Config['wecom']>, { tokens, log }: PlatformParts): Platform {
  const client = new WecomClient({ settings, tokens, log })
  return {
    channel: wecomChannel({ settings, client, log }),
    open: (receive) => [callbackRoute({ settings, receive, log })],
    started: () => ensureMenu(client, settings, log),
  }
}


/** The platforms that are configured. */
export const platformsOf = (config: Config, parts: PlatformParts): Platform[] => [
  ...(config.wecom ? [wecomPlatform(config.wecom, parts)] : []),
]
