import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readRobotMessage } from '../../../src/platforms/dingtalk/inbound.ts'
import { sample } from './sample.ts'

const settings = {
  clientId: 'dingabcd1234efgh5678',
  clientSecret: 'secret',
  mode: 'stream',
  templateId: undefined,
  apiBase: 'https://api.dingtalk.com',
  oapiBase: 'https://oapi.dingtalk.com',
  publicUrl: undefined,
} as const
const read = (name: string) => readRobotMessage(sample(`robot/${name}`), settings)
const Data = z.looseObject({})
let emptyFields = 0
const changed = (name: string, fields: object) =>
  readRobotMessage({ ...Data.parse(sample(`robot/${name}`)), ...fields }, settings)

describe('what people send to the robot', () => {
  it('is taken as text, with who said it and how to answer', () => {
    expect(read('text-dm')).toEqual({
      channel: 'dingtalk',
      account: '042100000297',
      once: 'msgEXAMPLE0001aaaaaaaaPw==',
      handle: {
        sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=79b48exampleexampleexample4d4b',
        until: 1695289035996,
      },
      what: { kind: 'text', text: 'hello DingTalk!' },
    })
  })

  it('in a group comes with the group, and without the space that the mention left', () => {
    const inbound = read('text-group')
    expect(inbound).toMatchObject({
      group: 'cid6EUxEXAMPLEsg==',
      groupName: '测试群',
      what: { kind: 'text', text: 'text' },
    })
    expect(inbound?.handle).toMatchObject({ group: 'cid6EUxEXAMPLEsg==' })
  })

  it.each([
    ['text-quote-text-dm', { kind: 'text', text: '当前消息' }],
    ['audio-dm', { kind: 'text', text: '钉钉，让进步发生' }],
    ['file-dm', { kind: 'file', name: '钉钉让进步发生.pdf', token: 'mIofN681YE3fEXAMPLEfileU+i' }],
    ['picture-dm', { kind: 'unreadable', what: 'picture' }],
    ['video-dm', { kind: 'unreadable', what: 'video' }],
    ['richtext-group', { kind: 'text', text: '@SDK示例' }],
    ['over-quota-group-http', { kind: 'over-quota' }],
  ])('%s', (name, what) => expect(read(name)?.what).toEqual(what))

  it('over quota is understood in the spelling of the Stream documents too', () => {
    const said = changed('over-quota-group-http', {
      errorCode: undefined,
      errCode: '20001',
      errMsg: '受调用量超量影响',
    })
    expect(said?.what).toEqual({ kind: 'over-quota' })
  })

  it('rich text is its words, without the pictures between them', () => {
    const richText = [
      { text: '@机器人' },
      { text: '评分 软件教研室 ' },
      { type: 'picture', downloadCode: 'd' },
      { type: 'text', text: '全部满分' },
      { type: 'at', atName: '某人', atUserId: 'u' },
    ]
    expect(changed('richtext-group', { content: { richText } })?.what).toEqual({
      kind: 'text',
      text: '@机器人 评分 软件教研室 全部满分',
    })
  })

  it('a voice message that nobody wrote down, and a kind that nobody knows, cannot be read', () => {
    expect(changed('audio-dm', { content: { downloadCode: 'd', recognition: ' ' } })?.what.kind).toBe('unreadable')
    expect(changed('text-dm', { msgtype: 'hologram' })?.what).toEqual({ kind: 'unreadable', what: 'hologram' })
  })

  it('somebody from outside is known by the encrypted id, which no roster holds', () => {
    expect(changed('text-dm', { senderStaffId: '' })?.account).toBe('$:LWCP_v1:$SenderIdExample0001PA==')
  })

  it.each([
    [{ kind: 'unreadable', what: 'interactiveCard' }],
    [{ kind: 'unreadable', what: 'audio' }],
    [{ kind: 'file', name: '', token: 'd' }],
    [{ kind: 'text', text: '帮助' }],
    [{ kind: 'unreadable', what: 'text' }],
  ])('a field that is empty or of another form is as if it were not there (%#)', (what) => {
    const said = z.array(Data).parse(sample('robot/empty-fields'))[emptyFields++]
    expect(changed('text-dm', said ?? {})).toMatchObject({ account: '042100000297', what })
  })

  it('whatever is wrong with what is not needed, the words are answered', () => {
    const odd = [null, 'x', 7, {}, []]
    const needed = new Set(['msgId', 'msgtype', 'text', 'senderStaffId'])
    const names = Object.keys(Data.parse(sample('robot/text-dm'))).filter((name) => !needed.has(name))
    for (const name of names)
      for (const value of odd)
        expect(changed('text-dm', { [name]: value })?.what, `${name} ${JSON.stringify(value)}`).toEqual({
          kind: 'text',
          text: 'hello DingTalk!',
        })
  })

  it('in a group the mention may stand in one item with the words', () => {
    const said = Data.parse(sample('robot/mention-and-words-in-one-item'))
    expect(changed('text-group', said)).toMatchObject({
      group: 'cid6EUxEXAMPLEsg==',
      what: { kind: 'text', text: '@党建助手 进度' },
    })
  })

  it('an answer never goes to an address that is not DingTalk’s', () => {
    expect(changed('text-dm', { sessionWebhook: 'https://evil.example/robot' })?.handle).toBeUndefined()
  })

  it.each([null, 'text', {}, { msgtype: 'text' }])('%o is no message', (data) =>
    expect(readRobotMessage(data, settings)).toBeUndefined(),
  )
})
