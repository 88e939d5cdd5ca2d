import { numeral } from '../numerals.ts'
import { itemsOf, type PartialScores, type Rubric } from '../scores/rubric.ts'

const said = /^第?(?<item>\d{1,2}|[一二三四五六七八九十]{1,3})项?(?:的?(?:依据|理由|原因|说明))?[:：](?<words>.+)$/

/** Reads the words for items, by number: `第3项依据：缺一次组织生活；5：省级表彰`. Undefined if the text is something else. */
export function readEvidence(text: string, rubric: Rubric): Map<number, string> | undefined {
  const found = new Map<number, string>()
  for (const piece of text.split(/[；;\n]/)) {
    if (!piece.trim()) continue
    const groups = said.exec(piece.trim())?.groups
    const written = groups?.['item'] ?? ''
    const item = /^\d/.test(written) ? Number(written) : numeral(written)
    const words = groups?.['words']?.trim()
    const isScore = words === undefined || /^[\d.+-]+分?$/.test(words)
    if (item === undefined || isScore || !itemsOf(rubric).some(({ number }) => number === item)) return undefined
    found.set(item, words)
  }
  return found.size > 0 ? found : undefined
}

/** The items that differ from their base without words about why, if the plan wants such words. */
export const withoutEvidence = (
  rubric: Rubric,
  scores: PartialScores,
  reasons: Readonly<Record<string, string>> = {},
): number[] =>
  rubric.evidence
    ? itemsOf(rubric).flatMap(({ number, points }, i) => {
        const score = scores[i] ?? points
        return score !== points && !reasons[number] ? [number] : []
      })
    : []
