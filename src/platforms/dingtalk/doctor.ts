import { adviceOn, type Check } from '../../bot/messages/error-codes.ts'
import { outcomeOf } from './answers.ts'
import type { DingtalkClient } from './client.ts'
import { dingtalkErrorCodes } from './error-codes.ts'

/** Checks that DingTalk gives a token for the credentials. This call uses no quota and reaches nobody. */
export async function checkDingtalk(client: DingtalkClient): Promise<Check> {
  const token = await client.token()
  if (typeof token === 'string') return { ok: true, line: '钉钉：应用凭证有效，接口可以调用' }
  const outcome = outcomeOf(token)
  if (outcome.kind === 'configuration') return { ok: false, line: `钉钉：${outcome.line}` }
  const { code } = token
  const advice = adviceOn(dingtalkErrorCodes, code)
  return { ok: false, line: `钉钉：取令牌失败（${code}），${advice?.todo ?? '请检查网络后重试'}` }
}
