import type { Outcome } from '../../../bot/messages/channel.ts'

const again = (ms: number, code: string): Outcome => ({ kind: 'again', ms, ambiguous: false, code })

/** The answer was given already or comes too late, so the words go as a message of their own (wecom.md §15). */
export const cannotBeAnswered: ReadonlySet<number> = new Set([846604, 846605, 846606, 846608])
export const answeredAlready = 846606
export const notSubscribed = 846609

const configurationLines: { [errcode: number]: string } = {
  853000: '智能机器人的长连接被拒绝，请核对 WECOM_BOT_ID 和 WECOM_BOT_SECRET（长连接专用 Secret）',
  846601: '这个智能机器人没有设为长连接方式，请在企业微信的机器人设置里改为“长连接”，或改用 WECOM_BOT_TOKEN',
}
export const configurationLine = (errcode: number): string | undefined => configurationLines[errcode]

const waits: { [errcode: number]: number } = {
  [-1]: 500,
  6000: 1_000,
  45009: 60_000,
  45033: 5_000,
  846609: 1_000,
}
/** Chats that are unknown, and groups that do not take the message. */
const nobody: ReadonlySet<number> = new Set([93006, 93001, 93004, 93008, 40003, 60111])
/** The task_id is taken. Our ids are unique and well-formed, so this is the same card and an earlier try brought it. */
const taskTaken = 846625

/**
 * Sorts a code of the long connection by who can act on it. With `wrote`, we answer somebody who has written, so only the rate limit can
 * stop the message.
 */
export function outcomeOf(errcode: number, wrote: boolean): Outcome {
  const code = String(errcode)
  if (errcode === 0 || errcode === taskTaken) return { kind: 'sent' }
  const line = configurationLines[errcode]
  if (line !== undefined) return { kind: 'configuration', code, line }
  const wait = waits[errcode]
  if (wait !== undefined) return again(wait, code)
  if (errcode === 846607) return wrote ? again(60_000, code) : { kind: 'unreachable', code }
  return nobody.has(errcode) ? { kind: 'unreachable', code } : { kind: 'refused', code }
}
