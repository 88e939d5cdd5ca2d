import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome, Parcel } from '../../../src/bot/messages/channel.ts'
import { dingtalk as program } from '../../../src/platforms/dingtalk/dingtalk.ts'
import { Door } from '../../../src/platforms/dingtalk/door.ts'
import { memoryLeases, memoryLog, memoryTokens, parcelTo } from '../../support/memory-parts.ts'
import { type EmulatedCard, fieldsOf, isClosed } from './emulated-cards.ts'
import { EmulatedDingtalk } from './emulated-dingtalk.ts'
import { memoryBot, scoreForm } from './parts.ts'

let dingtalk: EmulatedDingtalk
beforeEach(async () => {
  dingtalk = await EmulatedDingtalk.start(['dt1', 'dt2'])
})
afterEach(async () => {
  expect(dingtalk.violations).toEqual([])
  await dingtalk.stop()
})

const log = memoryLog()
const leases = memoryLeases().of('one')
const parts = () => ({ settings: dingtalk.settings(), tokens: memoryTokens(), leases, log, count: () => undefined })
const formFor = (account: string, count = 18): Parcel => parcelTo(account, { kind: 'card', card: scoreForm(count) })
async function send(parcel: Parcel, { channel } = program(parts())): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const request of channel.requests(parcel)) outcomes.push(await channel.send(request, parcel))
  return outcomes
}
const cards = (): EmulatedCard[] => [...dingtalk.cards.cards.values()]
async function cardFor(account: string): Promise<EmulatedCard> {
  await send(formFor(account))
  const card = cards().at(-1)
  if (!card) throw new Error('no card arrived')
  return card
}
const doorTo = (bot: ReturnType<typeof memoryBot>) =>
  new Door({ settings: dingtalk.settings(), receive: bot.receive, count: () => undefined, log })

describe('a form', () => {
  it('is one card with a number field an item, prefilled', async () => {
    expect(await send(formFor('dt1'))).toEqual([{ kind: 'sent' }])
    const fields = fieldsOf(cards()[0]?.params ?? {}).filter((field) => field.type === 'NUMBER')
    expect(fields).toHaveLength(18)
    expect(fields.every((field) => field.defaultValue === 5)).toBe(true)
    expect(fields[2]?.label).toMatch(/^3 /)
  })

  it('becomes two cards of nine where one is refused for its size', async () => {
    dingtalk.cards.largest = 1_100
    expect(await send(formFor('dt1'))).toEqual([{ kind: 'sent' }])
    const numbers = cards().map((card) =>
      fieldsOf(card.params)
        .filter((field) => field.type === 'NUMBER')
        .map((field) => field.name),
    )
    expect(numbers.map((names) => names.length)).toEqual([9, 9])
    expect(numbers.flat()).toEqual(Array.from({ length: 18 }, (_, i) => `i${i + 1}`))
  })

  it('comes once although the answer to the call was lost', async () => {
    let left = 1
    dingtalk.fault = (call) => (call.path.endsWith('createAndDeliver') && left-- > 0 ? { loseAnswer: true } : undefined)
    const parcel = formFor('dt1')
    expect(await send(parcel)).toMatchObject([{ kind: 'again', ambiguous: true }])
    expect(await send(parcel)).toEqual([{ kind: 'sent' }])
    expect(dingtalk.to('dt1')).toHaveLength(1)
  })

  it('that reached nobody although DingTalk says success is followed by words', async () => {
    dingtalk.fault = (call) => (call.path.endsWith('createAndDeliver') ? { undeliverable: true } : undefined)
    expect(await send(formFor('dt1'))).toEqual([{ kind: 'sent' }])
    expect(dingtalk.to('dt1')).toMatchObject([{ via: 'api', text: expect.stringContaining('软件教研室党支部') }])
  })

  it('in words is not tried as a card again when the words have to wait', async () => {
    dingtalk.fault = (call) =>
      call.path.endsWith('createAndDeliver')
        ? { undeliverable: true }
        : call.path.endsWith('batchSend')
          ? { page: 502 }
          : undefined
    const parcel = formFor('dt1')
    const one = program(parts())
    expect(await send(parcel, one)).toMatchObject([{ kind: 'again' }])
    dingtalk.fault = () => undefined
    expect(await send(parcel, one)).toEqual([{ kind: 'sent' }])
    expect(dingtalk.to('dt1').map((arrived) => arrived.via)).toEqual(['api'])
  })

  it.each([
    [
      'a missing permission',
      {
        fresh: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
        status: 403,
        message: '应用尚未开通所需的权限：[Card.Instance.Write]',
      },
    ],
    ['an unpublished template', { fresh: 'param.templateUnpublished', status: 400 }],
  ])('is put in words after %s', async (_, fault) => {
    dingtalk.fault = (call) => (call.path.includes('/card/') ? fault : undefined)
    expect(await send(formFor('dt1'))).toEqual([{ kind: 'sent' }])
    expect(dingtalk.to('dt1')).toMatchObject([{ via: 'api' }])
  })

  it('is not offered without a template, nor in HTTP mode without an address', () => {
    const can = (more: object) => program({ ...parts(), settings: dingtalk.settings(more) }).channel.can.forms
    expect(can({})).toBe(true)
    expect(can({ templateId: undefined })).toBe(false)
    expect(can({ mode: 'http' })).toBe(false)
    expect(can({ mode: 'http', publicUrl: 'https://bot.example' })).toBe(true)
  })
})

