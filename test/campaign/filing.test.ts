import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { notYet, published } from '../../src/campaign/scores/filing.ts'
import { becameOf, reviewLine, reviewNotes, reviewSummary } from '../../src/campaign/scores/review-words.ts'
import type { Scorecard } from '../../src/campaign/scores/scorecard.ts'
import { campaign2022 } from '../documents/samples.ts'

const { rubric, bands } = campaign2022()
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const at = '2022-05-02T10:00:00+08:00'
const full = rubric.sections.flatMap(({ items }) => items.map(({ points }) => points))
const card = (more: Partial<Scorecard> = {}): Scorecard => ({
  scores: full,
  version: 3,
  state: 'submitted',
  by: 'p1',
  at,
  ...more,
})
const notice = { by: 'p2', at, until: '2022-05-09' }

describe('what keeps a submitted card from the file', () => {
  it.each([
    ['nothing, in a plan without 公示', card(), false, '2022-05-02', undefined],
    ['公示, where it has not begun', card(), true, '2022-05-02', '还没有公示，请先回复“公示”'],
    ['公示, to the end of its last day', card({ notice }), true, '2022-05-09', '公示到5月9日（周一），期满后备案'],
    ['nothing from the day after', card({ notice }), true, '2022-05-10', undefined],
    ['nothing to say of one that does not wait', card({ state: 'returned' }), true, '2022-05-02', undefined],
    ['nothing to say where there is none', undefined, true, '2022-05-02', undefined],
  ])('%s', (_, one, hasNotice, today, why) =>
    expect(notYet(one, { approvers: [], hasNotice, today: day(today) })).toBe(why),
  )
})

describe('公示', () => {
  const deed = { approvers: [], by: 'p2', at, until: day('2022-05-09') }
  it('begins for a card that waits, keeps its version', () =>
    expect(published(card(), deed)).toEqual({ ...card(), notice }))
  it.each([
    [undefined, '还没有评分'],
    [card({ notice }), '已公示到5月9日（周一）'],
    [card({ state: 'filed' }), '不在待审中'],
  ])('of %j says why not', (one, why) => expect(published(one, deed)).toBe(why))
})

describe('what a reviewer reads', () => {
  const one = { card: card({ late: 2, remark: '材料另附' }), self: full.map((points) => points - 1), hints: [] }

  it('marks, counts and notes say what stands out, nothing else', () => {
    expect(reviewLine('软件党支部', { card: card(), hints: [] }, bands)).toBe('软件 100 分 先进')
    expect(reviewLine('软件党支部', one, bands)).toBe('软件 100 分 先进（自评82，逾期2日）')
    expect(reviewSummary([one, { card: card(), hints: ['far-from-self'] }], bands)).toBe('2个待审，需留意1')
    const notes = reviewNotes(one, { rubric, bands }).join('\n')
    expect(notes).toContain('填表人说明：材料另附')
    expect(notes).toContain('逾期2个工作日提交。')
  })

  it.each([
    [undefined, '甲支部还没有提交评分'],
    [card({ state: 'filed', filed: { by: 'p2', at } }), '甲支部已由周组安在4月20日10:05备案'],
    [card({ state: 'filed', filed: { by: 'gone', at } }), '甲支部备案'],
    [card({ state: 'returned', returned: { by: 'p2', at, reason: '请补' } }), '甲支部已由周组安在4月20日10:05退回'],
    [card(), '甲支部有了新的提交，请按最新的审核'],
  ])('who comes second hears who was first: %j', (now, words) =>
    expect(
      becameOf({ name: '甲支部', card: now }, ({ by }) => (by === 'p2' ? '周组安在4月20日10:05' : undefined)),
    ).toBe(words),
  )
})
