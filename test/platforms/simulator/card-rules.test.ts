import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../../src/platforms/simulator/card-reading.ts'
import { readCard } from '../../../src/platforms/simulator/card-rules.ts'
import { ended, gallery } from '../../support/card-gallery.ts'

const words = Object.keys(gallery)
const made = (word: string) => ({ ...gallery[word]?.('task-1') })
const many = <T>(count: number, one: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => one(n))
const options = (count: number) => many(count, (n) => ({ id: `o${n}`, text: `${n}` }))
const ticks = (count: number) => many(count, (n) => ({ id: `o${n}`, text: `${n}`, is_checked: false }))
const button = (n: number) => ({ text: `${n}`, key: `k${n}` })

it.each(words)('takes a card of every kind with every block: %s', (word) => {
  expect(readCard(made(word))).toEqual({ card: made(word) })
})
it.each(words.filter((word) => word !== '图文'))('and what it becomes when it ends: %s', (word) => {
  expect(readCard(ended(made(word), '已提交'), { update: true })).not.toHaveProperty('errcode')
})

/** The kind of card, the change to it, the documented errcode, and the change in words. */
const refused: [string, object, number, string][] = [
  ['按钮', { card_type: 'form' }, 42031, 'an unknown kind'],
  ['按钮', { main_title: {} }, 42033, 'no title'],
  ['按钮', { task_id: undefined }, 42014, 'no task_id'],
  ['按钮', { task_id: '任务' }, 42014, 'characters in a task_id'],
  ['按钮', { task_id: 'x'.repeat(129) }, 42014, 'a long task_id'],
  ['按钮', { button_list: [] }, 42017, 'no button'],
  ['按钮', { button_list: many(7, button) }, 42017, 'seven buttons'],
  ['按钮', { button_list: [{ text: '好' }] }, 42039, 'a button without a key'],
  ['按钮', { button_list: [{ text: '', key: 'k' }] }, 42038, 'a button without a text'],
  ['按钮', { button_list: [button(1), button(1)] }, 42039, 'a key twice'],
  ['按钮', { button_list: [{ text: '好', key: '键'.repeat(342) }] }, 42039, 'a key of 1026 bytes'],
  ['按钮', { button_list: [{ ...button(1), style: 5 }] }, 40058, 'an unknown style'],
  ['按钮', { horizontal_content_list: many(7, (n) => ({ keyname: `${n}` })) }, 42035, 'seven rows'],
  ['按钮', { horizontal_content_list: [{ value: '无' }] }, 42027, 'a row without a name'],
  ['按钮', { horizontal_content_list: [{ keyname: '文件', type: 2 }] }, 42029, 'an attachment without a file'],
  ['按钮', { button_selection: { question_key: 'q', option_list: options(11) } }, 42037, 'eleven options'],
  ['按钮', { button_selection: { option_list: options(2) } }, 42043, 'no question_key'],
  ['按钮', { emphasis_content: { title: '1' } }, 40063, 'a block of another kind'],
  ['按钮', { colour: 'red' }, 40063, 'a block that does not exist'],
  ['按钮', { replace_text: '已提交' }, 40063, 'replace_text in a new card'],
  ['多选', { checkbox: undefined }, 42043, 'no checkbox'],
  ['多选', { checkbox: { question_key: 'q', option_list: ticks(21) } }, 42037, 'twenty-one options'],
  ['多选', { checkbox: { question_key: 'q', option_list: [...ticks(1), ...ticks(1)] } }, 42040, 'an option id twice'],
  [
    '多选',
    { checkbox: { question_key: 'q', option_list: [{ id: 'a', text: '', is_checked: true }] } },
    42041,
    'an empty option',
  ],
  ['多选', { checkbox: { question_key: 'q', option_list: [{ id: 'a', text: '一' }] } }, 40058, 'no is_checked'],
  ['多选', { checkbox: { question_key: 'q', disable: true, option_list: ticks(2) } }, 40063, 'disable in a new card'],
  ['多选', { submit_button: undefined }, 42049, 'no submit button'],
  ['多选', { submit_button: { text: '提交', key: '' } }, 42046, 'no submit key'],
  ['多选', { action_menu: { action_list: [button(1)] } }, 40063, 'a menu on a vote'],
  [
    '下拉',
    { select_list: many(4, (n) => ({ question_key: `q${n}`, option_list: options(2) })) },
    42047,
    'four selects',
  ],
  [
    '下拉',
    { select_list: many(2, () => ({ question_key: 'q', option_list: options(2) })) },
    42043,
    'a question_key twice',
  ],
  ['通知', { card_action: undefined }, 42045, 'no card_action'],
  ['通知', { card_action: { type: 0 } }, 42045, 'card_action of type 0'],
  ['通知', { card_action: { type: 1 } }, 42028, 'card_action without address'],
  ['通知', { main_title: undefined, sub_title_text: undefined }, 42033, 'neither title nor text'],
  ['通知', { jump_list: many(4, () => ({ title: '看', type: 0 })) }, 42042, 'four jumps'],
  ['通知', { action_menu: { action_list: [button(1), button(1)] } }, 42051, 'a menu key twice'],
  ['通知', { task_id: undefined }, 42014, 'a menu without a task_id'],
  ['图文', { vertical_content_list: many(5, () => ({ title: '看' })) }, 42036, 'five columns'],
  ['图文', { card_image: undefined, image_text_area: undefined }, 42044, 'no picture'],
]
describe('refuses, with the documented code,', () => {
  it.each(refused)('%s with %j: %i (%s)', (word, change, errcode) => {
    const card = Object.fromEntries(
      Object.entries({ ...made(word), ...change }).filter(([, value]) => value !== undefined),
    )
    expect(readCard(card)).toMatchObject({ errcode })
  })
})

it('never fails on anything else', () => {
  fc.assert(fc.property(fc.anything(), (body) => 'errcode' in readCard(body)))
})

it('reads a card as a person does, every word of it in order', () => {
  const result = readCard(made('按钮'))
  if ('errcode' in result) throw new Error(result.reason)
  const read = '评分 第17项_群众评议 软件教研室党支部 本项10分。 自评_10分 得分 9分 8分 确定 上一步 取消 稍后'
  expect(textOf(result.card).split('\n')).toEqual(read.split(' ').map((words) => words.replace('_', ' ')))
})
