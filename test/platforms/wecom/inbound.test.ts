import { describe, expect, it } from 'vitest'
import { readCallback } from '../../../src/platforms/wecom/inbound.ts'
import { sample } from './fixture.ts'

const inbound = (account: string, once: string, what: object, more: object = {}) => ({
  inbound: { channel: 'wecom', account, once, what, ...more },
})
const event = (fields: string, from = 'zhaoyi') =>
  `<xml><ToUserName>ww</ToUserName><FromUserName>${from}</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType>${fields}<AgentID>7</AgentID></xml>`
const message = (fields: string, from = 'zhaoyi') =>
  `<xml><ToUserName>ww</ToUserName><FromUserName>${from}</FromUserName><CreateTime>1</CreateTime>${fields}<AgentID>7</AgentID></xml>`
const text = (content: string) => `<MsgType>text</MsgType><Content>${content}</Content><MsgId>1</MsgId>`

describe('the samples of the reference', () => {
  const tap = (account: string, code: string, button: string, picked: object) =>
    inbound(account, code, { kind: 'tap', button, picked }, { handle: { responseCode: code } })
  it.each([
    ['text.xml', 1, inbound('fromUser', '1234567890123456', { kind: 'text', text: 'this is a test' })],
    ['text-one-line.xml', 1000002, inbound('foobar', '2018405441', { kind: 'text', text: 'x123' })],
    ['voice.xml', 1, inbound('fromUser', '1234567890123456', { kind: 'unreadable', what: 'voice' })],
    ['video.xml', 1, inbound('fromUser', '1234567890123456', { kind: 'unreadable', what: 'video' })],
    ['file.unofficial.xml', 1, inbound('userid', 'msg_file_123', { kind: 'unreadable', what: 'file' })],
    ['event-subscribe.xml', 1, inbound('UserID', 'UserID 1348831860 subscribe ', { kind: 'opened' })],
    ['event-enter_agent.xml', 1, inbound('FromUser', 'FromUser 1408091189 enter_agent ', { kind: 'opened' })],
    [
      'event-click.xml',
      1,
      inbound('FromUser', 'FromUser 123456789 click EVENTKEY', { kind: 'text', text: 'EVENTKEY' }),
    ],
    [
      'event-template_card_event.generic.xml',
      1,
      tap('FromUser', 'ResponseCode', 'key111', {
        QuestionKey1: ['OptionId1', 'OptionId2'],
        QuestionKey2: ['OptionId3', 'OptionId4'],
      }),
    ],
    [
      'event-template_card_event.button_interaction.xml',
      1000002,
      tap('userid001', 'vxR7PzS5OS2axDF9MdgGaZ1atXhzsSUzfjwwwESILfY', 'button_key_1', {
        btn_question_key1: ['btn_selection_id1'],
      }),
    ],
    [
      'event-template_card_event.multiple_interaction.derived.xml',
      1000002,
      tap('zhangsan', 'RESPONSE_CODE_1', 'submit_key', {
        item_01: ['item_01_s5'],
        item_02: ['item_02_s3'],
        item_03: ['item_03_s0'],
      }),
    ],
    [
      'event-template_card_event.vote_interaction.derived.xml',
      1000002,
      tap('zhangsan', 'RESPONSE_CODE_2', 'submit_key', { items: ['item_01', 'item_02', 'item_17'] }),
    ],
    ['event-template_card_menu_event.xml', 1, tap('FromUser', 'ResponseCode', 'key111', {})],
    ['event-change_contact-delete_user.xml', 1, { ignored: 'sender is no userid' }],
  ])('%s', (name, agentId, expected) => {
    expect(readCallback(sample(name), agentId)).toEqual(expected)
  })
})

