import { z } from 'zod'
import type { CodeAnswer, LoginWay } from '../../bot/dashboard/login.ts'
import type { WecomClient } from './client.ts'
import type { WecomSettings } from './settings.ts'

/** The code is bad, expired or used, or the address is not the app's 可信域名. The login begins anew (wecom.md §18). */
const refusals = [40029, 42003, 42022, 50001]
const Member = z.object({ userid: z.string().exactOptional() })

/** Login through the self-built app: silent inside WeCom or its WeChat plugin, otherwise by a QR code (P-91022, P-98152). */
export const wecomLogin = (client: WecomClient, { corpId, agentId }: WecomSettings): LoginWay => ({
  name: 'wecom',
  title: '企业微信',
  channel: 'wecom',
  isInside,
  page({ state, back, agent }) {
    const common = { appid: corpId, redirect_uri: back, state, agentid: String(agentId) }
    return isInside(agent)
      ? `https://open.weixin.qq.com/connect/oauth2/authorize?${query({ ...common, response_type: 'code', scope: 'snsapi_base' })}#wechat_redirect`
      : `https://login.work.weixin.qq.com/wwlogin/sso/login?${query({ ...common, login_type: 'CorpApp' })}`
  },
  who: (code) => accountOf(client, code),
})

const isInside = (agent: string): boolean => /wxwork|MicroMessenger/i.test(agent)
const query = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()

async function accountOf(client: WecomClient, code: string): Promise<CodeAnswer> {
  const answer = await client.call('auth/getuserinfo', { query: { code } })
  if (answer.kind === 'no' && refusals.includes(answer.errcode)) return 'refused'
  const read = answer.kind === 'ok' ? Member.safeParse(answer.body) : undefined
  return read?.success ? { account: read.data.userid } : 'failed'
}
