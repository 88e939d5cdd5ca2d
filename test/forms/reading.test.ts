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
