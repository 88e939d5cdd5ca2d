import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EmulatedWecom } from '../../../src/platforms/simulator/emulated-wecom.ts'
import { phoneOn } from '../../support/phone.ts'
import { ask, cardFor, type TinyBot, tinyBot } from '../../support/tiny-bot.ts'

const members = [
  { account: 'zhaoyi', name: '赵一' },
  { account: 'LiSi', name: '李四' },
]
const groups = [{ key: 'key-college', name: '全院党建工作群' }]
let life = Date.now()
let wecom: EmulatedWecom
let bot: TinyBot & { close: () => Promise<void> }
const agentid = () => wecom.credentials.agentId
const text = (content: string, more: object = {}) => ({
  touser: 'zhaoyi',
  msgtype: 'text',
  agentid: agentid(),
  text: { content },
  ...more,
})
const phone = (account: string) => phoneOn(wecom)(account)

beforeEach(async () => {
  life = Date.now()
  wecom = new EmulatedWecom({ members, groups, life: () => life })
  await wecom.listen()
  bot = await tinyBot(wecom)
})
afterEach(async () => {
  await bot.close()
  await wecom.close()
})

const choice = {
  card_type: 'button_interaction',
  main_title: { title: '评分' },
  task_id: 'task-1',
  button_selection: {
    question_key: 'score',
    title: '得分',
    option_list: [
      { id: '9', text: '9分' },
      { id: '8', text: '8分' },
    ],
  },
  button_list: [{ text: '确定', key: 'ok' }],
}
const checklist = {
  card_type: 'vote_interaction',
  main_title: { title: '满分项' },
  task_id: 'task-2',
  checkbox: {
    question_key: 'full',
    mode: 1,
    option_list: [
      { id: 'a', text: '1 班子', is_checked: true },
      { id: 'b', text: '2 党员', is_checked: true },
    ],
  },
  submit_button: { text: '提交', key: 'done' },
}

describe('what people do reaches the bot', () => {
  it('as a signed and encrypted text, with a number that only that message has', async () => {
    await phone('zhaoyi').says('评分 ]]> <b>&')
    await phone('zhaoyi').says('帮助')
    const [first, second] = bot.heard
    expect(first?.get('FromUserName')).toBe('zhaoyi')
    expect(first?.xml).toContain('评分 ]]]]><![CDATA[> <b>&')
    expect(first?.get('AgentID')).toBe(String(agentid()))
    expect(first?.get('MsgId')).toMatch(/^\d{19}$/)
    expect(second?.get('MsgId')).not.toBe(first?.get('MsgId'))
    expect(wecom.chatOf('ZhaoYi').map((message) => message.text)).toEqual(['评分 ]]> <b>&', '帮助'])
  })

  it('again, byte for byte, until it is answered with 200', async () => {
    bot.statuses.push(503, 500)
    const delivered = await wecom.says('zhaoyi', '帮助')
    expect(delivered).toMatchObject({ status: 200, attempts: 3 })
    expect(bot.heard).toHaveLength(1)
  })

  it('as a tap with what is selected, the preset where nothing was touched', async () => {
    await bot.call('message/send', cardFor('zhaoyi', agentid(), choice))
    await phone('zhaoyi').taps('确定')
    await phone('zhaoyi').taps('确定', { pick: ['8分'] })
    expect(
      bot.heard.map((heard) => [heard.get('Event'), heard.get('EventKey'), heard.get('TaskId'), heard.get('OptionId')]),
    ).toEqual([
      ['template_card_event', 'ok', 'task-1', '9'],
      ['template_card_event', 'ok', 'task-1', '8'],
    ])
    expect(bot.heard[0]?.get('ResponseCode')).not.toBe(bot.heard[1]?.get('ResponseCode'))
  })

  it('as a checklist with what is ticked, and without SelectedItems where nothing is', async () => {
    await bot.call('message/send', cardFor('zhaoyi', agentid(), checklist))
    const person = phone('zhaoyi')
    await person.taps('提交', { untick: ['1'] })
    expect(person.actions).toBe(2)
    expect(bot.heard[0]?.get('OptionIds')).toBe('<OptionId><![CDATA[b]]></OptionId>')
    await person.taps('提交', { untick: ['1', '2'] })
    expect(bot.heard[1]?.xml).not.toContain('SelectedItems')
  })

  it('as opening the conversation and as a tap on the menu', async () => {
    await phone('zhaoyi').opens()
    await phone('zhaoyi').clicks('帮助')
    expect(bot.heard.map((heard) => [heard.get('Event'), heard.get('EventKey')])).toEqual([
      ['enter_agent', ''],
      ['click', '帮助'],
    ])
  })

  it('but not what a phone would not offer', async () => {
    await bot.call('message/send', cardFor('zhaoyi', agentid(), choice))
    const { id } = phone('zhaoyi').card()
    await expect(wecom.taps('zhaoyi', id, { key: 'other' })).rejects.toThrow(RangeError)
    await expect(wecom.taps('zhaoyi', id, { key: 'ok', picked: { score: ['7'] } })).rejects.toThrow(RangeError)
    await expect(wecom.taps('zhaoyi', id, { key: 'ok', picked: { score: ['9', '8'] } })).rejects.toThrow(RangeError)
    await expect(wecom.taps('lisi', id, { key: 'ok' })).rejects.toThrow(RangeError)
    expect(bot.heard).toEqual([])
  })
})

