import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome, Parcel, RenderedFile } from '../../../src/bot/messages/channel.ts'
import type { Message } from '../../../src/bot/messages/message.ts'
import { dingtalkChannel } from '../../../src/platforms/dingtalk/channel.ts'
import { DingtalkClient } from '../../../src/platforms/dingtalk/client.ts'
import { memoryLog, memoryTokens, parcelTo } from '../../support/memory-parts.ts'
import { EmulatedDingtalk } from './emulated-dingtalk.ts'

const group = { key: 'webhook-of-the-group', secret: 'SECemulated', name: '学院群', members: [] }
const conversation = { key: 'cidEMULATED==', name: '学院群', members: [] }

let dingtalk: EmulatedDingtalk
let log: ReturnType<typeof memoryLog>
let calls: number

beforeEach(async () => {
  dingtalk = await EmulatedDingtalk.start(['dt1', 'dt2'], [group, conversation])
  log = memoryLog()
  calls = 0
})
afterEach(async () => {
  expect(dingtalk.violations).toEqual([])
  await dingtalk.stop()
})

const client = () =>
  new DingtalkClient({
    settings: dingtalk.settings(),
    tokens: memoryTokens(),
    count: (kind) => {
      if (kind === 'call') calls += 1
    },
  })
const channelOf = (own = client()) => dingtalkChannel({ settings: dingtalk.settings(), client: own, log })

/** Sends all requests of a parcel once. Returns the outcome of the first that failed, or else of the last. */
async function send(parcel: Parcel, channel = channelOf(), file?: RenderedFile): Promise<Outcome> {
  let outcome: Outcome = { kind: 'refused', code: 'no requests' }
  for (const request of channel.requests(parcel)) {
    outcome = await channel.send(request, parcel, file)
    if (outcome.kind !== 'sent') return outcome
  }
  return outcome
}
const text = (said: string): Message => ({ kind: 'text', text: said })
const handleOf = (where: 'person' | 'group') => {
  const { sessionWebhook, sessionWebhookExpiredTime: until } = Object(
    where === 'person'
      ? dingtalk.messages.text('dt1', '帮助')
      : dingtalk.messages.inGroup('dt1', conversation.key, '进度'),
  )
  return { sessionWebhook, until, ...(where === 'group' ? { group: conversation.key } : {}) }
}

describe('an answer', () => {
  it('goes by the session in which it was asked', async () => {
    expect(await send(parcelTo('dt1', text('您好'), { handle: handleOf('person') }))).toEqual({ kind: 'sent' })
    expect(dingtalk.to('dt1')).toMatchObject([{ via: 'session', text: '您好' }])
    expect(dingtalk.tokenFetches).toBe(0)
  })

  it.each(['over by its time', 'over earlier than said'])('goes by the API when the session is %s', async (how) => {
    const handle = handleOf('person')
    dingtalk.messages.endSessions()
    if (how === 'over by its time') handle.until = Date.now() - 1
    expect(await send(parcelTo('dt1', text('您好'), { handle }))).toEqual({ kind: 'sent' })
    expect(dingtalk.to('dt1')).toMatchObject([{ via: 'api', text: '您好' }])
    expect(dingtalk.calls.includes('/robot/sendBySession')).toBe(how !== 'over by its time')
  })

  it('to a group stays in the group when the session is over', async () => {
    const handle = handleOf('group')
    expect(await send(parcelTo('dt1', text('3/6'), { handle }))).toEqual({ kind: 'sent' })
    dingtalk.messages.endSessions()
    expect(await send(parcelTo('dt1', text('4/6'), { handle }))).toEqual({ kind: 'sent' })
    expect(dingtalk.inGroup(conversation.key)).toMatchObject([
      { via: 'session', text: '3/6' },
      { via: 'api', text: '4/6' },
    ])
    expect(dingtalk.to('dt1')).toEqual([])
  })

  it('to somebody without a staff id only goes by the session', async () => {
    const parcel = parcelTo('$:LWCP_v1:$outside', text('未登记'))
    expect(await send(parcel)).toEqual({ kind: 'unreachable', code: 'no-staff-id' })
  })

  it('that is long arrives whole, in order', async () => {
    const lines = Array.from({ length: 400 }, (_, i) => `${i + 1}. ${'字'.repeat(30)}`)
    await send(parcelTo('dt1', text(lines.join('\n'))))
    expect(dingtalk.to('dt1').length).toBeGreaterThan(1)
    expect(dingtalk.to('dt1').flatMap((one) => one.text.split('\n'))).toEqual(lines)
  })

  it('is planned the same however often it is asked for', () => {
    const parcel = parcelTo('dt1', text('字'.repeat(9000)))
    expect(channelOf().requests(parcel)).toEqual(channelOf().requests(parcel))
  })
})

