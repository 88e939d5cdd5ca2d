import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changed, missingEvidence, wholeCard, withEvidence } from '../../src/campaign/reading/scorecard-said.ts'
import { missingScores } from '../../src/campaign/scores/checklist-words.ts'
import { fullMarks, isScore, itemsOf } from '../../src/campaign/scores/rubric.ts'
import { drafted, isWhole, withForm, withItem, withTicks } from '../../src/campaign/scores/scorecard-draft.ts'
import { eighteen as rubric, twelve } from './rubrics.ts'

const full = fullMarks(rubric)
const beside = {}
const on = { rubric, beside, asked: undefined, isFiled: false, takesInputs: true }
const with3 = (score: number | null): (number | null)[] => full.map((one, i) => (i === 2 ? score : one))

it.each<[before: string[] | undefined, given: string[] | undefined, vetoes: string[] | undefined]>([
  [undefined, ['意识形态'], ['意识形态']],
  [['意识形态'], undefined, ['意识形态']],
  [['意识形态'], ['安全事故'], ['安全事故']],
  [['意识形态'], [], undefined],
  [undefined, undefined, undefined],
])('a draft with vetoes %j keeps, given %j, %j', (before, given, vetoes) => {
  const start = before && drafted(undefined, { scores: full, vetoes: before }, 1)
  expect(drafted(start, { scores: full, ...(given ? { vetoes: given } : {}) }, 1).vetoes).toEqual(vetoes)
})

describe('a whole card as it is typed', () => {
  it('is taken with the words beside its scores', () => {
    expect(wholeCard('除3扣1，其余满分', { rubric, beside })).toEqual({
      given: { scores: with3(4), reasons: {}, vetoes: [] },
    })
  })
  it('of a submitted card may be a correction alone', () => {
    expect(wholeCard('第3项4', { rubric, beside: {}, record: { scores: full } }).given?.scores).toEqual(with3(4))
    const record = { scores: full, reasons: { 3: '会议少', 5: '台账全' }, vetoes: ['意识形态'] }
    const vetoed = { ...rubric, vetoes: [{ name: '意识形态', words: '', atMost: '一般' }] }
    expect(wholeCard('第3项4', { rubric: vetoed, beside: {}, record }).given).toEqual({
      scores: with3(4),
      reasons: { 5: '台账全' },
      vetoes: ['意识形态'],
    })
    expect(wholeCard('全部满分', { rubric: vetoed, beside: {}, record }).given).toMatchObject({
      reasons: {},
      vetoes: [],
    })
    expect(wholeCard('第3项4', { rubric, beside }).say).toMatch(/其余17项是满分吗/)
  })
  it('that is something else is asked back as it stands, and nothing is given', () => {
    expect(wholeCard('明天上午开会', { rubric, beside })).toEqual({
      say: '“明天上午开会”没有读懂。请发各项得分，如“除3扣1，其余满分”。',
    })
  })
  it('with a veto that is none is not taken', () => {
    const vetoed = { ...rubric, vetoes: [{ name: '意识形态', words: '', atMost: '一般' }] }
    expect(wholeCard('否决 意识形态，全部满分', { rubric: vetoed, beside }).given?.vetoes).toEqual(['意识形态'])
    expect(wholeCard('否决 迟到，全部满分', { rubric: vetoed, beside })).toEqual({
      say: expect.stringContaining('“迟到”不是一票否决'),
    })
  })
})

describe('a text at a card that is open or was submitted', () => {
  it('changes what it names and drops the words about what it changed', () => {
    const known = { scores: with3(4), reasons: { 3: '会议少', 5: '台账全' } }
    expect(changed('第3项4.5', known, on)?.given).toMatchObject({ scores: with3(4.5), reasons: { 5: '台账全' } })
  })
  it('answers the item that was asked for', () => {
    expect(changed('4', { scores: with3(null) }, { ...on, asked: 3 })?.given?.scores).toEqual(with3(4))
    expect(changed('4', { scores: with3(null), todo: [3] }, on)?.given).toMatchObject({ scores: with3(4), todo: [] })
  })
  it('adds what stands beside the scores without touching them, vetoes and words included', () => {
    const known = { scores: with3(4), reasons: { 3: '会议少' }, vetoes: ['意识形态'] }
    expect(changed('年度考核 优秀', known, on)?.given).toEqual({ ...known, todo: [], annual: '优秀' })
  })
  it('is none of its business where it is about something else', () => {
    expect(changed('明天上午开会', { scores: full }, on)).toBeUndefined()
    expect(changed('年度考核 优秀', { scores: full }, { ...on, takesInputs: false })).toBeUndefined()
  })
})

