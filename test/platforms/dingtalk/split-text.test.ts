import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitText } from '../../../src/platforms/dingtalk/split-text.ts'

const anyText = fc
  .array(fc.tuple(fc.constantFrom('党', 'a', '😀', '\u0001', '"', ' '), fc.integer({ min: 0, max: 6000 })), {
    maxLength: 6,
  })
  .map((lines) => lines.map(([character, count]) => character.repeat(count)).join('\n'))

describe('a long text', () => {
  it('is cut into pieces that DingTalk takes, and nothing of it is lost', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const pieces = splitText(text)
        for (const piece of pieces) {
          expect(Array.from(piece).length).toBeLessThanOrEqual(3_800)
          expect(Buffer.byteLength(JSON.stringify({ content: piece }))).toBeLessThanOrEqual(15_000)
        }
        expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
      { numRuns: 60 },
    )
  })

  it('is cut between lines', () => {
    const lines = Array.from({ length: 300 }, (_, i) => `${i}. ${'字'.repeat(40)}`)
    expect(splitText(lines.join('\n')).flatMap((piece) => piece.split('\n'))).toEqual(lines)
  })

  it('that fits stays as it is', () => expect(splitText('总分 95 分\n定级：先进')).toEqual(['总分 95 分\n定级：先进']))
})
