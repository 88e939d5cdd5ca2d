import { describe, expect, it } from 'vitest'
import { dictated, isExplanation, mayConcern } from '../../src/campaign/reading/said-of-scores.ts'

describe('a command as it is dictated', () => {
  it.each([
    ['评分软件教研室第三项四分', '软件教研室第三项四分'],
    ['请给软件教研室打分：除3扣1，其余满分', '软件教研室 除3扣1，其余满分'],
    ['帮我评一下，软件教研室全部满分\n会计 全部满分', '软件教研室全部满分\n会计 全部满分'],
    ['今天下午开会', undefined],
    ['', undefined],
  ])('%s', (text, said) => expect(dictated(text)).toBe(said))
})

describe('a word about a card', () => {
  it.each(['第3项的说明：缺一次组织生活', '因为新支部四月才成立', '说明见附件材料'])('%s explains', (text) =>
    expect(isExplanation(text)).toBe(true),
  )
  it.each(['第3项扣1，理由不足', '3得4，说明：好', '说明', '今天下午开会'])(
    '%s does not say of itself that it explains',
    (text) => expect(isExplanation(text)).toBe(false),
  )
  it('may be one where nobody else understood it', () => {
    expect(mayConcern('会议记录已经补充')).toBe(true)
    expect(mayConcern('今天下午开会')).toBe(false)
  })
})
