import type { Card, Message } from '../../../../src/bot/messages/message.ts'

/** Cards as handlers make them. */

export const text = (words: string): Message => ({ kind: 'text', text: words })
export const card = (one: Card): Message => ({ kind: 'card', card: one })

export const confirmation: Card = {
  title: '软件教研室党支部',
  desc: '总支评分',
  rows: [
    { name: '一', value: '5 5 4.5 5 ＝19.5' },
    { name: '合计', value: '95 先进' },
  ],
  text: '总分 95 分，定级：先进。',
  ask: {
    kind: 'buttons',
    buttons: [
      { text: '提交', key: 'submit', style: 'primary' },
      { text: '修改', key: 'change' },
    ],
  },
  words: '回复“提交”或“修改”。',
}
export const submitted: Card = { title: '软件教研室党支部', text: '已提交：总分 95 分，定级：先进。', closed: '已提交' }
export const checklist: Card = {
  title: '逐项评分',
  desc: '软件教研室党支部：打勾的得满分',
  ask: {
    kind: 'checklist',
    question: 'items',
    options: Array.from({ length: 18 }, (_, i) => ({ id: `i${i + 1}`, text: `${i + 1} 班子建设`, ticked: true })),
    submit: { text: '下一步', key: 'next' },
  },
}
/** This text does not fit on a card, so it is sent in words. */
export const long: Card = { ...confirmation, text: '走访了支部，'.repeat(60) }
