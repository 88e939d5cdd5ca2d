import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ask, Card } from '../../../src/bot/messages/message.ts'
import { adviceOn, buttonsOf, preset, textOf } from '../../../src/platforms/simulator/card-reading.ts'
import { readCard } from '../../../src/platforms/simulator/card-rules.ts'
import { renderCard } from '../../../src/platforms/wecom/cards.ts'

const words = (most: number, least = 1) =>
  fc
    .array(fc.constantFrom('支', '部', '分', '一', '5', '。'), { minLength: least, maxLength: most })
    .map((all) => all.join(''))
/** Lists in which ids and labels differ. */
const options = (most: number) =>
  fc
    .array(words(20), { minLength: 1, maxLength: most })
    .map((texts) => texts.map((text, i) => ({ id: `o${i}`, text: `${i}${text}` })))
const button = (i: number, text: string) => ({ text: `${i}${text}`, key: `score:k:${i}` })
const submit = { text: '下一步', key: 'score:ticked', style: 'primary' as const }
const ask: fc.Arbitrary<Ask> = fc.oneof(
  fc.record({
    kind: fc.constant('buttons' as const),
    buttons: fc
      .array(words(14), { minLength: 1, maxLength: 6 })
      .map((texts) => texts.map((text, i) => button(i, text))),
  }),
  fc.record({
    kind: fc.constant('buttons' as const),
    buttons: fc.constant(submit).map((one) => [one]),
    selection: options(10).map((all) => ({ question: 'q', title: '得分', options: all, selected: 'o0' })),
  }),
  fc.record({
    kind: fc.constant('checklist' as const),
    question: fc.constant('items'),
    options: options(20).map((all) => all.map((one, i) => ({ ...one, ticked: i % 2 === 0 }))),
    submit: fc.constant(submit),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    question: fc.constant('branch'),
    options: options(20),
    submit: fc.constant(submit),
  }),
)
const anyCard: fc.Arbitrary<Card> = fc.record(
  {
    title: words(50),
    desc: words(200),
    rows: fc.array(fc.record({ name: words(8), value: words(40) }), { maxLength: 9 }),
    text: words(250),
    ask,
    closed: fc.constantFrom('已提交', '这张卡片已经被别的卡片代替'),
  },
  { requiredKeys: ['title'] },
)

const accepted = (template: object, update: boolean) => {
  const read = readCard(template, { update })
  if ('errcode' in read) throw new Error(`${read.errcode} ${read.reason}`)
  return read.card
}

describe('a card as WeCom gets it', () => {
  it('is taken by WeCom, within all advised lengths, new and as an update', () => {
    fc.assert(
      fc.property(anyCard, fc.boolean(), (card, update) => {
        const { template } = renderCard(card, update ? 'update' : { taskId: 'row-1' })
        if (!template) return
        expect(adviceOn(accepted(template, update))).toEqual([])
        expect(template.task_id).toBe(update ? undefined : 'row-1')
      }),
    )
  })

  it('loses nothing: what it does not show stands in the text before it', () => {
    fc.assert(
      fc.property(anyCard, fc.boolean(), (card, update) => {
        const { text, template } = renderCard(card, update ? 'update' : { taskId: 'row-1' })
        const shown = `${text}\n${template ? textOf(accepted(template, update)) : ''}`
        const { ask: asked } = card
        const labels = asked?.kind === 'checklist' || asked?.kind === 'list' ? asked.options.map((one) => one.text) : []
        const open = asked?.kind === 'buttons' && card.closed === undefined
        const buttons = open ? [...asked.buttons, ...(asked.selection?.options ?? [])].map((one) => one.text) : []
        const rows = (card.rows ?? []).flatMap(({ name, value }) => [name, value])
        const closed = card.closed === undefined ? [] : [card.closed]
        const parts = [card.title, card.desc, card.text, ...rows, ...closed]
        for (const part of parts) if (part) expect(shown).toContain(part)
        if (template) for (const label of [...labels, ...buttons]) expect(shown).toContain(label)
      }),
    )
  })

  it('keeps the order of its rows, and all of them together', () => {
    fc.assert(
      fc.property(anyCard, fc.boolean(), (card, update) => {
        const { text, template } = renderCard(card, update ? 'update' : { taskId: 'row-1' })
        const rows = (card.rows ?? []).map(({ name, value }) => `${name} ${value}`)
        const places = [text, template ? textOf(accepted(template, update)) : '']
        expect(places.some((place) => place.includes(rows.join('\n')))).toBe(true)
      }),
    )
  })
})

describe('what a tap on it sends', () => {
  const base = { title: '软件教研室' }
  it('of buttons: the key of the button', () => {
    const card: Card = { ...base, ask: { kind: 'buttons', buttons: [{ text: '提交', key: 'score:submit:b17' }] } }
    const { template } = renderCard(card, { taskId: 't' })
    expect(buttonsOf(accepted(template ?? {}, false))).toEqual([{ text: '提交', key: 'score:submit:b17' }])
  })

  it('of a checklist: what is ticked, several of them', () => {
    const all = ['3 思想', '4 作风'].map((text, i) => ({ id: `i${i}`, text, ticked: i === 1 }))
    const { template } = renderCard(
      { ...base, ask: { kind: 'checklist', question: 'items', options: all, submit } },
      { taskId: 't' },
    )
    const card = accepted(template ?? {}, false)
    expect(card).toMatchObject({ card_type: 'vote_interaction', checkbox: { mode: 1 } })
    expect(preset(card)).toEqual({ items: ['i1'] })
  })

  it('of a list: one of them, and nothing before it is chosen', () => {
    const all = Array.from({ length: 20 }, (_, i) => ({ id: `b${i}`, text: `支部${i}` }))
    const { template } = renderCard(
      { ...base, ask: { kind: 'list', question: 'branch', options: all, submit } },
      { taskId: 't' },
    )
    const card = accepted(template ?? {}, false)
    expect(card).toMatchObject({ card_type: 'vote_interaction', checkbox: { mode: 0 } })
    expect(preset(card)).toEqual({ branch: [] })
  })

  it('of a card that is over: nothing, one grey button says why', () => {
    const card: Card = { title: '已提交', text: '软件教研室 总分 95 分', closed: '已提交' }
    const { template } = renderCard(card, 'update')
    expect(accepted(template ?? {}, true).replace_text).toBe('已提交')
    expect(buttonsOf(accepted(template ?? {}, true))).toEqual([])
  })
})

describe('what no card can express is text', () => {
  it.each<[string, Card]>([
    ['a card that asks nothing', { title: '已提交', text: '总分 95 分', words: '继续请回复“评分”。' }],
    ['a closed one that replaces nothing', { title: '评分', text: '总分 95 分', closed: '已提交' }],
    [
      'seven buttons',
      {
        title: '评分',
        text: '总分 95 分',
        ask: { kind: 'buttons', buttons: [1, 2, 3, 4, 5, 6, 7].map((i) => button(i, '分')) },
      },
    ],
    [
      'two buttons of one key',
      { title: '评分', text: '总分 95 分', ask: { kind: 'buttons', buttons: [submit, { ...submit, text: '修改' }] } },
    ],
    ['a form', { title: '评分', text: '总分 95 分', ask: { kind: 'form', fields: [], submit } }],
  ])('%s', (_, card) => {
    const { text, template } = renderCard(card, { taskId: 't' })
    expect(template).toBeUndefined()
    expect(text).toContain(card.title)
    expect(text).toContain('总分 95 分')
    if (card.closed) expect(text).toContain(card.closed)
    if (card.words) expect(text).toContain(card.words)
  })
})
