import WebSocket from 'ws'
import type { SocketWay } from '../../../bot/messages/channel.ts'
import { adviceOn, type Check } from '../../../bot/messages/error-codes.ts'
import { wecomErrorCodes } from '../error-codes.ts'
import { configurationLine } from './codes.ts'
import { Line } from './line.ts'
import type { AibotSocketSettings } from './settings.ts'

const times = { handshake: 10_000, ping: 30_000, ack: 10_000 }

/** Subscribes once and leaves. Nobody gets a message. Not to be run while a program is connected, because this would end its connection. */
export async function checkAibot(settings: AibotSocketSettings, socketWay: SocketWay): Promise<Check> {
  const { address, botId, secret } = settings
  const socket = new WebSocket(address, { handshakeTimeout: times.handshake, ...socketWay(address) })
  const line = new Line(socket, times, () => undefined)
  try {
    await line.open
  } catch (error) {
    line.drop()
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, line: `智能机器人：连不上 ${address}（${why}），请检查网络、代理和 WECOM_BOT_WS` }
  }
  const ack = await line.ask('aibot_subscribe', JSON.stringify({ bot_id: botId, secret }))
  await line.close()
  if (ack.kind === 'ack' && ack.errcode === 0) return { ok: true, line: '智能机器人：机器人 ID 和长连接 Secret 有效' }
  const code = ack.kind === 'lost' ? ack.code : String(ack.errcode)
  const said = ack.kind === 'ack' ? configurationLine(ack.errcode) : undefined
  const advice = adviceOn(wecomErrorCodes, code)
  return { ok: false, line: said ?? `智能机器人：订阅失败（${code}），${advice?.todo ?? '请过一分钟再试'}` }
}
