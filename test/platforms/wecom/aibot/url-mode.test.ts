import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buttonsOf } from '../../../../src/platforms/simulator/card-reading.ts'
import { card, checklist, confirmation, long, submitted, text } from './cards.ts'
import { type UrlCollege, urlCollege } from './url-college.ts'

let college: UrlCollege
let platform: UrlCollege['platform']
let bot: UrlCollege['bot']
let phone: UrlCollege['phone']
let shown: UrlCollege['shown']

beforeEach(async () => {
  college = await urlCollege()
  ;({ platform, bot, phone, shown } = college)
})
afterEach(async () => {
  await college.close()
  expect([...platform.violations, ...platform.aibot.screen.advice]).toEqual([])
})

describe('an answer', () => {
  it('of one text goes out in the answer of the callback', async () => {
    bot.answers = () => [text('收到')]
    await phone.asks('你好', /收到/)
    expect(platform.responseUrls.calls).toBe(0)
    expect(shown()).toEqual(['收到'])
  })

  it('of several texts and a card is one message with the card below it', async () => {
    bot.answers = () => [text('第一段'), text('第二段'), card(confirmation)]
    await phone.asks('评分 软件教研室 全部满分', /提交/)
    expect(shown()[0]).toBe('第一段\n\n第二段')
    expect(phone.card(/总分 95 分/).card.button_list?.map((button) => button.text)).toEqual(['提交', '修改'])
    expect(shown()).toHaveLength(2)
    expect(platform.responseUrls.calls).toBe(0)
  })

  it('that fits on no card goes out in words', async () => {
    bot.answers = () => [card(long)]
    await phone.asks('月报', /走访/)
    expect(shown().join('\n')).toContain('走访了支部，'.repeat(60))
  })

  it('of two cards shows the earlier one in words', async () => {
    bot.answers = () => [card(checklist), card(confirmation)]
    await phone.asks('评分', /总分/)
    expect(shown()[0]).toContain('逐项评分')
    expect(phone.card().text).toContain('总分 95 分')
  })

  it('over 20,480 bytes says that it is not all', async () => {
    bot.answers = () => [text('字'.repeat(9000))]
    await phone.asks('细则', /放不下/)
    expect(shown()[0]?.startsWith('字'.repeat(6000))).toBe(true)
  })

  it('with a file says nothing of the file, which is no more than a dead letter here', async () => {
    bot.answers = () => [text('汇总表在下面'), { kind: 'file', order: { document: 'attachment-2', with: {} } }]
    await phone.asks('汇总表', /汇总表/)
    await bot.idle()
    expect(bot.dead).toEqual(['no-files-by-url'])
  })

  it('to an opened chat is its welcome: the card where it is just that, else a text', async () => {
    bot.answers = () => [card(confirmation)]
    await phone.opens()
    await phone.reads(/总分/)
    expect(phone.card().taskId).toBeDefined()
    bot.answers = () => [text('您好'), card(confirmation)]
    await phone.opens()
    await phone.reads(/您好[\s\S]*总分 95 分/)
    expect(phone.news).toHaveLength(1)
  })

  it('to what is no text is polite', async () => {
    bot.answers = ({ what }) => [text(what.kind === 'unreadable' ? '请用文字' : '收到')]
    for (const kind of ['image', 'video'] as const) await platform.aibot.sends('lisi', 'a', Buffer.alloc(9), kind)
    await platform.aibot.mixes('lisi', [])
    expect(shown()).toEqual(['请用文字', '请用文字', '请用文字'])
    await platform.aibot.mixes('lisi', ['走访了支部'])
    await platform.aibot.speaks('lisi', '评分 软件教研室 全部满分')
    expect(bot.texts.slice(3)).toEqual(['走访了支部', '评分 软件教研室 全部满分'])
  })

  it('to an opinion is none', async () => {
    await platform.aibot.rates('lisi')
    expect(bot.heard).toEqual([])
  })
})

describe('in a group', () => {
  it('the bot answers there, and a tapped card changes there', async () => {
    bot.answers = ({ what }) => [card(what.kind === 'tap' ? submitted : confirmation)]
    await platform.aibot.says('lisi', '进度', { group: 'g1' })
    expect(bot.heard[0]).toMatchObject({ group: 'g1', what: { kind: 'text', text: '@党建助手 进度' } })
    const [, shownCard] = platform.aibot.groupChat('g1')
    await platform.aibot.taps('zhaoyi', shownCard?.id ?? 0, { key: 'submit', group: 'g1' })
    expect(platform.aibot.groupChat('g1')[1]?.closed).toBe('已提交')
    expect(bot.heard[1]).toMatchObject({ account: 'zhaoyi', group: 'g1' })
    expect(platform.aibot.chatOf('zhaoyi')).toEqual([])
  })
})

describe('a tap', () => {
  beforeEach(async () => {
    bot.answers = () => [card(confirmation)]
    await phone.asks('评分', /总分/)
  })

  it('changes the card in the answer', async () => {
    bot.answers = () => [card(submitted)]
    await phone.taps('提交')
    await phone.reads(/已提交/)
    expect(phone.messages.map(({ closed }) => closed)).toEqual(['已提交'])
    expect(bot.heard[1]?.what).toEqual({ kind: 'tap', button: 'submit', picked: {} })
    expect(platform.responseUrls.calls).toBe(0)
  })

  it('to which the answer is words is told by a message of its own', async () => {
    bot.answers = () => [text('请写原因')]
    await phone.taps('修改')
    await phone.reads(/请写原因/)
    expect(platform.responseUrls.calls).toBe(1)
  })

  it('to which the answer is a card and words gets both', async () => {
    bot.answers = () => [card(submitted), text('还有两件事。')]
    await phone.taps('提交')
    await phone.reads(/还有两件事/)
    expect(phone.messages[0]?.closed).toBe('已提交')
    expect(platform.responseUrls.calls).toBe(1)
  })

  it('to which the answer is a card and several words gets all of them', async () => {
    bot.answers = () => [card(submitted), text('还有两件事。'), text('通知一则。')]
    await phone.taps('提交')
    await phone.reads(/还有两件事[\s\S]*通知一则/)
    expect(bot.dead).toEqual([])
  })

  it('of a checklist says what is still ticked', async () => {
    bot.answers = () => [card(checklist)]
    await phone.taps('修改')
    await phone.reads(/逐项评分/)
    bot.answers = ({ what }) => [text(what.kind === 'tap' ? Object.values(what.picked).flat().join() : '')]
    await phone.taps('下一步', { untick: ['3'] })
    await phone.reads(/i1,i2,i4/)
  })
})

it('a roster that somebody sends has its name, and is decrypted with the key of the settings', async () => {
  const data = Buffer.from('名册'.repeat(1000))
  await platform.aibot.sends('zhouzubu', '名册 2022.xlsx', data)
  const what = bot.heard[0]?.what
  expect(what).toMatchObject({ kind: 'file', name: '名册 2022.xlsx' })
  const token = what?.kind === 'file' ? what.token : ''
  expect(Buffer.from(await college.aibot.download(token)).equals(data)).toBe(true)
  platform.files.expire()
  await expect(college.aibot.download(token)).rejects.toThrow('404')
})

it('buttons of the platform’s card are those of the bot’s', async () => {
  bot.answers = () => [card(checklist)]
  await phone.asks('评分', /逐项/)
  expect(buttonsOf(phone.card().card)).toEqual([{ text: '下一步', key: 'next' }])
})
