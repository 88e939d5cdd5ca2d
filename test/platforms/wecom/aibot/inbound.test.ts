import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readFrame } from '../../../../src/platforms/wecom/aibot/frames.ts'
import { readCallback } from '../../../../src/platforms/wecom/aibot/inbound.ts'
import { sample } from '../fixture.ts'
import { Callbacks } from './emulated-callbacks.ts'

const parsed = (name: string): unknown => JSON.parse(sample(name))
const made = new Callbacks()
const now = 1_700_000_000_000
const until = now + 59 * 60_000
const heard = (body: unknown, reqId?: string) => {
  const read = readCallback(body, { now, ...(reqId === undefined ? {} : { reqId }) })
  return typeof read === 'object' && 'inbound' in read ? read : undefined
}
const what = (body: unknown) => heard(body)?.inbound.what

describe('the samples of the reference', () => {
  it('a text in a group, where the bot is called by its name', () => {
    const body = { ...z.looseObject({}).parse(parsed('aibot-text-group.json')), response_url: 'https://example.com/r' }
    expect(heard(body)).toEqual({
      slot: 'message',
      inbound: {
        channel: 'aibot',
        account: 'USERID',
        once: 'CAIQ16HMjQYY/NGagIOAgAMgq4KM0AI=',
        group: 'CHATID',
        answerInPlace: true,
        handle: { chat: 'CHATID', inGroup: true, wrote: true, responseUrl: 'https://example.com/r', until },
        what: { kind: 'text', text: '@RobotA hello robot' },
      },
    })
  })

  it('a frame of the long connection, whose req_id is kept for the answer', () => {
    const frame = readFrame(sample('aibot-ws-frame-msg.json'))
    expect(frame?.cmd).toBe('aibot_msg_callback')
    const read = heard(frame?.body, frame?.headers.req_id)
    expect(read?.inbound).toMatchObject({
      once: 'MSGID',
      group: 'CHATID',
      handle: { chat: 'CHATID', inGroup: true, wrote: true, reqId: 'REQUEST_ID' },
      what: { kind: 'text', text: '@RobotA hello robot' },
    })
    expect(read?.inbound.answerInPlace).toBeUndefined()
  })

  it('the question for the next state of an answer', () => {
    expect(readCallback(parsed('aibot-stream-refresh.json'))).toEqual({ stream: 'STREAMID' })
  })

  it('a tap with what was ticked, answered in place', () => {
    const body = { ...z.looseObject({}).parse(parsed('aibot-event-template_card_event.vote_interaction.json')) }
    const read = heard({ ...body, response_url: 'https://example.com/r' })
    expect(read).toMatchObject({
      slot: 'tap',
      inbound: {
        account: 'USERID',
        answerInPlace: true,
        handle: { taskId: 'fBmjTL7ErRCQSNA6GZKMlcFiWX1shOvg' },
        what: { kind: 'tap', button: 'button_replace_text', picked: { button_selection_key1: ['one', 'two'] } },
      },
    })
  })
})