describe('a submitted form', () => {
  it('reaches the bot with its button and values, and the card shows the answer and closes', async () => {
    const bot = memoryBot('总分 98 分，定级：先进\n回复“提交”')
    const card = await cardFor('dt1')
    const answer = await doorTo(bot).card(dingtalk.submit(card, 'dt1', { i3: '3.5' }))
    dingtalk.cards.answered(card, answer?.response)
    await answer?.settle(true)
    expect(bot.heard).toMatchObject([
      { account: 'dt1', what: { kind: 'form', button: 'score:form:b17', values: { i1: 5, i3: '3.5' } } },
    ])
    expect(isClosed(card)).toBe(true)
    expect(card.params['text']).toContain('总分 98 分，定级：先进')
    expect(bot.settled).toEqual([true])
  })

  it.each([
    ['is too long for a card', '字'.repeat(500), true],
    ['did not go out', '总分 98 分', false],
  ])('whose answer %s gets it as a message', async (_, words, sent) => {
    const bot = memoryBot(words)
    const card = await cardFor('dt1')
    const answer = await doorTo(bot).card(dingtalk.submit(card, 'dt1'))
    dingtalk.cards.answered(card, answer?.response)
    await answer?.settle(sent)
    expect(isClosed(card)).toBe(true)
    expect(bot.settled).toEqual([false])
  })

  it('by somebody else stores and shows nothing', async () => {
    const bot = memoryBot('总分 98 分')
    const card = await cardFor('dt1')
    const answer = await doorTo(bot).card(dingtalk.submit(card, 'dt2', { i1: 0 }))
    expect(answer?.response).toEqual({})
    expect(bot.heard).toEqual([])
  })

  it('with an id or a button that somebody made up is dropped', async () => {
    const bot = memoryBot()
    const card = await cardFor('dt1')
    const own = Object(dingtalk.submit(card, 'dt1'))
    await doorTo(bot).card({ ...own, outTrackId: 'f'.repeat(64) })
    await doorTo(bot).card({ ...own, content: own.content.replace('b17', 'b18') })
    expect(bot.heard).toEqual([])
  })

  it('twice is one submit, and the card stays as it is', async () => {
    const bot = memoryBot('总分 98 分')
    const card = await cardFor('dt1')
    const submit = dingtalk.submit(card, 'dt1', { i1: 3 })
    for (let i = 0; i < 2; i++) dingtalk.cards.answered(card, (await doorTo(bot).card(submit))?.response)
    expect(bot.heard).toHaveLength(1)
    expect(card.params['text']).toBe('总分 98 分')
  })

  it('is known by either of the two fields in which captures hold it; a button of another card is noise', async () => {
    const bot = memoryBot()
    const card = await cardFor('dt1')
    const { content, ...rest } = Object(dingtalk.submit(card, 'dt1'))
    expect(await doorTo(bot).card(rest)).toBeDefined()
    expect(bot.heard).toHaveLength(1)
    const noise = JSON.stringify({ cardPrivateData: { actionIds: ['x'], params: { fromConfig: true } } })
    expect((await doorTo(bot).card({ ...rest, content: noise, value: noise }))?.response).toEqual({})
    expect(await doorTo(bot).card({ ...rest, value: 'no JSON' })).toBeUndefined()
    expect(content).toContain('cardPrivateData')
  })

  it('counts as a push of the month, like every message', async () => {
    const bot = memoryBot()
    const counted: string[] = []
    const count = (kind: string): void => void counted.push(kind)
    const door = new Door({ settings: dingtalk.settings(), receive: bot.receive, count, log })
    await door.card(dingtalk.submit(await cardFor('dt1'), 'dt1'))
    await door.robot(dingtalk.messages.text('dt1', '提交'))
    expect(counted).toEqual(['push', 'push'])
  })

  it('of drop-downs gives the values chosen', async () => {
    const bot = memoryBot()
    const card = scoreForm(1)
    card.ask.fields = [
      {
        name: 'branch',
        label: '支部',
        type: 'choice',
        value: 'b2',
        options: [
          { id: 'b1', text: '软件' },
          { id: 'b2', text: '网络' },
        ],
      },
      { name: 'seen', label: '情况', type: 'text' },
    ]
    await send(parcelTo('dt1', { kind: 'card', card }))
    const sent = cards().at(-1)
    if (!sent) throw new Error('no card arrived')
    await doorTo(bot).card(dingtalk.submit(sent, 'dt1', { seen: '正常', branch: { index: 0, value: 'b1' } }))
    expect(bot.heard).toMatchObject([{ what: { values: { branch: 'b1', seen: '正常' } } }])
  })
})