describe('a draft', () => {
  it('keeps what was not said again, but is asked for nothing any more', () => {
    const before = drafted(undefined, { scores: with3(null), todo: [3], annual: '优秀', reasons: { 1: '好' } }, 2)
    expect(before).toEqual({ scores: with3(null), todo: [3], annual: '优秀', reasons: { 1: '好' }, round: 2 })
    expect(drafted(before, { scores: full }, 2)).toEqual({ ...before, scores: full, todo: [] })
    expect(drafted(before, { scores: full, reasons: {} }, 1)).toEqual({ scores: full, todo: [], annual: '优秀' })
  })
  it('is whole once each item has a score and none is to be asked', () => {
    expect(isWhole({ scores: full, todo: [] })).toBe(true)
    expect(isWhole({ scores: full, todo: [3] })).toBe(false)
    expect(isWhole({ scores: with3(null), todo: [] })).toBe(false)
  })
})

it('every set of ticks is either what a tick means or asked for', () => {
  const ids = itemsOf(rubric).map(({ number }) => `i${number}`)
  fc.assert(
    fc.property(fc.subarray(ids), fc.constantFrom(full, with3(4).map(Number)), (picked, meant) => {
      const { scores, todo = [] } = withTicks(picked, meant, rubric)
      expect(todo.length + picked.length).toBe(18)
      for (const [i, id] of ids.entries()) expect(scores[i]).toBe(picked.includes(id) ? meant[i] : null)
    }),
  )
})

it('an item takes what the rubric allows and nothing else', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -4, max: 24 }), (number, halves) => {
      const item = itemsOf(rubric)[number - 1]
      const given = withItem({ scores: with3(null), todo: [3, number] }, { number, score: halves / 2 }, rubric)
      expect(given !== undefined).toBe(item !== undefined && isScore(halves / 2, item, rubric))
      if (given) expect([given.scores[number - 1], given.todo?.includes(number)]).toEqual([halves / 2, false])
    }),
  )
})

describe('a form of numbers', () => {
  it('leaves empty fields as they were', () => {
    expect(withForm({ i3: '4', i4: '' }, full, rubric)).toEqual({ given: { scores: with3(4) } })
  })
  it('asks for the first that cannot be, by its label and range', () => {
    expect(withForm({ i2: 9, i3: 4 }, fullMarks(twelve), twelve)).toMatchObject({
      item: 2,
      say: '第2项（要点乙）收到“9”，这一项是0到8分，可到1分。第2项应是几分？',
    })
  })
})

describe('words about why', () => {
  const wanting = { ...rubric, evidence: true }
  const draft = { scores: with3(4), todo: [] }
  it('are kept beside their item, alone only where that was asked for', () => {
    expect(withEvidence('第3项依据：缺一次组织生活', draft, { rubric: wanting, askedFor: undefined })?.reasons).toEqual(
      {
        3: '缺一次组织生活',
      },
    )
    expect(withEvidence('缺一次组织生活', draft, { rubric: wanting, askedFor: 3 })?.reasons).toEqual({
      3: '缺一次组织生活',
    })
    expect(withEvidence('缺一次组织生活', draft, { rubric: wanting, askedFor: undefined })).toBeUndefined()
    expect(withEvidence('扣1', draft, { rubric: wanting, askedFor: 3 })).toBeUndefined()
  })
})

describe('what is missing of a card', () => {
  const named = '软件技术教研室'
  it('is all of it, the first unticked item, or what comes next', () => {
    expect(missingScores({ scores: full.map(() => null), todo: [] }, rubric, named)).toEqual({ all: true })
    const unticked = missingScores({ scores: with3(null), todo: [3] }, rubric, named)
    expect(unticked).toMatchObject({ item: { number: 3, title: '第3项 要点丙', desc: `${named}。半分请直接打字` } })
    expect(missingScores({ scores: with3(null), todo: [] }, rubric, named)).toEqual({
      say: expect.stringMatching(/^软件技术教研室：已记下17项，还差1项，接着是第3项（要点丙，最多5分）/),
    })
    expect(missingScores({ scores: full, todo: [] }, rubric, named)).toBeUndefined()
  })
  it('are then the words that the plan wants about each item that differs from its base', () => {
    const draft = { scores: with3(4), todo: [] }
    expect(missingEvidence(draft, rubric, named)).toBeUndefined()
    const wanted = missingEvidence(draft, { ...rubric, evidence: true }, named)
    expect(wanted).toEqual({ why: 3, say: expect.stringMatching(/第3项（要点丙）4分，与基础分5分不同，要写依据。/) })
  })
})
