import { aibotByUrl } from '../../../../src/platforms/wecom/aibot/aibot.ts'
import { memoryLeases, memoryLog, memoryTokens } from '../../../support/memory-parts.ts'
import { Phone } from '../../../support/phone.ts'
import { served } from '../../../support/served.ts'
import { EmulatedUrlAibot } from './emulated-url-aibot.ts'
import { SmallBot } from './small-bot.ts'

/** 智能机器人 in URL mode, with a small bot behind it and one person's phone. It begins a stream after 150 ms. */
export async function urlCollege() {
  const platform = await EmulatedUrlAibot.start()
  const bot = new SmallBot()
  const log = memoryLog()
  const parts = { tokens: memoryTokens(), leases: memoryLeases().of('one'), log, redeem: async () => undefined }
  const aibot = aibotByUrl(platform.settings, parts, { patience: 150 })
  bot.channel = aibot.channel
  const server = await served(aibot.open(bot.receive))
  await platform.connect(`${server.url}/wecom/aibot`)
  platform.askEvery = 20
  const phone = new Phone('lisi', platform.aibot)
  return {
    platform,
    bot,
    aibot,
    log,
    phone,
    /** The platform's connections to the program. */
    connections: server.open,
    /** The texts on the screen of that phone. */
    shown: () => phone.messages.map((message) => message.text),
    async close() {
      await platform.close()
      await bot.idle()
      server.close()
    },
  }
}
export type UrlCollege = Awaited<ReturnType<typeof urlCollege>>

/** Holds work back until it is released. */
export function gate(): { work: () => Promise<void>; open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { work: () => opened, open }
}
