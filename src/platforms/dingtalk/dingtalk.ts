import type Router from '@koa/router'
import type { Channel, Leases, Log, Receive, SocketWay, TokenCache } from '../../bot/messages/channel.ts'
import { dingtalkChannel } from './channel.ts'
import { DingtalkClient } from './client.ts'
import { Door } from './door.ts'
import { dingtalkRoutes } from './routes.ts'
import { type Count, type DingtalkSettings, hasForms } from './settings.ts'
import { DingtalkStream, type StreamTimes } from './stream.ts'

export type DingtalkParts = {
  settings: DingtalkSettings
  tokens: TokenCache
  leases: Leases
  log: Log
  count: Count
  times?: Partial<StreamTimes>
  socketWay?: SocketWay
}

export type Dingtalk = {
  channel: Channel
  /** Also downloads files that people sent: `downloadFile(token)`. */
  client: DingtalkClient
  /** Starts to take events. Returns the routes of HTTP mode, or none in Stream mode. */
  open: (receive: Receive) => Router[]
  /** Connects in Stream mode. To be called after `open`. */
  started: () => Promise<void>
  stop: () => Promise<void>
  /** Lines for the log at the start: what this configuration does not offer. */
  cannot: readonly string[]
}

/** The DingTalk app robot, in Stream mode or HTTP mode. */
export function dingtalk({ settings, tokens, leases, log, count, times, socketWay }: DingtalkParts): Dingtalk {
  const client = new DingtalkClient({ settings, tokens, count })
  let stream: DingtalkStream | undefined
  return {
    channel: dingtalkChannel({ settings, client, log }),
    client,
    open(receive) {
      const door = new Door({ settings, receive, count, log })
      if (settings.mode === 'http') return [dingtalkRoutes(settings, door, log)]
      stream = new DingtalkStream({
        settings,
        client,
        door,
        leases,
        log,
        ...(times ? { times } : {}),
        ...(socketWay ? { socketWay } : {}),
      })
      return []
    },
    started: async () => stream?.start(),
    stop: async () => stream?.stop(),
    cannot:
      settings.templateId !== undefined && !hasForms(settings)
        ? ['钉钉 HTTP 模式没有设置 PUBLIC_URL，不发表单卡片，评分用文字']
        : [],
  }
}
