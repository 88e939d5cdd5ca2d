import { readRange } from '../lint/lint-range.ts'
import { plain } from './found.ts'

/** `isSure` is false if the words overlap with their neighbours or leave a gap, so that a person has to decide. */
export type DraftBand = {
  name: string
  words: string
  from: number
  inclusive: boolean
  to?: number
  toInclusive?: boolean
  isSure: boolean
}

const clause =
  /^(?<range>.{2,24}?)(?:的)?(?:，)?(?:为|评为|定为|确定为|评定为)[“"]?(?<name>\p{Script=Han}{1,4})[”"]?(?:党支部|等次|等级)?$/u

type Read = { name: string; words: string; from: number; inclusive: boolean; to?: number }

/** Reads the bands in one paragraph, the best first: `85分以上为先进，65至85分为一般，…`. Fewer than two bands count as none. */
export function draftBands(text: string, total: number): DraftBand[] {
  const read = plain(text)
    .replace(/^[^：:]{0,12}[：:]/, '')
    .split(/[，,；;。]/)
    .flatMap((piece): Read[] => {
      const groups = clause.exec(piece.trim())?.groups
      const range = groups && readRange(groups['range'] ?? '')
      if (!groups || !range) return []
      return [
        {
          name: groups['name'] ?? '',
          words: piece.trim(),
          from: range.from?.points ?? 0,
          inclusive: range.from?.included ?? true,
          ...(range.to ? { to: range.to.points } : {}),
        },
      ]
    })
    .sort((a, b) => b.from - a.from)
  if (read.length < 2 || new Set(read.map(({ from }) => from)).size < read.length) return []
  return read.map(({ to, ...band }, i) => {
    const better = read[i - 1]
    if (!better) return { ...band, to: total, toInclusive: true, isSure: true }
    return { ...band, to: better.from, toInclusive: !better.inclusive, isSure: to === undefined || to === better.from }
  })
}
