import { expect, it } from 'vitest'
import { readCard, readChange } from '../../src/campaign/reading/read-scores.ts'
import { fullMarks } from '../../src/campaign/scores/rubric.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

const { rubric } = campaignOf(plan2022)
const units = [
  '第',
  '第3项',
  '3扣1，',
  '5 ',
  '5',
  '五',
  '其余满分',
  '（',
  '扣',
  '第3项学习',
  '3、',
  '1-',
  '满分5分',
  '合计',
  '不对，',
  '、',
  ' ',
  '\n',
  '①',
  '5×',
  '第3项1.',
  '领导班子',
  '点五',
  '改成',
  '除',
  '3和',
  '一、',
  '学习',
  '3 4\n',
  '群众反映5 ',
  '第3项扣1（',
  '~',
  '…',
  '4。',
]
const read = (text: string): void => {
  readCard(text, rubric)
  readChange(text, rubric, fullMarks(rubric))
}
const spent = (text: string): number => {
  const begun = performance.now()
  read(text)
  return performance.now() - begun
}
const filled = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length)

/** Compared within one run, over shapes of all kinds, so that other work on the machine does not count; one that grew with the square would show. */
it('20,000 characters of hostile shapes cost at most three times 10,000', () => {
  const best = (unit: string, length: number): number => Math.min(...[1, 2, 3].map(() => spent(filled(unit, length))))
  for (const unit of units) read(filled(unit, 5000))
  const [short, long] = [10_000, 20_000].map((length) => units.reduce((sum, unit) => sum + best(unit, length), 0))
  expect(long).toBeLessThan(3 * (short ?? 0))
})
