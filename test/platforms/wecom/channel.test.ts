import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, Outcome, Parcel, RenderedFile } from '../../../src/bot/messages/channel.ts'
import type { Card } from '../../../src/bot/messages/message.ts'
import type { Fault } from '../../../src/platforms/simulator/api-server.ts'
import { EmulatedWecom } from '../../../src/platforms/simulator/emulated-wecom.ts'
import { wecomChannel } from '../../../src/platforms/wecom/channel.ts'
import { WecomClient } from '../../../src/platforms/wecom/client.ts'
import { readCallback } from '../../../src/platforms/wecom/inbound.ts'
import { keptLog, sharedTokens, silent } from './fixture.ts'

const members = ['zhaoyi', 'LiSi', 'wangwu'].map((account) => ({ account, name: account }))
let wecom: EmulatedWecom
let channel: Channel
let kept: ReturnType<typeof keptLog>

beforeEach(async () => {
  wecom = new EmulatedWecom({ members, groups: [{ key: 'key-college', name: '全院群' }] })
  await wecom.listen()
  kept = keptLog()
  const settings = { ...wecom.credentials, apiBase: wecom.base }
  const client = new WecomClient({ settings, tokens: sharedTokens(), log: silent })
  channel = wecomChannel({ settings, client, log: kept.log })
})
afterEach(async () => {
  await wecom.close()
})

let next = 0
const parcel = (message: Parcel['message'], more: Partial<Parcel> = {}): Parcel => ({
  id: `row-${next++}`,
  to: { account: 'zhaoyi' },
  message,
  unique: message.kind === 'card',
  ...more,
})
const text = (words: string) => ({ kind: 'text' as const, text: words })
const shown = (card: Card) => ({ kind: 'card' as const, card })
const order = { document: 'table', with: {} }
const file: RenderedFile = { name: '附件2 汇总表.docx', data: Buffer.from('PK many bytes') }

/** Sends as delivery does: one request after the other. */
async function send(one: Parcel, rendered?: RenderedFile): Promise<Outcome> {
  for (const request of channel.requests(one)) {
    const outcome = await channel.send(request, one, rendered)
    if (outcome.kind !== 'sent') return outcome
  }
  return { kind: 'sent' }
}
const chat = (account = 'zhaoyi') => wecom.chatOf(account)
const once = (path: string, fault: Fault) => {
  let left = 1
  wecom.fault = (call) => (call.path === `/cgi-bin/${path}` && left-- > 0 ? fault : undefined)
}

const question: Card = {
  title: '第3项 思想建设',
  desc: '软件教研室党支部 · 满分5分',
  ask: {
    kind: 'buttons',
    buttons: [4, 3, 2, 1, 0].map((score) => ({ text: `${score}分`, key: `score:item:3:${score}` })),
  },
}
const confirmation: Card = {
  title: '软件教研室党支部 · 党总支评分',
  rows: [{ name: '总分', value: '99 分，定级：先进' }],
  ask: {
    kind: 'buttons',
    buttons: [
      { text: '提交', key: 'score:submit' },
      { text: '修改', key: 'score:edit' },
    ],
  },
}

/** Taps a button of the newest message. Returns what the bot needs to answer in place. */
async function tapped(key: string): Promise<NonNullable<Parcel['handle']>> {
  const heard: string[] = []
  const deliver = wecom.deliver.bind(wecom)
  wecom.deliver = async (xml) => {
    heard.push(xml)
    return { status: 200, attempts: 1, body: '' }
  }
  await wecom.taps('zhaoyi', chat().at(-1)?.id ?? 0, { key })
  wecom.deliver = deliver
  const read = readCallback(heard[0] ?? '', wecom.credentials.agentId)
  if (typeof read === 'string' || !('inbound' in read)) throw new Error('a tap was expected')
  return read.inbound.handle ?? {}
}

