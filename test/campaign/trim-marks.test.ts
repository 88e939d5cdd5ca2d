import { expect, it } from 'vitest'
import { trimMarks } from '../../src/campaign/reading/trim-marks.ts'

it.each([
  ['，讲了 党史。 ', '，。', '讲了 党史'],
  ['讲了，党史', '，', '讲了，党史'],
  ['（党史）', '（）', '党史'],
  ['党史', '', '党史'],
  ['，，，', '，', ''],
  [' ', '', ''],
  ['', '，', ''],
  ['，甲', '，', '甲'],
  ['甲，', '，', '甲'],
])('%j without %j at its ends is %j', (text, marks, trimmed) => expect(trimMarks(text, marks)).toBe(trimmed))
