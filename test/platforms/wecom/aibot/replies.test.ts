import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InPlace } from '../../../../src/bot/messages/channel.ts'
import type { Card, Message } from '../../../../src/bot/messages/message.ts'
import { messageAnswer, newCard, tapAnswer, welcomeAnswer } from '../../../../src/platforms/wecom/aibot/replies.ts'
import { aibotUrlChannel } from '../../../../src/platforms/wecom/aibot/url-channel.ts'
import { memoryLog, parcelTo } from '../../../support/memory-parts.ts'
import { card, checklist, confirmation, long, submitted, text } from './cards.ts'
import { adviceOn, readReply, readUpdate } from './emulated-replies.ts'

const words = fc.string({ unit: 'grapheme', maxLength: 400 })
const anyCard: fc.Arbitrary<Card> = fc.oneof(
  fc.constantFrom(confirmation, submitted, checklist, long),
  fc.record({
    title: words.map((title) => title || '题目'),
    desc: words,
    text: words,
    rows: fc.array(fc.record({ name: fc.string({ maxLength: 6 }), value: words }), { maxLength: 8 }),
    ask: fc.array(fc.string({ minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 8 }).map((labels) => ({
      kind: 'buttons' as const,
      buttons: labels.map((label, i) => ({ text: label, key: `k${i}` })),
    })),
  }),
)
const anyMessage: fc.Arbitrary<Message> = fc.oneof(
  words.map((one) => text(one || '话')),
  fc.integer({ min: 1, max: 30_000 }).map((length) => text('字'.repeat(length))),
  anyCard.map(card),
)
const places = (messages: readonly Message[]): InPlace[] =>
  messages.map((message) => ({ parcel: parcelTo('lisi', message), settle: async () => undefined }))

describe('whatever the bot has to say', () => {
  it('is an answer that WeCom takes, and no card is cut on a phone', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { minLength: 1, maxLength: 4 }), fc.boolean(), (messages, begun) => {
        const all = places(messages)
        const answer = messageAnswer('s', all, { begun })
        expect(answer?.carried).toEqual(all)
        const reply = readReply(answer?.body, [
          'stream',
          'stream_with_template_card',
          ...(begun ? [] : (['template_card'] as const)),
        ])
        expect(reply.stream?.finish ?? true).toBe(true)
        if (reply.card) expect(adviceOn(reply.card)).toEqual([])
      }),
    )
  })

  const offering: Card = {
    title: '软件教研室',
    ask: { kind: 'buttons', buttons: ['提交', '修改'].map((label) => ({ text: label, key: label })) },
  }
  it('offers a card in words by names, because no number is a choice where cards are shown', () => {
    const welcome = welcomeAnswer(places([text('您好'), card(offering)]))
    expect(JSON.stringify(welcome?.body)).toMatch(/· 提交\\n· 修改\\n请回复名称。/)
    expect(JSON.stringify(messageAnswer('s', places([card(offering), card(submitted)]))?.body)).not.toMatch(/1\. 提交/)
  })

  it('is a welcome that WeCom takes', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { minLength: 1, maxLength: 3 }), (messages) => {
        const all = places(messages)
        expect(welcomeAnswer(all)?.carried).toEqual(all)
        expect(() => readReply(welcomeAnswer(all)?.body, ['text', 'template_card'])).not.toThrow()
      }),
    )
  })

  it('changes a tapped card whole, or is told by a message of its own', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { minLength: 1, maxLength: 3 }), (messages) => {
        const answer = tapAnswer('task', places(messages))
        if (!answer) return
        const { card: changed } = readUpdate(answer.body, 'task')
        expect(adviceOn(changed)).toEqual([])
        const [carried] = answer.carried
        expect(carried?.parcel.message).toEqual(messages.findLast(({ kind }) => kind === 'card'))
      }),
    )
  })

  it('does not change the card where only a part of it would stand there', () => {
    expect(tapAnswer('task', places([card(long)]))).toBeUndefined()
  })

  it('is one message where a response_url takes one', () => {
    const channel = aibotUrlChannel(memoryLog())
    fc.assert(
      fc.property(anyMessage, (message) => {
        const [request, ...more] = channel.requests(parcelTo('lisi', message))
        expect(more).toEqual([])
        expect(() => readReply(JSON.parse(request?.body ?? ''), ['markdown', 'template_card'])).not.toThrow()
      }),
    )
  })
})

it('the same parcel gives the same card, and another one another task_id', () => {
  const [one, same, other] = ['p1', 'p1', 'p2'].map((id) => newCard(confirmation, id).template)
  expect(one).toEqual(same)
  expect(one?.task_id).not.toBe(other?.task_id)
})

it('files alone are no answer', () => {
  const file: Message = { kind: 'file', order: { document: 'attachment-2', with: {} } }
  expect([messageAnswer('s', places([file])), tapAnswer('t', places([file, text('完')]))]).toEqual([
    undefined,
    undefined,
  ])
})
