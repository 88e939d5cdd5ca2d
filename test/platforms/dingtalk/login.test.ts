import { afterEach, beforeEach, expect, it } from 'vitest'
import { DingtalkClient } from '../../../src/platforms/dingtalk/client.ts'
import { dingtalkLogin } from '../../../src/platforms/dingtalk/login.ts'
import { memoryTokens } from '../../support/memory-parts.ts'
import { EmulatedDingtalk } from './emulated-dingtalk.ts'

let dingtalk: EmulatedDingtalk
beforeEach(async () => {
  dingtalk = await EmulatedDingtalk.start(['zhouzubu'])
})
afterEach(async () => {
  await dingtalk.stop()
  expect(dingtalk.violations).toEqual([])
})
const login = () => {
  const settings = dingtalk.settings()
  return dingtalkLogin(new DingtalkClient({ settings, tokens: memoryTokens(), count: () => {} }), settings)
}

it('sends the browser to DingTalk’s page with the state and the way back', () => {
  const page = new URL(login().page({ state: 'abc', back: 'https://bot.example/login/dingtalk', agent: '' }))
  expect(page.origin + page.pathname).toBe('https://login.dingtalk.com/oauth2/auth')
  expect(Object.fromEntries(page.searchParams)).toEqual({
    redirect_uri: 'https://bot.example/login/dingtalk',
    response_type: 'code',
    client_id: dingtalk.settings().clientId,
    scope: 'openid',
    state: 'abc',
    prompt: 'consent',
  })
})

it('learns the account from the code, which is good once', async () => {
  const code = dingtalk.logins.agrees({ userid: 'zhouzubu' })
  expect(await login().who(code)).toEqual({ account: 'zhouzubu' })
  expect(await login().who(code)).toBe('refused')
})

it('nobody of the company and outside contacts have no account', async () => {
  expect(await login().who(dingtalk.logins.agrees({}))).toEqual({ account: undefined })
  expect(await login().who(dingtalk.logins.agrees({ userid: 'guest', outside: true }))).toEqual({ account: undefined })
})

it('where DingTalk is busy nobody is taken for another', async () => {
  dingtalk.fault = ({ path }) => (path === '/topapi/user/getbyunionid' ? { page: 502 } : undefined)
  expect(await login().who(dingtalk.logins.agrees({ userid: 'zhouzubu' }))).toBe('failed')
})
