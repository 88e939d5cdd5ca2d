import { expect, it } from 'vitest'
import { cut, shortened } from '../../src/campaign/cut.ts'

it.each([
  ['一二三四五', 3, '一二三', '一二三…'],
  ['一二三', 3, '一二三', '一二三'],
  ['👍👍👍', 2, '👍👍', '👍👍…'],
  ['𠮷野家', 3, '𠮷野家', '𠮷野家'],
])('%s has room for %d characters, whole ones', (text, most, begins, shown) => {
  expect(cut(text, most)).toBe(begins)
  expect(shortened(text, most)).toBe(shown)
})
