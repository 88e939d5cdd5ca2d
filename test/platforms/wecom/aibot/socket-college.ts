import type { Leases } from '../../../../src/bot/messages/channel.ts'
import { type Aibot, type AibotParts, aibotBySocket } from '../../../../src/platforms/wecom/aibot/aibot.ts'
import type { ConnectionTimes } from '../../../../src/platforms/wecom/aibot/long-connection.ts'
import type { AibotSocketSettings } from '../../../../src/platforms/wecom/aibot/settings.ts'
import { memoryLeases, memoryLog, memoryTokens, until } from '../../../support/memory-parts.ts'
import { Phone } from '../../../support/phone.ts'
import { EmulatedGateway } from './emulated-gateway.ts'
import { SmallBot } from './small-bot.ts'

/** Short waits, so that a bad day takes only a second. */
const times: ConnectionTimes = {
  handshake: 2_000,
  ping: 60,
  ack: 1_000,
  lease: 40,
  firstWait: 20,
  longestWait: 100,
  kicked: 300,
  refused: 200,
}
type Start = {
  bot?: SmallBot
  leases?: Leases
  settings?: Partial<AibotSocketSettings>
  parts?: Partial<AibotParts>
  times?: Partial<ConnectionTimes>
}

/** 智能机器人 by long connection, with a small bot behind it and one person's phone. */
export async function socketCollege({ hidden = false } = {}) {
  const gateway = await EmulatedGateway.start({ hidden })
  const bot = new SmallBot()
  const log = memoryLog()
  const leases = memoryLeases()
  const running: Aibot[] = []
  const phone = new Phone('lisi', gateway.aibot)
  return {
    gateway,
    bot,
    log,
    leases,
    phone,
    shown: () => phone.messages.map((message) => message.text),
    /** Starts an instance of the program. */
    async start(more: Start = {}): Promise<Aibot> {
      const parts = {
        tokens: memoryTokens(),
        leases: more.leases ?? leases.of('one'),
        log,
        redeem: async () => undefined,
      }
      const aibot = aibotBySocket(
        gateway.settings(more.settings),
        { ...parts, ...more.parts },
        { times: { ...times, ...more.times }, retries: [10, 10] },
      )
      const { receive } = more.bot ?? bot
      aibot.open(receive)
      ;(more.bot ?? bot).channel = aibot.channel
      await aibot.started()
      running.push(aibot)
      return aibot
    },
    connected: () => until(() => gateway.alive === 1, 'a connection'),
    async close() {
      await bot.idle()
      await Promise.all(running.map((one) => one.stop()))
      await gateway.close()
    },
  }
}
export type SocketCollege = Awaited<ReturnType<typeof socketCollege>>
