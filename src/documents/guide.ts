import { document, note, table, title } from './paper.ts'

export type GuidePaper = {
  title: string
  /** The lines above the table of words: what the program is for, and one thing to say to it. */
  intro: readonly string[]
  /** This role's dates of the year, as the plan writes them. */
  dates: readonly { name: string; until: string }[]
  words: readonly { word: string; use: string }[]
  /** The lines below the table of words. */
  notes: readonly string[]
}

/** One page to print: what a person can say to the program, and the dates to keep. */
export const guideDocument = ({ title: words, intro, dates, words: said, notes }: GuidePaper) =>
  document(words, [
    [
      ...title(words),
      ...intro.map(note),
      table({
        widths: [12, 38, 12, 38],
        heads: 1,
        dense: true,
        rows: [
          ['说', '得到', '说', '得到'],
          ...pairs(said).map((pair) =>
            pair.flatMap((one) => (one ? [one.word, { text: one.use, left: true }] : ['', ''])),
          ),
        ],
      }),
      ...notes.map(note),
      table({
        widths: [32, 18, 32, 18],
        heads: 1,
        dense: true,
        rows: [
          ['今年的任务', '时间期限', '今年的任务', '时间期限'],
          ...pairs(dates).map((pair) =>
            pair.flatMap((one) => (one ? [{ text: one.name, left: true }, one.until] : ['', ''])),
          ),
        ],
      }),
    ],
  ])

/** Arranges a list in two columns. The first column is read to its end before the second. */
function pairs<T>(all: readonly T[]): (readonly [T | undefined, T | undefined])[] {
  const half = Math.ceil(all.length / 2)
  return Array.from({ length: half }, (_, i) => [all[i], all[half + i]])
}