describe('a push', () => {
  it('to somebody unknown is unreachable', async () => {
    expect(await send(parcelTo('nobody', text('提醒')))).toEqual({ kind: 'unreachable', code: 'invalidStaffId' })
  })

  it('to somebody who gets too much waits', async () => {
    dingtalk.fault = (call) => (call.path.endsWith('batchSend') ? { throttled: true } : undefined)
    expect(await send(parcelTo('dt1', text('提醒')))).toMatchObject({ kind: 'again', ambiguous: false })
  })

  it('fetches one token for many, and one more when it ends', async () => {
    const channel = channelOf()
    await Promise.all(Array.from({ length: 5 }, () => send(parcelTo('dt1', text('提醒')), channel)))
    expect(dingtalk.tokenFetches).toBe(1)
    dingtalk.expireTokens()
    await Promise.all(Array.from({ length: 5 }, () => send(parcelTo('dt1', text('提醒')), channel)))
    expect(dingtalk.tokenFetches).toBe(2)
    expect(dingtalk.to('dt1')).toHaveLength(10)
  })

  it('counts every call but those for tokens', async () => {
    await send(parcelTo('dt1', text('提醒')))
    await send(parcelTo('dt1', text('您好'), { handle: handleOf('person') }))
    expect(calls).toBe(2)
  })

  it('is tried again after a page, a reset or a limit', async () => {
    const faults = [
      { page: 502 },
      { reset: true },
      { fresh: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', status: 403 },
      { fresh: 'Throttling.Api', status: 429 },
      { fresh: 'ServiceUnavailable', status: 503 },
    ] as const
    for (const fault of faults) {
      let left = 1
      dingtalk.fault = (call) => (call.path.endsWith('batchSend') && left-- > 0 ? fault : undefined)
      const parcel = parcelTo('dt1', text('提醒'))
      const channel = channelOf()
      expect(await send(parcel, channel)).toMatchObject({
        kind: 'again',
        ambiguous: !('fresh' in fault && fault.status < 500),
      })
      expect(await send(parcel, channel)).toEqual({ kind: 'sent' })
    }
    expect(dingtalk.to('dt1')).toHaveLength(faults.length)
  })

  it('with wrong credentials tells the administrator which setting', async () => {
    const settings = { ...dingtalk.settings(), clientSecret: 'wrong' }
    const own = new DingtalkClient({ settings, tokens: memoryTokens(), count: () => undefined })
    const outcome = await send(parcelTo('dt1', text('提醒')), dingtalkChannel({ settings, client: own, log }))
    expect(outcome).toMatchObject({ kind: 'configuration', line: expect.stringContaining('DINGTALK_CLIENT_SECRET') })
  })
})

describe('a group', () => {
  const parcel = (to: typeof group | typeof conversation, message: Message): Parcel => ({
    id: `parcel-${to.key}`,
    to: { group: to },
    message,
    unique: false,
  })

  it('is written to by its signed webhook, and who is mentioned is highlighted', async () => {
    await send(parcel(group, { kind: 'text', text: '已完成 19/28', mention: ['dt1', 'dt2'] }))
    expect(dingtalk.inGroup(group.key)).toMatchObject([{ text: '已完成 19/28\n@dt1 @dt2', mentioned: ['dt1', 'dt2'] }])
  })

  it('with more than fifty to mention gets them all, fifty at a time', async () => {
    const mention = Array.from({ length: 120 }, (_, i) => `dt${i}`)
    await send(parcel(group, { kind: 'text', text: '已完成 19/28', mention }))
    expect(dingtalk.inGroup(group.key).map((one) => one.mentioned.length)).toEqual([50, 50, 20])
    expect(dingtalk.inGroup(group.key).flatMap((one) => one.mentioned)).toEqual(mention)
  })

  it('gets a message once although the answer to the call was lost', async () => {
    let left = 1
    dingtalk.fault = (call) => (call.path === '/robot/send' && left-- > 0 ? { loseAnswer: true } : undefined)
    const message = parcel(group, text('已完成 19/28'))
    expect(await send(message)).toMatchObject({ kind: 'again', ambiguous: true })
    expect(await send(message)).toEqual({ kind: 'sent' })
    expect(dingtalk.inGroup(group.key)).toHaveLength(1)
  })

  it('keeps to twenty messages a minute', () =>
    expect(channelOf().paces(parcel(group, text('…')))).toMatchObject([
      { count: 20, ms: expect.toSatisfy((ms) => Number(ms) >= 60_000) },
    ]))

  it('known by its conversation gets counts by the API, where nobody can be mentioned', async () => {
    await send(parcel(conversation, { kind: 'text', text: '已完成 19/28', mention: ['dt1'] }))
    expect(dingtalk.inGroup(conversation.key)).toMatchObject([{ via: 'api', text: '已完成 19/28', mentioned: [] }])
  })

  it('that is gone does not stop the others: the administrator is told, the message is given up', async () => {
    const gone = { ...group, key: 'gone' }
    dingtalk.fault = (call) =>
      call.path === '/robot/send' ? { old: 300005, message: 'token is not exist' } : undefined
    expect(await send(parcel(gone, text('…')))).toEqual({ kind: 'unreachable', code: '300005' })
    expect(log.lines.join()).toContain('加签密钥')
    expect(log.lines.join()).not.toContain(gone.key)
  })
})

describe('a document', () => {
  const file = { name: '汇总表.xlsx', data: new Uint8Array([1, 2, 3]) }
  const order: Message = { kind: 'file', order: { document: 'summary', with: {} } }

  it('is uploaded and arrives under its name', async () => {
    expect(await send(parcelTo('dt1', order), channelOf(), file)).toEqual({ kind: 'sent' })
    const [arrived] = dingtalk.to('dt1')
    expect(arrived?.text).toBe('汇总表.xlsx')
    expect([...(arrived?.file?.data ?? [])]).toEqual([1, 2, 3])
  })

  it('is tried again when the upload fails', async () => {
    dingtalk.fault = (call) => (call.path === '/media/upload' ? { page: 504 } : undefined)
    expect(await send(parcelTo('dt1', order), channelOf(), file)).toMatchObject({ kind: 'again' })
  })

  it('that a person sent can be fetched, as long as DingTalk has it', async () => {
    dingtalk.files.set('code-1', Buffer.from('roster'))
    const own = client()
    expect(Buffer.from(await own.downloadFile('code-1')).toString()).toBe('roster')
    await expect(own.downloadFile('code-2')).rejects.toThrow('downloadCode')
  })
})