describe('what the bot sends reaches people', () => {
  it('whatever the case of the account; unknown ones are named, only unknown ones refused', async () => {
    expect(await bot.call('message/send', text('好', { touser: 'ZHAOYI|nobody|lisi' }))).toMatchObject({
      errcode: 0,
      invaliduser: 'nobody',
    })
    await phone('lisi').reads(/好/)
    expect(await bot.call('message/send', text('好', { touser: 'nobody' }))).toMatchObject({ errcode: 81013 })
    expect(wecom.violations).toEqual([])
  })

  it('and a tapped card changes in place, once a code', async () => {
    await bot.call('message/send', cardFor('zhaoyi', agentid(), choice))
    const person = phone('zhaoyi')
    await person.taps('确定')
    const response_code = bot.heard[0]?.get('ResponseCode')
    const update = {
      agentid: agentid(),
      response_code,
      template_card: { ...choice, replace_text: '已提交', button_list: undefined },
    }
    expect(await bot.call('message/update_template_card', update)).toMatchObject({ errcode: 0 })
    await person.reads(/已提交/)
    expect(person.messages).toHaveLength(1)
    expect(() => person.card()).toThrow('no open card')
    expect(await bot.call('message/update_template_card', update)).toMatchObject({ errcode: 60140 })
  })

  it('and the code of an event is good for 72 hours', async () => {
    await bot.call('message/send', cardFor('zhaoyi', agentid(), choice))
    await phone('zhaoyi').taps('确定')
    life += 72 * 3_600_000 + 1000
    const response_code = bot.heard[0]?.get('ResponseCode')
    expect(
      await bot.call('message/update_template_card', {
        agentid: agentid(),
        response_code,
        button: { replace_name: '完' },
      }),
    ).toMatchObject({ errcode: 60140 })
  })

  it('as a file, for three days after the upload', async () => {
    const form = new FormData()
    form.set('media', new Blob([Buffer.from('PK workbook')]), '汇总表.docx')
    const { corpId, secret } = wecom.credentials
    const token = await ask(`${wecom.base}/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`)
    const uploaded = await ask(
      `${wecom.base}/cgi-bin/media/upload?access_token=${String(token['access_token'])}&type=file`,
      { method: 'POST', body: form },
    )
    const file = { touser: 'zhaoyi', msgtype: 'file', agentid: agentid(), file: { media_id: uploaded['media_id'] } }
    expect(await bot.call('message/send', file)).toMatchObject({ errcode: 0 })
    const [message] = phone('zhaoyi').messages
    expect(message?.file).toMatchObject({ name: '汇总表.docx', size: 11 })
    expect(wecom.file(message?.file?.id ?? '')?.data.toString()).toBe('PK workbook')
    life += 3 * 86_400_000 + 1000
    expect(await bot.call('message/send', file)).toMatchObject({ errcode: 40007 })
  })

  it('in groups by robot and by groups that the app makes', async () => {
    const said = { msgtype: 'text', text: { content: '已完成 3/6', mentioned_list: ['zhaoyi'] } }
    expect(
      await ask(`${wecom.base}/cgi-bin/webhook/send?key=key-college`, { method: 'POST', body: JSON.stringify(said) }),
    ).toMatchObject({ errcode: 0 })
    expect(wecom.groupChat('key-college')).toMatchObject([{ text: '已完成 3/6', mentioned: ['zhaoyi'] }])
    expect(
      await bot.call('appchat/create', { name: '机电群', userlist: ['zhaoyi', 'lisi'], chatid: 'g1' }),
    ).toMatchObject({ errcode: 0, chatid: 'g1' })
    expect(await bot.call('appchat/send', { chatid: 'g1', msgtype: 'text', text: { content: '好' } })).toMatchObject({
      errcode: 0,
    })
    expect(wecom.groups).toEqual([...groups, { key: 'g1', name: '机电群' }])
    expect(wecom.groupChat('g1')).toHaveLength(1)
  })

  it('once, where the bot asks for the duplicate check and sends the same bytes again', async () => {
    const checked = text('4月29日前', { enable_duplicate_check: 1, duplicate_check_interval: 1800 })
    await bot.call('message/send', checked)
    await bot.call('message/send', checked)
    expect(phone('zhaoyi').messages).toHaveLength(1)
    life += 1801_000
    await bot.call('message/send', checked)
    expect(phone('zhaoyi').messages).toHaveLength(2)
  })
})