describe('one person', () => {
  it('reads a text, a long one in several messages', async () => {
    await send(parcel(text('已取消')))
    const lines = Array.from({ length: 60 }, (_, i) => `${i + 1}. ${'测评内容'.repeat(8)}`)
    await send(parcel(text(lines.join('\n'))))
    expect(chat()[0]).toMatchObject({ kind: 'text', text: '已取消' })
    expect(
      chat()
        .slice(1)
        .flatMap((message) => message.text.split('\n')),
    ).toEqual(lines)
    expect(wecom.violations).toEqual([])
  })

  it('reads the second 帮助 of half an hour too, but a push that is tried again only once', async () => {
    await send(parcel(text('您可以回复：评分')))
    await send(parcel(text('您可以回复：评分')))
    const push = parcel(text('4月25日：还有3个支部未评分'), { unique: true })
    once('message/send', { loseAnswer: true })
    expect(await send(push)).toMatchObject({ kind: 'again', ambiguous: true })
    expect(await send(push)).toEqual({ kind: 'sent' })
    expect(chat().map((message) => message.text)).toEqual([
      '您可以回复：评分',
      '您可以回复：评分',
      '4月25日：还有3个支部未评分',
    ])
  })

  it('gets a card once, also where the answer to it was lost', async () => {
    const one = parcel(shown(question))
    once('message/send', { loseAnswer: true })
    await send(one)
    expect(await send(one)).toEqual({ kind: 'sent' })
    expect(chat()).toHaveLength(1)
    expect(chat()[0]).toMatchObject({ kind: 'card' })
  })

  it('gets a card once where WeCom says that its task_id is used: an earlier try brought it', async () => {
    once('message/send', { errcode: 42014 })
    expect(await send(parcel(shown(question)))).toEqual({ kind: 'sent' })
    expect(kept.lines).toHaveLength(1)
  })

  it('sees the next card in the message that was tapped', async () => {
    await send(parcel(shown(question)))
    const handle = await tapped('score:item:3:4')
    expect(await send(parcel(shown(confirmation), { handle, inPlace: true }))).toEqual({ kind: 'sent' })
    expect(chat()).toHaveLength(1)
    expect(chat()[0]?.text).toMatch(/99 分，定级：先进\n提交\n修改/)
    await tapped('score:submit')
  })

  it('reads on a grey button that a card is over', async () => {
    await send(parcel(shown(confirmation)))
    const handle = await tapped('score:submit')
    const over: Card = { title: '已提交', text: '软件教研室党支部 99 分 先进', closed: '已提交' }
    await send(parcel(shown(over), { handle, inPlace: true }))
    expect(chat()).toHaveLength(1)
    expect(chat()[0]).toMatchObject({ closed: '已提交', text: expect.stringContaining('99 分 先进') })
  })

  it('who taps and is answered with text reads it, and the buttons of that card are grey', async () => {
    await send(parcel(shown(confirmation)))
    const handle = await tapped('score:edit')
    expect(await send(parcel(text('请写明原因'), { handle }))).toEqual({ kind: 'sent' })
    expect(chat().map((message) => message.kind)).toEqual(['card', 'text'])
    expect(chat()[0]).toMatchObject({ closed: '已收到' })
  })

  it('reads a text after a card that was changed in place already: the used code is no matter', async () => {
    await send(parcel(shown(question)))
    const handle = await tapped('score:item:3:4')
    await send(parcel(shown(confirmation), { handle, inPlace: true }))
    expect(await send(parcel(text('已记下'), { handle }))).toEqual({ kind: 'sent' })
    expect(chat().map((message) => message.kind)).toEqual(['card', 'text'])
    expect(chat()[0]?.closed).toBeUndefined()
  })

  it('gets a new card where the old one takes no change any more', async () => {
    const one = parcel(shown(confirmation), { handle: { responseCode: 'used' }, inPlace: true })
    expect(await send(one)).toEqual({ kind: 'anew' })
    const { handle: _, ...anew } = { ...one, id: `${one.id}-anew`, inPlace: false }
    expect(await send(anew)).toEqual({ kind: 'sent' })
    expect(chat()).toHaveLength(1)
  })

  it('reads what does not fit on a card before it, and as often as it is shown', async () => {
    const long = { ...confirmation, text: '支部班子健全，活动正常。'.repeat(40) }
    await send(parcel(shown(long)))
    await send(parcel(shown(long)))
    expect(chat().map((message) => message.kind)).toEqual(['text', 'card', 'text', 'card'])
    expect(chat()[0]?.text).toContain(long.text)
  })

  it('gets a file under its name, uploaded anew for each message', async () => {
    await send(parcel({ kind: 'file', order }), file)
    await send(parcel({ kind: 'file', order }), file)
    expect(chat().map((message) => [message.kind, message.text])).toEqual([
      ['file', file.name],
      ['file', file.name],
    ])
    expect(new Set(chat().map((message) => message.file?.id)).size).toBe(2)
  })

  it('who is unknown, or has no licence, is unreachable', async () => {
    expect(await send(parcel(text('您好'), { to: { account: 'nobody' } }))).toEqual({
      kind: 'unreachable',
      code: '81013',
    })
    const answer = wecom.handle.bind(wecom)
    wecom.handle = (call) =>
      call.path.endsWith('message/send') ? { errcode: 0, errmsg: 'ok', unlicenseduser: 'zhaoyi' } : answer(call)
    expect(await send(parcel(text('您好')))).toEqual({ kind: 'unreachable', code: 'unlicenseduser' })
  })

  it('is not written to with a file that WeCom would refuse', async () => {
    expect(await send(parcel({ kind: 'file', order }), { name: 'a', data: Buffer.alloc(5) })).toMatchObject({
      kind: 'refused',
    })
    expect(await send(parcel({ kind: 'file', order }))).toMatchObject({ kind: 'refused' })
    expect(wecom.violations).toEqual([])
  })
})

