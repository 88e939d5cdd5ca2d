import { z } from 'zod'
import type { Outcome } from '../../bot/messages/channel.ts'

/** The result of a call: data, one of WeCom's codes, or no answer at all. `ambiguous` means that the call may have been carried out. */
export type Answer =
  | { kind: 'ok'; body: unknown }
  | { kind: 'no'; errcode: number; from?: string }
  | { kind: 'lost'; code: string; ambiguous: boolean; unanswered?: boolean }
  /** WeCom never gives this answer, so another server is at WECOM_API_BASE. */
  | { kind: 'stranger'; code: string }
export type Failure = Exclude<Answer, { kind: 'ok' }>

/** Only the errcode decides (P-90313). menu/get may leave it out. */
const Body = z.union([
  z.looseObject({ errcode: z.number().int(), errmsg: z.string().exactOptional() }),
  z.looseObject({ button: z.array(z.unknown()) }).transform((body) => ({ ...body, errcode: 0, errmsg: '' })),
])

/** Reads an answer of the server API from its HTTP status and its text. */
export function readAnswer(status: number, text: string): Answer {
  // A gateway that timed out knows no more than we do.
  if (status === 504) return { kind: 'lost', code: 'http-504', ambiguous: true, unanswered: true }
  if (status === 429 || status >= 500) return { kind: 'lost', code: `http-${status}`, ambiguous: true }
  if (status !== 200) return { kind: 'stranger', code: `http-${status}` }
  const read = Body.safeParse(parsed(text))
  if (!read.success) return { kind: 'lost', code: 'unexpected-answer', ambiguous: true, unanswered: true }
  const { errcode, errmsg = '' } = read.data
  if (errcode === 0) return { kind: 'ok', body: read.data }
  const from = /from ip: ?([\d.:a-f]+)/i.exec(String(errmsg))?.[1]
  return { kind: 'no', errcode, ...(from ? { from } : {}) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const again = (ms: number, ambiguous = false) => ({ kind: 'again', ms, ambiguous }) as const
const unreachable = { kind: 'unreachable' } as const
const anew = { kind: 'anew' } as const
const configuration = (line: string) => ({ kind: 'configuration', line }) as const
type Sorted = ReturnType<typeof again> | typeof unreachable | typeof anew | ReturnType<typeof configuration>

const secret = configuration('企业微信拒绝了应用密钥，请核对 WECOM_SECRET 和 WECOM_CORP_ID')
const agent = configuration('应用编号与密钥不是同一个应用，请核对 WECOM_AGENT_ID 和 WECOM_SECRET')
const callback = configuration(
  '应用没有可用的接收消息地址，请在企业微信管理后台该应用的“接收消息”中配置 /wecom/callback 的网址',
)
const disabled = configuration(
  '应用已停用或长期未使用被收回权限，请在企业微信管理后台启用（WECOM_AGENT_ID 所指的应用）',
)

/**
 * The codes of wecom.md §20, sorted by who can act on them. For any other code, WeCom refuses the content. A block by 45009 lasts as long
 * as its window.
 */
const byErrcode: { [errcode: number]: Sorted } = {
  [-1]: again(500, true),
  6000: again(1000, true),
  45009: again(60_000),
  45033: again(5_000),
  130101: again(60_000),
  40014: again(1000),
  42001: again(1000),
  41001: again(1000),
  40007: again(1000),
  40145: again(1000),
  40001: secret,
  40013: secret,
  40091: secret,
  40056: agent,
  301002: agent,
  48002: configuration('这个密钥没有发消息的权限，请把 WECOM_SECRET 换成自建应用自己的 Secret'),
  48010: configuration('企业微信不接受这里的 TLS 版本，请检查 WECOM_API_BASE 前面的代理'),
  43012: callback,
  40057: callback,
  85011: callback,
  50003: disabled,
  48006: disabled,
  60140: anew,
  42015: anew,
  42016: anew,
  40003: unreachable,
  40031: unreachable,
  50002: unreachable,
  60011: unreachable,
  60021: unreachable,
  60111: unreachable,
  81012: unreachable,
  81013: unreachable,
  82001: unreachable,
  40050: unreachable,
  86001: unreachable,
  86003: unreachable,
  86008: unreachable,
  93000: unreachable,
  93001: unreachable,
  93004: unreachable,
  93008: unreachable,
}

/** Sorts a failure by who can act on it. */
export function outcomeOf(answer: Failure): Exclude<Outcome, { kind: 'sent' }> {
  if (answer.kind === 'lost') {
    const { ambiguous, unanswered = false, code } = answer
    return { ...again(500, ambiguous), code, ...(unanswered ? { unanswered } : {}) }
  }
  if (answer.kind === 'stranger')
    return { ...configuration('接口地址的回答不是企业微信的，请核对 WECOM_API_BASE'), code: answer.code }
  const code = String(answer.errcode)
  if (answer.errcode === 60020) return { ...configuration(addressLine(answer.from)), code }
  const sorted = byErrcode[answer.errcode]
  if (sorted?.kind === 'anew') return sorted
  return sorted ? { ...sorted, code } : { kind: 'refused', code }
}

const addressLine = (from?: string): string =>
  `本机的出口 IP${from ? `（${from}）` : ''}不在应用的“企业可信IP”中，请在企业微信管理后台加入（WECOM_AGENT_ID 所指的应用）`

/** A new token may help (P-90313). WeCom uses 40001 for tokens too. */
export const isTokenRefused = (answer: Answer): boolean =>
  answer.kind === 'no' && [40001, 40014, 41001, 42001].includes(answer.errcode)
/** The app has not made this group yet. */
export const isUnknownChat = (answer: Answer): boolean =>
  answer.kind === 'no' && [40050, 86001, 86003].includes(answer.errcode)
