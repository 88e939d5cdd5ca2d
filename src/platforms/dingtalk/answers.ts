import { z } from 'zod'
import type { Outcome } from '../../bot/messages/channel.ts'

/**
 * The result of a call: data, one of DingTalk's codes, or no answer at all. `ambiguous` means that the call may have been carried out.
 * `busy`: the code came with 429 or 5xx, so an unknown one says nothing about the content.
 */
export type Answer =
  | { kind: 'ok'; body: unknown }
  | { kind: 'no'; code: string; message: string; busy?: 'refused' | 'failed' }
  | { kind: 'lost'; code: string; ambiguous: boolean; unanswered?: boolean; ms: number }
export type Failure = Exclude<Answer, { kind: 'ok' }>

const Old = z.object({
  errcode: z.coerce.number(),
  errmsg: z.string().exactOptional(),
  sub_code: z.coerce.string().exactOptional(),
})
const New = z.object({ code: z.coerce.string(), message: z.string().exactOptional() })
/** DingTalk answers a blocked address in another shape. It blocks after 10,000 calls in 20 s (dingtalk.md §1.2). */
const Blocked = z.object({ status: z.literal(1111) })
const blockedMs = 300_000

/** Reads an answer of either API. The old API reports errors with HTTP 200, the new one with 4xx and 5xx. */
export function readAnswer(status: number, text: string): Answer {
  const body = parsed(text)
  if (Blocked.safeParse(body).success) return { kind: 'lost', code: 'blocked', ambiguous: false, ms: blockedMs }
  const old = Old.safeParse(body)
  if (old.success) {
    const { errcode, sub_code: sub, errmsg } = old.data
    if (errcode === 0) return { kind: 'ok', body }
    return { kind: 'no', code: errcode === 88 && sub ? `88/${sub}` : String(errcode), message: errmsg ?? '' }
  }
  if (status >= 200 && status < 300 && body !== undefined) return { kind: 'ok', body }
  const now = New.safeParse(body)
  if (now.success) {
    const { code, message = '' } = now.data
    const busy = status === 429 ? 'refused' : status >= 500 ? 'failed' : undefined
    return { kind: 'no', code, message, ...(busy ? { busy } : {}) }
  }
  const unanswered = status < 500 || status === 504
  return { kind: 'lost', code: `http-${status}`, ambiguous: true, ms: 1000, ...(unanswered ? { unanswered } : {}) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const tokenCodes = new Set(['40014', '42001', '88/40014', '88/42001', 'InvalidAuthentication'])
export const isTokenRefused = (answer: Answer): boolean => answer.kind === 'no' && tokenCodes.has(answer.code)
export const isPermissionMissing = (code: string): boolean =>
  code === '88/60011' || code === '60011' || code.endsWith('AccessTokenPermissionDenied')

const again = (ms: number, ambiguous = false) => ({ kind: 'again', ms, ambiguous }) as const
const unreachable = { kind: 'unreachable' } as const
const configuration = (line: string) => ({ kind: 'configuration', line }) as const
const credentials = configuration('钉钉拒绝了应用凭证，请核对 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET')
const address = configuration('钉钉拒绝了本机的出口 IP，请把它加入应用的“服务器出口IP”')
const scope = configuration('接收人不在应用的权限范围内，请在钉钉开放平台放宽应用的通讯录权限范围和可使用范围')
const spent = configuration('本月的钉钉接口调用量已用完（见 DINGTALK_QUOTA），请升级版本或等到下月')

/** The codes of dingtalk.md §1, §6 and §7, sorted by who can act on them. For any other code, DingTalk is busy or refuses the content. */
const byCode: { [code: string]: ReturnType<typeof again> | typeof unreachable | ReturnType<typeof configuration> } = {
  '-1': again(1000, true),
  'system.error': again(1000, true),
  'system.busy': again(1000, true),
  'unknown.send.result': again(1000, true),
  'system.updateCallbackFailed': again(1000),
  90018: again(1000),
  90002: again(1000),
  'send.too.fast': again(1000),
  410100: again(600_000),
  660026: again(600_000),
  90020: spent,
  40096: credentials,
  invalidClientIdOrSecret: credentials,
  authFailed: credentials,
  60020: address,
  50002: scope,
  'chatbotId.notAllow.sendOTO': scope,
  'robot.oto.notExist': configuration('应用没有可用的机器人，请在钉钉开放平台为应用添加机器人并发布版本'),
  'invalidParameter.robotCode.notExsit': credentials,
  'invalidParameter.robotCode.auth': credentials,
  33012: unreachable,
  60121: unreachable,
  40104: unreachable,
  'staffId.notExisted': unreachable,
  'param.userIdNotExist': unreachable,
  400013: unreachable,
  400101: unreachable,
  400102: unreachable,
  400106: unreachable,
  300005: unreachable,
}
/** In the new API, the code of a limit ends with the name of the limit. */
const byEnding: [RegExp, (typeof byCode)[string]][] = [
  [/\.Qps\w+$/, again(1000)],
  [/\.Qpm\w+$/, again(60_000)],
  [/\.ApiCountLimitForOrg$/, spent],
  [/\.IpNotInWhiteList$/, address],
]

/** Sorts a failure by who can act on it. From `message` it reads only the name of the permission in brackets. */
export function outcomeOf(answer: Failure): Exclude<Outcome, { kind: 'sent' | 'anew' }> {
  const { code } = answer
  if (answer.kind === 'lost')
    return { ...again(answer.ms, answer.ambiguous), code, ...(answer.unanswered ? { unanswered: true } : {}) }
  if (isPermissionMissing(code)) return { ...configuration(permissionLine(answer.message)), code }
  const sorted = byCode[code] ?? byEnding.find(([ending]) => ending.test(code))?.[1]
  if (!sorted && answer.busy) return { ...again(1000, answer.busy === 'failed'), code }
  return sorted ? { ...sorted, code } : { kind: 'refused', code }
}

function permissionLine(message: string): string {
  const name = /\[([\w.]+)\]/.exec(message)?.[1]
  return `钉钉应用尚未开通权限${name ? ` ${name}` : ''}，请在钉钉开放平台“权限管理”中申请后重新发布`
}
