import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isTokenRefused, outcomeOf, readAnswer } from '../../../src/platforms/dingtalk/answers.ts'
import { cardSign, isRecent, robotSign } from '../../../src/platforms/dingtalk/signature.ts'
import { sample } from './sample.ts'

const Vectors = z.array(
  z.object({
    kind: z.string(),
    timestamp: z.string(),
    sign: z.string(),
    appSecret: z.string().exactOptional(),
    secret: z.string().exactOptional(),
    apiSecret: z.string().exactOptional(),
  }),
)
const Errors = z.array(z.object({ api: z.string(), status: z.number(), body: z.unknown() }))

describe('signatures', () => {
  it.each(Vectors.parse(sample('crypto/sign-vectors')))(
    '$kind',
    ({ timestamp, sign, appSecret, secret, apiSecret }) => {
      if (apiSecret) expect(cardSign(apiSecret, timestamp)).toBe(sign)
      else expect(robotSign(appSecret ?? secret ?? '', timestamp)).toBe(sign)
    },
  )

  it('hold for an hour in both directions, and only with a number as timestamp', () => {
    const now = 1_577_262_236_757
    expect(isRecent(String(now - 3_600_000), now)).toBe(true)
    expect(isRecent(String(now + 3_600_000), now)).toBe(true)
    expect(isRecent(String(now - 3_600_001), now)).toBe(false)
    expect(isRecent('soon', now)).toBe(false)
    expect(isRecent('', now)).toBe(false)
  })
})

describe('what DingTalk answers', () => {
  const outcome = (status: number, body: unknown) => {
    const answer = readAnswer(status, JSON.stringify(body))
    return answer.kind === 'ok' ? { kind: 'sent' } : outcomeOf(answer)
  }

  it.each(Errors.parse(sample('api/errors')))('$api is no success', ({ status, body }) => {
    expect(readAnswer(status, JSON.stringify(body)).kind).toBe('no')
  })

  it('a refused token is known in either shape, and a missing one is not taken for it', () => {
    const refused = Errors.parse(sample('api/errors')).map(({ api, status, body }) => ({
      api,
      refused: isTokenRefused(readAnswer(status, JSON.stringify(body))),
    }))
    expect(refused.filter((one) => one.refused).map((one) => one.api)).toEqual(['old, bad token', 'new, bad token'])
  })

  it('success is read in both shapes, also where a zero is printed as text', () => {
    for (const body of [{ errcode: 0, errmsg: 'ok' }, { errcode: '0' }, { processQueryKey: 'k' }])
      expect(outcome(200, body)).toEqual({ kind: 'sent' })
  })

  it.each([
    [403, { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' }, 'again', 1000],
    [403, { code: 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi' }, 'again', 60_000],
    [200, { errcode: 90018, errmsg: '' }, 'again', 1000],
    [200, { errcode: 660026, errmsg: 'sending too many messages per minute' }, 'again', 600_000],
    [200, { status: 1111, wait: 5, source: 'x5', punish: 'deny' }, 'again', 300_000],
    [500, { code: 'system.busy' }, 'again', 1000],
    [503, { code: 'ServiceUnavailable' }, 'again', 1000],
    [429, { code: 'Throttling.Api' }, 'again', 1000],
  ])('a limit or a busy platform (%i %o) is waited for', (status, body, kind, ms) =>
    expect(outcome(status, body)).toMatchObject({ kind, ms }),
  )

  it.each([
    [
      403,
      {
        code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
        message: '应用尚未开通所需的权限：[Card.Instance.Write]',
      },
      'Card.Instance.Write',
    ],
    [400, { code: 'invalidClientIdOrSecret', message: '' }, 'DINGTALK_CLIENT_SECRET'],
    [403, { code: 'Forbidden.AccessDenied.IpNotInWhiteList', message: '' }, '出口IP'],
    [403, { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg', message: '' }, 'DINGTALK_QUOTA'],
    [200, { errcode: 88, sub_code: '60011', sub_msg: '', errmsg: '[qyapi_robot_sendmsg]' }, 'qyapi_robot_sendmsg'],
  ])('what only the administrator can mend (%i %o) says what to do', (status, body, hint) => {
    const sorted = outcome(status, body)
    expect(sorted.kind).toBe('configuration')
    expect(JSON.stringify(sorted)).toContain(hint)
  })

  it('a page of a gateway may hide that it was carried out; an unknown code is refused content', () => {
    expect(readAnswer(502, '<html>')).toMatchObject({ kind: 'lost', ambiguous: true })
    expect(outcome(400, { code: 'contain.unsafe.url' })).toEqual({ kind: 'refused', code: 'contain.unsafe.url' })
  })
})
