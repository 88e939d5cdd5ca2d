import { adviceOn, type Check } from '../../bot/messages/error-codes.ts'
import { outcomeOf } from './answers.ts'
import type { WecomClient } from './client.ts'
import { wecomErrorCodes } from './error-codes.ts'
import type { WecomSettings } from './settings.ts'

const noMenu = 46003

/** Checks the token and the trusted IP, then whether the agent id belongs to the secret. It makes two calls and changes nothing. */
export async function checkWecom(client: WecomClient, { agentId }: WecomSettings): Promise<Check[]> {
  const reached = await client.call('getcallbackip')
  if (reached.kind !== 'ok') return [failed(reached)]
  const menu = await client.call('menu/get', { query: { agentid: String(agentId) } })
  const own = menu.kind === 'ok' || (menu.kind === 'no' && menu.errcode === noMenu)
  return [
    { ok: true, line: '企业微信：应用密钥有效，接口可以调用' },
    own ? { ok: true, line: '企业微信：应用编号（WECOM_AGENT_ID）与密钥相符' } : failed(menu),
  ]
}

function failed(answer: Parameters<typeof outcomeOf>[0]): Check {
  const outcome = outcomeOf(answer)
  const code = 'code' in outcome ? outcome.code : ''
  const advice = adviceOn(wecomErrorCodes, code)
  return {
    ok: false,
    line:
      outcome.kind === 'configuration'
        ? `企业微信：${outcome.line}`
        : `企业微信：接口调用失败（${code}）${advice ? `，${advice.means}：${advice.todo}` : '，请检查网络后重试'}`,
  }
}
