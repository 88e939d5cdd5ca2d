import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { DayRules } from '../../src/campaign/reading/said-day.ts'
import { asksFields, day, nothingFilled, number, showsFields, words } from '../../src/forms/fields.ts'
import { readFields, rewritten } from '../../src/forms/reading.ts'

const fields = {
  day: day('日期'),
  books: number('本数', { from: 1, to: 200, measure: '本' }),
  thoughts: words('心得', { labels: ['体会', '感想'], none: true }),
}
const days: DayRules = {
  today: Temporal.PlainDate.from('2022-06-15'),
  starts: Temporal.PlainDate.from('2022-04-02'),
  ends: Temporal.PlainDate.from('2022-12-31'),
  happened: true,
}
const read = (text: string, before = nothingFilled) => readFields(text, fields, { before, days })
const known = { words: { day: '2022-06-10', books: '3', thoughts: '都有收获' } }

describe('one text over several fields', () => {
  it.each([
    '日期：6月10日，本数：3本，心得：都有收获',
    '6月10日共读3本，心得：都有收获',
    '上周五读了三本。体会：都有收获',
    '6月10日，3本，都有收获',
  ])('%s', (text) => {
    const { fields: filled, say } = read(text)
    expect({ ...filled.words, say }).toEqual({ ...known.words, thoughts: expect.stringContaining('都有收获') })
  })

  it.each<[said: string[], day: string | undefined, books: string | undefined, thoughts: string | undefined]>([
    [['6月10日', '3本', '都有收获'], '2022-06-10', '3', '都有收获'],
    [['都有收获', '6月10日，3本'], '2022-06-10', '3', '都有收获'],
    [['6月10日，3本', '无'], '2022-06-10', '3', '无'],
    [['无'], undefined, undefined, '无'],
    [['读书活动', '很好'], undefined, undefined, '读书活动\n很好'],
    [['体会：好', '很好'], undefined, undefined, '好\n很好'],
    [['3本', '又读了2本书'], undefined, '3', '又读了2本书'],
    [['日期：6月10日', '6月11日'], '2022-06-11', undefined, undefined],
    [['三本'], undefined, '3', undefined],
    [['6月10日，共读三本，体会：好。感想：很好'], '2022-06-10', '3', '好。\n很好'],
    [['1、日期：6月10日\n2、本数：3本\n3、心得：好'], '2022-06-10', '3', '好'],
    [['心得： ，；、好，很好；、 '], undefined, undefined, '好，很好'],
    [['心得：，；、 '], undefined, undefined, undefined],
    [['心得：无。', '很好'], undefined, undefined, '很好'],
    [['心得：没什么特别的', '很好'], undefined, undefined, '没什么特别的\n很好'],
    [['心得：困难都没有', '很好'], undefined, undefined, '困难都没有\n很好'],
    [[' ，；、读书活动，很好；、 '], undefined, undefined, '读书活动，很好'],
  ])('%j', (said, on, books, thoughts) => {
    const { words } = said.reduce((before, text) => read(text, before).fields, nothingFilled)
    expect(words).toEqual({
      ...(on === undefined ? {} : { day: on }),
      ...(books === undefined ? {} : { books }),
      ...(thoughts === undefined ? {} : { thoughts }),
    })
  })

  it('leaves a sentence whole from which a value is taken', () => {
    expect(read('6月10日在图书馆组织全体党员共读3本书，都有收获').fields.words).toEqual({
      ...known.words,
      thoughts: '6月10日在图书馆组织全体党员共读3本书，都有收获',
    })
  })

  it.each([
    ['6月30日，3本', /“6月30日”还没到/],
    ['6月10日和6月11日，3本', /“6月10日”和“6月11日”，应是哪一天/],
    ['6月10日，0本', /本数收到“0本”，应在1到200之间/],
    ['本数：很多', /本数：“很多”没有读懂/],
  ])('asks back what cannot be taken: %s', (text, question) => {
    const { fields: filled, say } = read(text)
    expect(say).toMatch(question)
    expect(filled.words).not.toHaveProperty('thoughts')
  })

  it('a bare value corrects one that is known; within a sentence it is own words', () => {
    expect(read('改成4本', known).fields.words).toEqual({ ...known.words, books: '4' })
    expect(read('另读了2本', known).fields.words).toEqual({ ...known.words, thoughts: '都有收获\n另读了2本' })
  })

  it('writes one part anew, and reads all of it back', () => {
    const { fields: filled } = rewritten('6月12日', 'day', { fields, on: { before: known, days } })
    expect(showsFields(fields, filled)).toEqual(['日期：6月12日（周日）', '本数：3本', '心得：都有收获'])
    expect(rewritten('下周', 'day', { fields, on: { before: known, days } })).toEqual({
      fields: known,
      say: '日期：“下周”没有读懂，请写成“日期：6月10日”。',
    })
  })

  it('asks for all that is missing in one question', () => {
    expect(asksFields('2季度读书月', fields, read('3').fields)).toBe(
      '2季度读书月：已记下，还差日期、心得（没有请写“无”）。一条消息即可，如“日期：6月10日，心得：…”。',
    )
  })
})

