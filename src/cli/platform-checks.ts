import { tokenCache } from '../bot/connections/token-cache.ts'
import type { SocketWay } from '../bot/messages/channel.ts'
import { adviceOn, type Check } from '../bot/messages/error-codes.ts'
import type { Config } from '../config.ts'
import { leases } from '../delivery/lease.ts'
import { DingtalkClient } from '../platforms/dingtalk/client.ts'
import { checkDingtalk } from '../platforms/dingtalk/doctor.ts'
import { dingtalkErrorCodes } from '../platforms/dingtalk/error-codes.ts'
import { checkAibot } from '../platforms/wecom/aibot/doctor.ts'
import { WecomClient } from '../platforms/wecom/client.ts'
import { checkWecom } from '../platforms/wecom/doctor.ts'
import { wecomErrorCodes } from '../platforms/wecom/error-codes.ts'
import { isRunning } from '../wiring/control.ts'
import { openToRead, storeFolder } from '../wiring/open-store.ts'

const nobody = { get: () => Promise.resolve(undefined), commit: () => Promise.resolve(true) }
const silent = { info: () => {}, warn: () => {}, error: () => {} }

/** Checks whether each platform accepts the credentials, by calls that reach nobody. */
export async function platformChecks(config: Config, socketWay: SocketWay): Promise<Check[]> {
  const { wecom, aibotSocket, dingtalk, publicUrl } = config
  const tokens = tokenCache(nobody)
  return [
    ...(wecom ? await checkWecom(new WecomClient({ settings: wecom, tokens, log: silent }), wecom) : []),
    ...(aibotSocket ? [await aibotCheck(config, aibotSocket, socketWay)] : []),
    ...(dingtalk
      ? [await checkDingtalk(new DingtalkClient({ settings: { ...dingtalk, publicUrl }, tokens, count: () => {} }))]
      : []),
  ]
}

/** A second subscription ends the first one, so we skip this check while a program may be connected. */
async function aibotCheck(
  config: Config,
  settings: NonNullable<Config['aibotSocket']>,
  socketWay: SocketWay,
): Promise<Check> {
  if (await isHeld(config, `aibot ${settings.botId}`))
    return {
      ok: true,
      line: '智能机器人：程序正在运行，由它保持长连接，没有再连一次；连上没有请看日志 long connection',
    }
  return checkAibot(settings, socketWay)
}

async function isHeld(config: Config, connection: string): Promise<boolean> {
  if (!config.redis) return isRunning(storeFolder(config))
  const store = await openToRead(config).catch(() => undefined)
  if (!store) return true
  try {
    const found = await store.get(leases.key(connection))
    return found !== undefined && leases.schema.parse(found.value).until > Date.now()
  } finally {
    await store.close()
  }
}

/** What an error code of the log asks for, one line for each platform. Undefined if no platform has the code. */
export function aboutCode(code: string): string | undefined {
  const tables = [
    ['企业微信', adviceOn(wecomErrorCodes, code)],
    ['钉钉', adviceOn(dingtalkErrorCodes, code)],
  ] as const
  const lines = tables.flatMap(([name, advice]) =>
    advice ? [`${name} ${code}：${advice.means}。${advice.todo}。`] : [],
  )
  return lines.length > 0 ? lines.join('\n') : undefined
}