describe('what people send', () => {
  const file = { url: 'https://example.com/f', aeskey: 'a2V5' }

  it.each([
    [
      'a voice message, which is text already',
      'voice',
      { voice: { content: '评分 软件教研室 全部满分' } },
      { kind: 'text', text: '评分 软件教研室 全部满分' },
    ],
    [
      'a voice message in which nothing was understood',
      'voice',
      { voice: { content: ' ' } },
      { kind: 'unreadable', what: 'voice' },
    ],
    [
      'a text with a quotation',
      'text',
      { text: { content: '同意' }, quote: { msgtype: 'text', text: { content: '通报' } } },
      { kind: 'text', text: '同意' },
    ],
    ['a picture', 'image', { image: file }, { kind: 'unreadable', what: 'image' }],
    ['a video', 'video', { video: file }, { kind: 'unreadable', what: 'video' }],
    ['something that is not known yet', 'location', { location: { x: 1 } }, { kind: 'unreadable', what: 'location' }],
    ['a file', 'file', { file }, { kind: 'file', name: '', token: '{"url":"https://example.com/f","aeskey":"a2V5"}' }],
    [
      'a file of URL mode',
      'file',
      { file: { url: file.url } },
      { kind: 'file', name: '', token: '{"url":"https://example.com/f"}' },
    ],
    [
      'pictures with words',
      'mixed',
      {
        mixed: {
          msg_item: [
            { msgtype: 'image', image: file },
            { msgtype: 'text', text: { content: '走访' } },
            { msgtype: 'text', text: { content: '了支部' } },
          ],
        },
      },
      { kind: 'text', text: '走访\n了支部' },
    ],
    [
      'pictures alone',
      'mixed',
      { mixed: { msg_item: [{ msgtype: 'image', image: file }] } },
      { kind: 'unreadable', what: 'image' },
    ],
  ])('%s', (_, type, content, expected) => {
    expect(what(made.message('lisi', type, content))).toEqual(expected)
  })

  it('nothing is taken off a text, however it begins', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((name) => `@${name} 你好`),
        ),
        (content) => {
          expect(what(made.message('lisi', 'text', { text: { content } }))).toEqual({ kind: 'text', text: content })
        },
      ),
    )
  })

  it('opening the chat is answered as a welcome', () => {
    const read = heard(made.event('lisi', { eventtype: 'enter_chat' }))
    expect(read).toMatchObject({ slot: 'welcome', inbound: { answerInPlace: true, what: { kind: 'opened' } } })
  })

  it('a checklist submitted with nothing ticked has picked nothing', () => {
    const tap = { cardType: 'vote_interaction', key: 'k', taskId: 't', picked: { q: [] } }
    expect(what(made.tap('lisi', tap))).toEqual({ kind: 'tap', button: 'k', picked: {} })
  })

  it.each(['feedback_event', 'delete_robot_event'])('a %s is nobody’s message', (eventtype) => {
    expect(readCallback(made.event('lisi', { eventtype }))).toHaveProperty('ignored')
  })
})

describe('what is damaged', () => {
  const good = made.message('lisi', 'text', { text: { content: '你好' } })
  it.each<[string, unknown]>([
    ['no object', 'text'],
    ['nobody who sent it', { ...good, from: {} }],
    ['an empty id', { ...good, msgid: '' }],
    ['an event without kind', { ...good, msgtype: 'event' }],
    ['a tap without card', made.event('lisi', { eventtype: 'template_card_event' })],
    ['a group without id', { ...good, chattype: 'group' }],
    ['a stream without id', { ...good, msgtype: 'stream', stream: {} }],
  ])('%s is malformed', (_, body) => expect(readCallback(body)).toBe('malformed'))

  it.each<[string, unknown]>([
    ['a text without content', { ...good, text: {} }],
    ['a voice message without words', { ...good, msgtype: 'voice' }],
    ['a file without address', { ...good, msgtype: 'file', file: {} }],
    ['a file at an address of another kind', { ...good, msgtype: 'file', file: { url: 'file:///etc/passwd' } }],
    ['mixed things without a list', { ...good, msgtype: 'mixed', mixed: {} }],
  ])('%s cannot be read, which is answered', (_, body) => expect(what(body)?.kind).toBe('unreadable'))

  it.each<[string, object]>([
    ['the address of an answer', { response_url: 'file:///etc/passwd' }],
    ['no address of an answer', { response_url: null }],
    ['the kind of chat', { chattype: null }],
    ['the chat of a person', { chatid: null }],
  ])('%s in another form does not keep from answering', (_, change) => {
    const read = heard({ ...good, ...change })
    expect(read?.inbound.what).toEqual({ kind: 'text', text: '你好' })
    expect(read?.inbound.handle).not.toHaveProperty('responseUrl')
  })

  it('an event that nobody sent is ignored', () => {
    expect(readCallback({ msgid: '1', msgtype: 'event', event: { eventtype: 'x' } })).toEqual({ ignored: 'no sender' })
  })

  it('whatever comes is read or refused, and never breaks anything', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('text', 'voice', 'mixed', 'file', 'event', 'stream', 'x'),
        fc.jsonValue(),
        (type, content) => {
          const read = readCallback({ ...good, msgtype: type, [type]: content })
          expect(read === 'malformed' || typeof read === 'object').toBe(true)
        },
      ),
    )
  })

  it('a frame with bare control characters in its text is read all the same', () => {
    const frame = '{"cmd":"x","headers":{"req_id":"1"},"body":{"a":"1\u0001\r2"}}'
    expect(readFrame(frame)?.body).toEqual({ a: '12' })
    expect(['', '{', '[]', '{"cmd":"x"}'].map(readFrame)).toEqual([undefined, undefined, undefined, undefined])
  })
})
