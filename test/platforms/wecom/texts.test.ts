import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestText, splitText } from '../../../src/platforms/wecom/texts.ts'

const bytes = (text: string) => Buffer.byteLength(text)
const bare = (text: string) => text.replaceAll('\n', '')
/** Half a character. */
const broken = (text: string) => /\p{Surrogate}/u.test(text)
const word = fc.oneof(
  fc.constantFrom(
    '支部',
    '党员大会按期召开',
    '。',
    '，',
    '！',
    '\n',
    '\n\n',
    ' ',
    '“好。”',
    '👨‍👩‍👧',
    'e\u0301',
    'abc',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)
const anyText = fc.array(word, { maxLength: 200 }).map((words) => words.join(''))

describe('a long text', () => {
  it('is sent whole where it fits', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(bytes(text) <= longestText && text.trim() !== '')
        expect(splitText(text)).toEqual([text.replace(/^\n+|\n+$/g, '')])
      }),
    )
  })

  it('comes in pieces that WeCom does not cut, and loses nothing but line breaks at the cuts', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 40, max: 300 }), (text, longest) => {
        const pieces = splitText(text, longest)
        for (const piece of pieces) {
          expect(bytes(piece)).toBeLessThanOrEqual(longest)
          expect(piece.trim()).not.toBe('')
          expect(broken(piece)).toBe(false)
        }
        expect(bare(pieces.join('')).replace(/\s/g, '')).toBe(bare(text).replace(/\s/g, ''))
      }),
    )
  })

  it('is cut between lines where lines fit', () => {
    const line = (i: number) => `${i}. ${'测评内容'.repeat(20)}`
    const lines = Array.from({ length: 30 }, (_, i) => line(i))
    const pieces = splitText(lines.join('\n'))
    expect(pieces.length).toBeGreaterThan(2)
    expect(pieces.flatMap((piece) => piece.split('\n'))).toEqual(lines)
  })

  it('is cut behind sentences where a line is too long, and keeps closing marks with them', () => {
    const sentence = `他说：“${'甲'.repeat(60)}。”`
    const pieces = splitText(sentence.repeat(20))
    expect(pieces.length).toBeGreaterThan(1)
    for (const piece of pieces) expect(piece.endsWith('。”')).toBe(true)
  })

  it('is cut between characters where there is nothing else, never inside one', () => {
    const family = '👨‍👩‍👧‍👦'
    const pieces = splitText(family.repeat(200))
    expect(pieces.length).toBeGreaterThan(1)
    for (const piece of pieces) expect(piece.replaceAll(family, '')).toBe('')
    expect(pieces.join('')).toBe(family.repeat(200))
  })

  it('gives no message where there is nothing to read', () => {
    expect(splitText('')).toEqual([])
    expect(splitText(' \n\n ')).toEqual([])
  })

  it('of 20,000 characters without any seam is split in time', () => {
    expect(splitText('甲'.repeat(20_000)).join('')).toBe('甲'.repeat(20_000))
  })
})