describe('what the real WeCom would not take is refused and noted', () => {
  const refused: [string, () => unknown, number][] = [
    ['an agentid in quotes', () => ({ ...text('好'), agentid: String(agentid()) }), 40056],
    ['an unknown kind', () => ({ touser: 'zhaoyi', msgtype: 'post', agentid: agentid() }), 40008],
    ['an empty text', () => text(''), 44004],
    [
      'an unknown file',
      () => ({ touser: 'zhaoyi', msgtype: 'file', agentid: agentid(), file: { media_id: 'x' } }),
      40007,
    ],
    ['no receiver', () => text('好', { touser: '' }), 82001],
  ]
  it.each(refused)('%s', async (_, body, errcode) => {
    expect(await bot.call('message/send', body())).toMatchObject({ errcode })
    expect(wecom.violations).toHaveLength(1)
    expect(phone('zhaoyi').messages).toEqual([])
  })

  it('another card under a used task_id, while the same card again is the repeat of a lost answer', async () => {
    const card = cardFor('zhaoyi', agentid(), choice)
    expect(await bot.call('message/send', card)).toMatchObject({ errcode: 0 })
    expect(await bot.call('message/send', card)).toMatchObject({ errcode: 0 })
    expect(wecom.violations).toEqual([])
    expect(
      await bot.call('message/send', cardFor('zhaoyi', agentid(), { ...choice, main_title: { title: '别的' } })),
    ).toMatchObject({ errcode: 42014 })
    expect(wecom.violations).toHaveLength(1)
  })

  it('a text over 2048 bytes: it arrives cut, at a whole character', async () => {
    await bot.call('message/send', text('党'.repeat(700)))
    expect(phone('zhaoyi').messages[0]?.text).toBe('党'.repeat(682))
    expect(wecom.violations).toHaveLength(1)
  })

  it('the 31st message a minute to one member: it is dropped in silence', async () => {
    for (let n = 0; n < 31; n++) expect(await bot.call('message/send', text(`第${n}条`))).toMatchObject({ errcode: 0 })
    expect(phone('zhaoyi').messages).toHaveLength(30)
    expect(wecom.violations).toEqual([expect.stringContaining('30 messages a minute')])
  })

  it('a wrong secret, an unknown robot, a menu that is too long', async () => {
    expect(await ask(`${wecom.base}/cgi-bin/gettoken?corpid=${wecom.credentials.corpId}&corpsecret=no`)).toMatchObject({
      errcode: 40001,
    })
    expect(await ask(`${wecom.base}/cgi-bin/webhook/send?key=no`, { method: 'POST', body: '{}' })).toMatchObject({
      errcode: 93000,
    })
    const long = { button: [{ name: '一二三四五六', type: 'click', key: 'k' }] }
    expect(await bot.call('menu/create', long, `&agentid=${agentid()}`)).toMatchObject({ errcode: 40016 })
    expect(wecom.violations).toHaveLength(3)
    expect(JSON.stringify(wecom.violations)).not.toContain(wecom.credentials.secret)
  })

  it('a group robot that sends a card with buttons', async () => {
    const body = JSON.stringify({ msgtype: 'template_card', template_card: choice })
    expect(await ask(`${wecom.base}/cgi-bin/webhook/send?key=key-college`, { method: 'POST', body })).toMatchObject({
      errcode: 42031,
    })
  })
})

describe('faults', () => {
  it('an expired token is no violation, and a new one works', async () => {
    const { corpId, secret } = wecom.credentials
    const token = await ask(`${wecom.base}/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`)
    const address = `${wecom.base}/cgi-bin/getcallbackip?access_token=${String(token['access_token'])}`
    expect(await ask(address)).toMatchObject({ errcode: 0 })
    life += 7_201_000
    expect(await ask(address)).toMatchObject({ errcode: 42001 })
    wecom.revokeTokens()
    expect(await ask(address)).toMatchObject({ errcode: 40014 })
    expect(wecom.violations).toEqual([])
  })

  it('a lost answer had its effect, a reset and a refusal had none', async () => {
    const send = (fault: ReturnType<typeof wecom.fault>) => {
      wecom.fault = (call) => (call.path.endsWith('message/send') ? fault : undefined)
      return bot.call('message/send', text('好')).then(
        (answer) => answer.errcode,
        () => 'broken',
      )
    }
    expect(await send({ reset: true })).toBe('broken')
    expect(await send({ status: 502 })).toBe('broken')
    expect(await send({ errcode: -1 })).toBe(-1)
    expect(phone('zhaoyi').messages).toHaveLength(0)
    expect(await send({ loseAnswer: true })).toBe('broken')
    expect(phone('zhaoyi').messages).toHaveLength(1)
  })
})