describe('a report in own words', () => {
  const report = {
    done: words('完成情况', { labels: ['情况'] }),
    problems: words('存在问题', { labels: ['问题'], none: true }),
    next: words('下步打算', { labels: ['打算'], none: true }),
  }
  /** The three parts, and what is kept as a doubt. */
  const told = (...said: string[]): (string | undefined)[] => {
    const filled = said.reduce((before, text) => readFields(text, report, { before, days }).fields, nothingFilled)
    const { done, problems, next } = filled.words
    return [done, problems, next, ...(filled.doubt === undefined ? [] : [filled.doubt])]
  }

  it.each([
    '完成情况：甲；存在问题：乙；下步打算：丙',
    '完成情况：甲，存在问题：乙，下步打算：丙',
    '完成情况：甲 存在问题：乙 下步打算：丙',
    '完成情况 甲\n存在问题 乙\n下步打算 丙',
    '完成情况是甲，存在问题是乙，下步打算是丙',
    '下步打算：丙\n完成情况：甲\n主要问题：乙',
    '1、完成情况：甲\n2、存在问题：乙\n3、下步打算：丙',
    '1.完成情况：甲\n2.存在问题：乙\n3.下步打算：丙',
    '一、完成情况：甲 二、存在问题：乙 三、下步打算：丙',
    '（一）完成情况：甲；（二）存在问题：乙；（三）下步打算：丙',
  ])('%j has three parts', (text) => expect(told(text)).toEqual(['甲', '乙', '丙']))

  it.each<[said: string[], done: string | undefined, problems: string | undefined, next: string | undefined]>([
    [['按期完成'], '按期完成', undefined, undefined],
    [['按期完成。问题：人手不足'], '按期完成。', '人手不足', undefined],
    [['情况很好，问题：没有'], '情况很好', '没有', undefined],
    [['问题不大'], undefined, '问题不大', undefined],
    [['完成情况：问题解决了，问题：乙'], '问题解决了', '乙', undefined],
    [['完成情况是否达标不清楚'], '是否达标不清楚', undefined, undefined],
    [['完成情况：共3、4次，存在问题：乙'], '共3、4次', '乙', undefined],
    [['完成情况：', '甲'], '甲', undefined, undefined],
    [['完成情况：甲', '完成情况：乙'], '甲\n乙', undefined, undefined],
    [['完成情况：甲', '完成情况：甲'], '甲', undefined, undefined],
    [['按期完成', '无'], '按期完成', '无', '无'],
    [['无'], undefined, '无', '无'],
    [['按期完成', '存在问题：人手不足', '无'], '按期完成', '人手不足', '无'],
    [['按期完成', '存在问题：人手不足', '继续努力'], '按期完成', '人手不足', '继续努力'],
    [['完成情况：甲。打算：乙', '丙'], '甲。', '丙', '乙'],
    [['完成情况：甲。打算：乙', '没有'], '甲。', '无', '乙'],
    [['存在问题：无', '完成情况：甲', '存在问题：乙'], '甲', '乙', undefined],
  ])('%j', (said, ...parts) => expect(told(...said)).toEqual(parts))

  it('keeps words that may belong to either part, asks, and takes the answer', () => {
    expect(told('完成情况：甲', '丁', '又一句')).toEqual(['甲', undefined, undefined, '丁\n又一句'])
    expect(told('完成情况：甲', '丁', '存在问题')).toEqual(['甲', '丁', undefined])
    expect(told('完成情况：甲', '丁', '下步打算。')).toEqual(['甲', undefined, '丁'])
    expect(told('完成情况：甲', '丁', '不要')).toEqual(['甲', undefined, undefined])
    expect(told('完成情况：甲。问题：乙。打算：丙', '丁')).toEqual(['甲。', '乙。', '丙', '丁'])
    expect(asksFields('月报', report, { words: { done: '甲' }, doubt: '丁' })).toBe(
      '月报：“丁”还不知道属于哪一部分，已留着。请回复“存在问题”或“下步打算”；不用写进去请回复“不要”。',
    )
  })
})
