import { z } from 'zod'
import type { CodeAnswer, LoginWay } from '../../bot/dashboard/login.ts'
import type { DingtalkClient } from './client.ts'
import type { DingtalkSettings } from './settings.ts'

const Person = z.object({ unionId: z.string().min(1) })
const Member = z.object({
  result: z.object({ userid: z.string().min(1), contact_type: z.coerce.number().exactOptional() }),
})
/** The account is not in this company, or the app may not see it. */
const unknown = ['60121', '88/60121']
/** The type of an outside contact, who is not a member. */
const outside = 1

/** Login through the app's web page by DingTalk's OAuth2 (dingtalk.md §9). */
export const dingtalkLogin = (client: DingtalkClient, { clientId }: Pick<DingtalkSettings, 'clientId'>): LoginWay => ({
  name: 'dingtalk',
  title: '钉钉',
  channel: 'dingtalk',
  isInside: (agent) => /DingTalk/i.test(agent),
  page: ({ state, back }) =>
    `https://login.dingtalk.com/oauth2/auth?${new URLSearchParams({ redirect_uri: back, response_type: 'code', client_id: clientId, scope: 'openid', state, prompt: 'consent' }).toString()}`,
  who: (code) => accountOf(client, code),
})

/** Exchanges the code for a token of the person, the token for the union id, and the union id for the account in the company. */
async function accountOf(client: DingtalkClient, code: string): Promise<CodeAnswer> {
  const token = await client.personToken(code)
  if (token.kind === 'no') return 'refused'
  const me = token.kind === 'ok' ? await client.asPerson('/v1.0/contact/users/me', token.token) : undefined
  const person = me?.kind === 'ok' ? Person.safeParse(me.body) : undefined
  if (!person?.success) return 'failed'
  const found = await client.callOld('/topapi/user/getbyunionid', JSON.stringify({ unionid: person.data.unionId }))
  if (found.kind === 'no' && unknown.includes(found.code)) return { account: undefined }
  const member = found.kind === 'ok' ? Member.safeParse(found.body) : undefined
  if (!member?.success) return 'failed'
  return { account: member.data.result.contact_type === outside ? undefined : member.data.result.userid }
}
