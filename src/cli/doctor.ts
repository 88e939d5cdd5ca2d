import type { Check } from '../bot/messages/error-codes.ts'
import { currentRoster, peopleWithAccount } from '../bot/roster-import/roster-import.ts'
import { holdersOf } from '../campaign/roster/roster.ts'
import { type Config, loadEnvironment, readConfig } from '../config.ts'
import { Stopped } from '../errors.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { openToRead } from '../wiring/open-store.ts'
import { goOut, proxiesInWords } from '../wiring/outgoing.ts'
import { version } from '../wiring/version.ts'
import { dashboardChecks } from './dashboard-checks.ts'
import { reached } from './network-check.ts'
import { aboutCode, platformChecks } from './platform-checks.ts'
import { command } from './run-command.ts'

const good = (line: string): Check => ({ ok: true, line })
/** Older versions of Node lack functions that the program uses without a check. */
const oldest = [20, 19] as const
const bad = (line: string): Check => ({ ok: false, line })

const declared = {
  name: 'doctor',
  about:
    '逐项检查配置、网络、平台、存储和时钟，每项一行，说明怎么办；程序运行时也可以，不会给任何人发消息。全部正常退出码才是0。写上日志里的错误码，就说明那个错误码怎么办。',
  wants: ['错误码?'],
  options: {},
}

await command(declared, async ({ given: [code] }) => {
  if (code !== undefined) return explain(code)
  const config = readConfig(loadEnvironment())
  const socketWay = config.simulator ? () => ({}) : await goOut(config.outgoing)
  const checks: Check[] = [nodeCheck(), good('配置：变量都能读懂')]
  const proxies = proxiesInWords(config.outgoing)
  if (proxies !== undefined) checks.push(good(`代理：${proxies}`))
  checks.push(await checked(async () => `活动：${(await loadCampaign(config.campaignFile)).name}`))
  checks.push(...(await storeChecks(config)), await clockCheck(config), await callbackCheck(config))
  checks.push(...(await dashboardChecks(config)))
  checks.push(...(await platformChecks(config, socketWay)))
  for (const { ok, line } of checks) process.stdout.write(`${ok ? '正常' : '有问题'}　${line}\n`)
  return checks.every(({ ok }) => ok) ? 0 : 1
})

function explain(code: string): number {
  const lines = aboutCode(code)
  process.stdout.write(`${lines ?? `没有收录错误码 ${code}，请连同日志里这一行提交 issue。`}\n`)
  return lines === undefined ? 1 : 0
}

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isNewEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
  const line = `党建助手 ${version}，Node.js ${process.versions.node}`
  return isNewEnough ? good(line) : bad(`${line}，请升级到 ${oldest.join('.')} 以上`)
}

async function checked(check: () => Promise<string>): Promise<Check> {
  try {
    return good(await check())
  } catch (error) {
    if (error instanceof Stopped) return bad(error.message)
    throw error
  }
}

async function storeChecks(config: Config): Promise<Check[]> {
  try {
    const store = await openToRead(config)
    try {
      const roster = await currentRoster(store)
      const department = holdersOf(roster, 'organization-department').length > 0
      return [
        good('存储：可以读取'),
        department
          ? good(`名册：有账号的${peopleWithAccount(roster)}人`)
          : bad('名册：没有“组织部”，请设置 ROSTER_FILE 后启动，或运行 npm run import-roster'),
      ]
    } finally {
      await store.close()
    }
  } catch (error) {
    if (error instanceof Stopped) return [bad(`存储：${error.message}`)]
    throw error
  }
}

/** Checks the way to the platform, and this machine's clock against the Date of the platform's answer. */
async function clockCheck({ wecom, dingtalk, outgoing, simulator }: Config): Promise<Check> {
  const address = wecom?.apiBase ?? dingtalk?.apiBase
  if (simulator) return good('时钟：模拟器不需要核对')
  if (!address) return good('时钟：智能机器人不告诉它的时间，未核对')
  const answer = await reached(address, outgoing)
  if (typeof answer === 'string') return bad(answer)
  const seconds = Math.round((Date.parse(answer.headers.get('date') ?? '') - Date.now()) / 1000)
  if (Number.isNaN(seconds)) return good('时钟：平台没有告诉它的时间，未核对')
  return Math.abs(seconds) < 60
    ? good('时钟：与平台相差不到1分钟')
    : bad(`时钟：与平台相差${seconds}秒，请校准本机时间`)
}

/** Checks whether the program answers at the address that phones and platforms use. */
async function callbackCheck({ publicUrl, host, port }: Config): Promise<Check> {
  const address = publicUrl ?? `http://${host}:${port}`
  try {
    const answer = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(5000) })
    return answer.ok ? good(`程序：${address} 有应答`) : bad(`程序：${address}/healthz 的回答是 ${answer.status}`)
  } catch {
    return bad(`程序：${address} 没有应答，请先 npm start${publicUrl ? '，并检查 PUBLIC_URL 的反向代理' : ''}`)
  }
}
