import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCard, readChange } from '../../src/campaign/reading/read-scores.ts'
import { fullMarks, isScore, itemsOf, type Rubric, totalOf } from '../../src/campaign/scores/rubric.ts'
import { notations, scoresOf, separators } from './notations.ts'
import { decimal, eighteen, tenths, twelve } from './rubrics.ts'

const rubrics: readonly [string, Rubric][] = [
  ['18 items of 5 and 10 points with halves', eighteen],
  ['12 items of 8 whole points', twelve],
  ['7 items of 10 to 20 points with quarters', decimal],
  ['5 items of 3 points with tenths', tenths],
]

describe.each(rubrics)('with %s', (_, rubric) => {
  it.each(notations)('every card written as $name is read as it was meant', ({ write, fits }) => {
    const written = scoresOf(rubric)
      .filter((scores) => fits?.(scores, rubric) ?? true)
      .chain((scores) => write(scores, rubric).map((text) => ({ scores, text })))
    fc.assert(
      fc.property(written, ({ scores, text }) => {
        expect(readCard(text, rubric)).toMatchObject({ kind: 'scores', scores })
      }),
      { numRuns: 60 },
    )
  })

  it('a number that is wrong is never read as another one', () => {
    const wrong = fc.oneof(fc.integer({ min: 0, max: 120 }), fc.constantFrom(4.3, 0.1, 5.55, 10.5))
    const corrupted = fc.tuple(scoresOf(rubric), fc.nat(), wrong, separators)
    fc.assert(
      fc.property(corrupted, ([scores, where, value, by]) => {
        const at = where % scores.length
        const typed = scores.with(at, value)
        const item = itemsOf(rubric)[at]
        const reading = readCard(typed.join(by), rubric)
        if (item && isScore(value, item, rubric)) expect(reading).toMatchObject({ kind: 'scores', scores: typed })
        else
          expect(reading).toMatchObject({
            kind: 'unread',
            scores: typed.map((score, i) => (i === at ? null : score)),
            item: at + 1,
          })
      }),
    )
  })

  it('an item named twice or not in the rubric is never read', () => {
    const items = itemsOf(rubric)
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: items.length }),
        fc.integer({ min: 1, max: items.length + 20 }),
        (one, other) => {
          const reading = readCard(`除${one}扣1、${other}扣2，其余满分`, rubric)
          expect(reading.kind).toBe(one === other || other > items.length ? 'unread' : 'scores')
        },
      ),
    )
  })

  it('a stated total that does not fit is never taken', () => {
    fc.assert(
      fc.property(scoresOf(rubric), fc.integer({ min: 1, max: 20 }), (scores, off) => {
        expect(readCard(`${scores.join(' ')} 总分${totalOf(scores) + off}`, rubric).kind).toBe('unread')
      }),
    )
  })

  it('a number too many or a word too many is never taken', () => {
    fc.assert(
      fc.property(scoresOf(rubric), fc.constantFrom(' 3', '，很好', ' 3项可疑', ' x'), (scores, surplus) => {
        fc.pre(totalOf(scores) !== 3)
        expect(readCard(scores.join(' ') + surplus, rubric).kind).not.toBe('scores')
      }),
    )
  })

  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          '除',
          '3',
          '5',
          '10',
          '15',
          '4.5',
          '五',
          '十',
          '扣',
          '得',
          '其余',
          '满分',
          '全部',
          '各',
          '都',
          '、',
          '，',
          ' ',
          '\n',
          '第',
          '项',
          '总分',
          '=',
          ':',
          '至',
          '-',
          '和',
          '分别',
          '从',
          '改',
          '前',
          '后',
          ...rubric.sections.map(({ name }) => name),
          '好',
        ),
        { maxLength: 24 },
      )
      .map((words) => words.join('')),
  )
  it('whatever is typed, what is read are scores that the rubric allows', () => {
    const items = itemsOf(rubric)
    const draft = fullMarks(rubric).map((score, i) => (i % 3 === 0 ? null : score))
    fc.assert(
      fc.property(anything, fc.option(fc.integer({ min: 1, max: items.length }), { nil: undefined }), (text, asked) => {
        for (const reading of [
          readCard(text, rubric),
          readChange(text, rubric, { draft, asked }),
          readChange(text, rubric, { draft: fullMarks(rubric) }),
        ]) {
          if (reading.kind === 'other') continue
          expect(reading.scores).toHaveLength(items.length)
          reading.scores.forEach((score, i) => {
            const item = items[i]
            if (score !== null && item) expect(isScore(score, item, rubric)).toBe(true)
          })
          if (reading.kind === 'unread') expect(reading.sentence).not.toBe('')
        }
      }),
      { numRuns: 400 },
    )
  })

  it('no number is passed over: with another in its place the text is never read the same', () => {
    const words =
      '除 ， 、 各扣1 扣1 得4 第3项4 第3项 15扣2 其余满分 其余15项满分 前2项满分 都满分 3 5 17 4.5 5555 和 至 总分99 合计20 ＝19 从5改为4 全部 分别 (5) (扣1) 1、 ①'
    const pieces = fc.constantFrom(
      ' ',
      '\n',
      '5 5 4 5',
      ...words.split(' '),
      ...rubric.sections.map(({ name }) => name),
    )
    const text = fc.array(pieces, { minLength: 1, maxLength: 9 }).map((words) => words.join(''))
    const draft = fullMarks(rubric).map((score, i) => (i % 3 === 0 ? null : score))
    const readers = [
      readCard,
      (typed: string) => readChange(typed, rubric, { draft }),
      (typed: string) => readChange(typed, rubric, { draft: fullMarks(rubric) }),
    ]
    fc.assert(
      fc.property(text, fc.constantFrom(...readers), (typed, read) => {
        const reading = read(typed, rubric)
        if (reading.kind !== 'scores') return
        for (const { 0: number, index } of typed.matchAll(/\d+(?:\.\d+)?|[①-⑳]/g)) {
          const changed = `${typed.slice(0, index)}77${typed.slice(index + number.length)}`
          expect(read(changed, rubric), changed).not.toEqual(reading)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('the next open items get what is typed, in order', () => {
    fc.assert(
      fc.property(scoresOf(rubric), fc.nat(), fc.nat(), (scores, a, b) => {
        const [from, to] = [a % scores.length, b % scores.length].toSorted((x, y) => x - y)
        if (from === undefined || to === undefined || from === to) return
        const typed = scores.slice(from, to)
        const likePairs = typed.length % 2 === 0 && typed.every((score, i) => i % 2 > 0 || score === i / 2 + 1)
        fc.pre(!likePairs)
        const draft = scores.map((score, i) => (i < from ? score : null))
        const reading = readChange(typed.join(' '), rubric, { draft })
        expect(reading).toMatchObject({ kind: 'scores', scores: scores.map((score, i) => (i < to ? score : null)) })
      }),
    )
  })
})