describe('what is taken and what is not', () => {
  it('keeps a text as it was typed: blanks, line breaks, signs', () => {
    const typed = ' 评分 \n<b>&amp;\u3000'
    expect(readCallback(message(text(`<![CDATA[${typed}]]>`)), 7)).toMatchObject({
      inbound: { what: { kind: 'text', text: typed } },
    })
  })

  it('ignores what is meant for another app of the company', () => {
    expect(readCallback(message(text('帮助')), 8)).toEqual({ ignored: 'for another app' })
    expect(readCallback(message(text('帮助')).replace('<AgentID>7</AgentID>', ''), 8)).toHaveProperty('inbound')
  })

  it.each(['sys', '@all', 'zhaoyi|lisi', '赵一', 'a b', 'x'.repeat(65)])(
    'ignores the sender %j, who is no userid',
    (from) => {
      expect(readCallback(message(text('帮助'), from), 7)).toEqual({ ignored: 'sender is no userid' })
    },
  )

  it.each(['0012', 'ZhaoYi', 'a-b_c.d@e.cn', 'x'.repeat(64)])('takes the sender %j as it is written', (from) => {
    expect(readCallback(message(text('帮助'), from), 7)).toMatchObject({ inbound: { account: from } })
  })

  it.each(['image', 'location', 'link', 'some_new_kind'])('names a %s as unreadable', (kind) => {
    const xml = message(`<MsgType>${kind}</MsgType><MsgId>5</MsgId>`)
    expect(readCallback(xml, 7)).toEqual(inbound('zhaoyi', '5', { kind: 'unreadable', what: kind }))
  })

  it.each([
    'unsubscribe',
    'LOCATION',
    'view',
    'view_miniprogram',
    'scancode_push',
    'scancode_waitmsg',
    'pic_sysphoto',
    'pic_photo_or_album',
    'pic_weixin',
    'location_select',
    'batch_job_result',
    'inactive_alert',
    'some_new_event',
  ])('ignores the event %s: nobody spoke', (name) => {
    expect(readCallback(event(`<Event>${name}</Event><EventKey>k</EventKey>`), 7)).toEqual({
      ignored: 'no conversation',
    })
  })

  it('reads the names of events without regard to case', () => {
    expect(readCallback(event('<Event>CLICK</Event><EventKey>帮助</EventKey>'), 7)).toMatchObject({
      inbound: { what: { kind: 'text', text: '帮助' } },
    })
  })

  it('takes a checklist of which nothing is ticked, however that looks', () => {
    const empty = ['', '<SelectedItems></SelectedItems>', '<SelectedItems/>', '<SelectedItems>\n</SelectedItems>']
    const tap = '<Event>template_card_event</Event><EventKey>k</EventKey><ResponseCode>c</ResponseCode>'
    for (const items of empty)
      expect(readCallback(event(tap + items), 7)).toMatchObject({ inbound: { what: { kind: 'tap', picked: {} } } })
    const none = `<SelectedItems><SelectedItem><QuestionKey>q</QuestionKey><OptionIds></OptionIds></SelectedItem></SelectedItems>`
    expect(readCallback(event(tap + none), 7)).toMatchObject({ inbound: { what: { picked: { q: [] } } } })
  })

  it('tells two taps, two clicks and two messages within a second apart', () => {
    const identity = (xml: string) => {
      const read = readCallback(xml, 7)
      return typeof read === 'object' && 'inbound' in read ? read.inbound.once : undefined
    }
    const tap = (code: string) =>
      event(`<Event>template_card_event</Event><EventKey>k</EventKey><ResponseCode>${code}</ResponseCode>`)
    const click = (key: string) => event(`<Event>click</Event><EventKey>${key}</EventKey>`)
    expect(identity(tap('a'))).not.toBe(identity(tap('b')))
    expect(identity(click('任务'))).not.toBe(identity(click('进度')))
    expect(identity(click('任务'))).toBe(identity(click('任务')))
  })

  const without = (xml: string, name: string) => xml.replace(new RegExp(`<${name}>[^<]*</${name}>`), '')
  const tap = event('<Event>template_card_event</Event><EventKey>k</EventKey><ResponseCode>c</ResponseCode>')
  const tapped = { inbound: { once: 'c', what: { kind: 'tap', button: 'k', picked: {} } } }
  const words = { inbound: { what: { kind: 'text', text: '帮助' } } }
  it.each<[string, string, object]>([
    ['an empty AgentID', message(text('帮助')).replace('<AgentID>7<', '<AgentID><'), words],
    ['an AgentID with children', message(text('帮助')).replace('<AgentID>7<', '<AgentID><a>1</a><'), words],
    ['a time that is none', message(text('帮助')).replace('<CreateTime>1<', '<CreateTime>soon<'), words],
    ['no time', without(message(text('帮助')), 'CreateTime'), words],
    ['a text without MsgId', without(message(text('帮助')), 'MsgId'), words],
    ['a tap without its time', without(tap, 'CreateTime'), tapped],
    ['a tap with a list of another form', tap.replace('</xml>', '<SelectedItems>?</SelectedItems></xml>'), tapped],
    ['a click without its time', without(event('<Event>click</Event><EventKey>帮助</EventKey>'), 'CreateTime'), words],
    [
      'a text without its words',
      message('<MsgType>text</MsgType><MsgId>1</MsgId>'),
      { inbound: { once: '1', what: { kind: 'unreadable', what: 'text' } } },
    ],
  ])('takes what it understands of %s', (_, xml, expected) => {
    expect(readCallback(xml, 7)).toMatchObject(expected)
  })

  it('takes two texts without MsgId apart, and the repeat of one as one', () => {
    const identity = (said: string) => {
      const read = readCallback(without(message(text(said)), 'MsgId'), 7)
      return typeof read === 'object' && 'inbound' in read ? read.inbound.once : undefined
    }
    expect(identity('帮助')).toBe(identity('帮助'))
    expect(identity('帮助')).not.toBe(identity('进度'))
  })

  it.each([
    [sample('callback-customer-service-event.xml')],
    ['<xml><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>'],
    ['<xml><FromUserName></FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>x</Event></xml>'],
  ])('ignores what nobody sent', (xml) => {
    expect(readCallback(xml, 1000002)).toEqual({ ignored: 'no sender' })
  })

  it('an empty AgentID in a real callback is no other app', () => {
    expect(readCallback(sample('callback-empty-agentid.xml'), 1000002)).toMatchObject(words)
  })

  it.each([
    ['no XML', 'hello'],
    ['no kind', '<xml><FromUserName>lisi</FromUserName><CreateTime>1</CreateTime></xml>'],
    ['two senders', message(`<FromUserName>lisi</FromUserName>${text('帮助')}`)],
    ['an event without a name', event('')],
    ['a tap without its code', event('<Event>template_card_event</Event><EventKey>k</EventKey>')],
    ['a click without its key', event('<Event>click</Event><EventKey></EventKey>')],
  ])('is malformed: %s', (_, xml) => {
    expect(readCallback(xml, 7)).toBe('malformed')
  })
})