describe('what is sent', () => {
  it('is the same, byte for byte, whenever the same parcel is asked for', () => {
    const all = [
      parcel(text('甲\n'.repeat(3000)), { unique: true }),
      parcel(shown(question)),
      parcel(shown(confirmation), { handle: { responseCode: 'c' }, inPlace: true }),
      parcel(text('乙'), { handle: { responseCode: 'c' } }),
      parcel({ kind: 'file', order }),
      parcel(text('丙'), { to: { group: { key: '', name: '全院群', members: [] } } }),
    ]
    for (const one of all) expect(channel.requests(structuredClone(one))).toEqual(channel.requests(one))
  })

  it('keeps within the limits of a member and of a robot', () => {
    const [minute, hour] = channel.paces(parcel(text('您好'), { to: { account: 'LiSi' } }))
    expect(minute).toMatchObject({ count: 30 })
    expect(minute?.ms).toBeGreaterThan(60_000)
    expect(hour).toMatchObject({ count: 1000 })
    expect(channel.paces(parcel(text('您好'), { to: { account: 'lisi' } }))[0]).toEqual(minute)
    const group = { key: 'key-college', name: '全院群', members: [] }
    expect(channel.paces(parcel(text('您好'), { to: { group } }))).toMatchObject([{ count: 20 }])
  })
})

describe('a group with a robot', () => {
  const to = { group: { key: 'key-college', name: '全院群', members: [] } }
  const group = () => wecom.groupChat('key-college')

  it('reads text that mentions people, and they are called', async () => {
    await send(parcel({ kind: 'text', text: '还有2个支部未评分', mention: ['zhaoyi', 'LiSi'] }, { to }))
    expect(group()).toMatchObject([{ kind: 'text', text: '还有2个支部未评分', mentioned: ['zhaoyi', 'LiSi'] }])
    expect(wecom.violations).toEqual([])
  })

  it('is called once where the text is long, with its end', async () => {
    await send(parcel({ kind: 'text', text: '甲。'.repeat(1500), mention: ['zhaoyi'] }, { to }))
    expect(
      group()
        .map((message) => message.mentioned?.length ?? 0)
        .filter(Boolean),
    ).toEqual([1])
    expect(group().at(-1)?.mentioned).toEqual(['zhaoyi'])
  })

  it('reads a post of several lines with its head in bold, and plain text where markdown would swallow signs', async () => {
    await send(parcel(text('4月评分进度\n全院 3/6'), { to }))
    await send(parcel(text('4月评分进度\n# 3*6'), { to }))
    await send(parcel(text('已绑定'), { to }))
    expect(group().map(({ kind, text: words }) => [kind, words])).toEqual([
      ['markdown', '**4月评分进度**\n全院 3/6'],
      ['text', '4月评分进度\n# 3*6'],
      ['text', '已绑定'],
    ])
  })

  it('gets files, and cards as text', async () => {
    await send(parcel({ kind: 'file', order }, { to }), file)
    await send(parcel(shown({ title: '进度' }), { to }))
    expect(group().map(({ kind }) => kind)).toEqual(['file', 'text'])
  })

  it('that is gone is unreachable and named to the administrator; other people are still written to', async () => {
    const gone = { group: { key: 'removed', name: '旧群', members: [] } }
    expect(await send(parcel(text('您好'), { to: gone }))).toEqual({ kind: 'unreachable', code: '93000' })
    expect(kept.lines.join()).toMatch(/核对名册“群”中的标识/)
    expect(kept.lines.join()).not.toMatch(/removed|旧群/)
  })
})

describe('a group without a robot', () => {
  const to = { group: { key: '', name: '信息学院党建群', members: ['zhaoyi', 'LiSi', 'wangwu'] } }

  it('is made by the app when it is first written to, once', async () => {
    expect(await send(parcel({ kind: 'text', text: '还有2个支部未评分', mention: ['zhaoyi'] }, { to }))).toEqual({
      kind: 'sent',
    })
    expect(await send(parcel(text('第二条'), { to }))).toEqual({ kind: 'sent' })
    await send(parcel({ kind: 'file', order }, { to }), file)
    const [made] = wecom.groups.filter(({ key }) => key !== 'key-college')
    expect(made?.name).toBe('信息学院党建群')
    expect(wecom.groupChat(made?.key ?? '').map(({ kind, text: words }) => [kind, words])).toEqual([
      ['text', '还有2个支部未评分'],
      ['text', '第二条'],
      ['file', file.name],
    ])
    expect(wecom.calls.filter(({ path }) => path.endsWith('appchat/create'))).toHaveLength(1)
    expect(wecom.violations).toEqual([])
  })

  it('made by two instances at once is one group', async () => {
    const both = [parcel(text('甲'), { to }), parcel(text('乙'), { to })]
    expect(await Promise.all(both.map((one) => send(one)))).toEqual([{ kind: 'sent' }, { kind: 'sent' }])
    expect(wecom.groups.filter(({ name }) => name === '信息学院党建群')).toHaveLength(1)
  })

  it('that cannot be made is unreachable, and does not stop the channel', async () => {
    const alone = { group: { ...to.group, members: ['zhaoyi'] } }
    expect(await send(parcel(text('您好'), { to: alone }))).toEqual({ kind: 'unreachable', code: '40050' })
    wecom.fault = ({ path }) => (path.endsWith('appchat/create') ? { errcode: 48002 } : undefined)
    expect(await send(parcel(text('您好'), { to }))).toEqual({ kind: 'unreachable', code: '48002' })
    expect(kept.lines.join()).toMatch(/可见范围/)
  })
})
