import { type Found, plain, sure, unsure } from './found.ts'

export type DraftLevel = { name: string; points: number }
/** `points` are those in the cell; they are not sure if the cell gives none. */
export type DraftItem = { number: number; label: string; words: string; points: Found<number>; levels?: DraftLevel[] }
export type DraftSection = { name: string; words: string; share?: number; items: DraftItem[] }
/** `total` is from the row of totals; without that row it is the sum. */
export type DraftRubric = { sections: DraftSection[]; total: Found<number>; totalWords?: string }

type Columns = { section: number; item: number; points: number }

/** The columns of a table of scores, from its head row. Undefined if it is no such table. */
function columnsOf(head: readonly string[]): Columns | undefined {
  const find = (pattern: RegExp, but: number[] = []): number =>
    head.findIndex((cell, i) => !but.includes(i) && pattern.test(plain(cell)))
  const points = find(/分值|标准分|满分|等次|计分/)
  const exact = find(/具体内容|考核内容|评价内容|评分标准|考核标准|评价标准|评估标准|评估要点|要点|二级指标/, [points])
  const item = exact >= 0 ? exact : find(/内容|标准|指标|事项|要求/, [points])
  const section = head.findIndex(
    (_, i) => i !== points && i < item && /项目|类别|指标|内容|方面|部分/.test(plain(head[i] ?? '')),
  )
  return points < 0 || item < 0 ? undefined : { section, item, points }
}

/** Reads a table of sections, items and points. Undefined if the table is something else. */
export function draftRubric(rows: readonly (readonly string[])[]): DraftRubric | undefined {
  const [head = [], ...body] = rows
  const columns = columnsOf(head)
  if (!columns) return undefined
  const sections: DraftSection[] = []
  const labels = new Set<string>()
  let total: { words: string; points: number } | undefined
  for (const row of body) {
    const first = plain(row.find((cell) => cell.trim()) ?? '')
    if (/^(?:总分|合计|总计)/.test(first)) {
      // Other numbers may stand beside it, such as how many items there are.
      const [points] = [row[columns.points] ?? '', ...row].flatMap((cell) => pointsIn(cell) ?? [])
      if (points !== undefined) total ??= { words: first, points }
      continue
    }
    const heading = plain(row[columns.section] ?? '')
    if (heading || sections.length === 0) sections.push(sectionOf(heading))
    const words = plain(row[columns.item] ?? '')
    if (words) sections.at(-1)?.items.push(itemOf(words, row[columns.points] ?? '', { sections, labels }))
  }
  const given = sections.filter(({ items }) => items.length > 0)
  if (given.length === 0) return undefined
  const sum = given.flatMap(({ items }) => items).reduce((all, { points }) => all + points.value, 0)
  return {
    sections: given,
    total: total ? sure(total.points) : unsure(sum),
    ...(total ? { totalWords: total.words } : {}),
  }
}

const pointsIn = (text: string): number | undefined => {
  const found = /(\d{1,4}(?:\.\d{1,2})?)/.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}

const trimmed = (text: string): string => (/[，,、：:]$/.test(text) ? trimmed(text.slice(0, -1)) : text)

/** The name of a section without its numbers: `领导班子 20分`, `政治建设（100分，占20%）`. */
function sectionOf(words: string): DraftSection {
  const percent = /(\d{1,3}(?:\.\d)?) ?%/.exec(words)?.[1]
  const name = trimmed(
    plain(
      words
        .replace(/[（(][^（）()]*[）)]/g, '')
        .replace(/\d{1,3}(?:\.\d{1,2})? ?分/g, '')
        .replace(/占? ?\d{1,3}(?:\.\d)? ?%/g, ''),
    ).replace(/^(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、])\s*/, ''),
  )
  return { name: name || '评分', words, ...(percent === undefined ? {} : { share: Number(percent) / 100 }), items: [] }
}

function itemOf(
  words: string,
  cell: string,
  { sections, labels }: { sections: readonly DraftSection[]; labels: Set<string> },
): DraftItem {
  const numbered = /^\d{1,2} ?[.．、]/.exec(words)
  const number = sections.flatMap(({ items }) => items).length + 1
  const said = words.slice(numbered?.[0].length ?? 0).trim()
  const levels = levelsIn(cell)
  const best = levels && Math.max(...levels.map(({ points }) => points))
  const points = best ?? pointsIn(cell)
  return {
    number,
    label: labelOf(said, number, labels),
    words: said,
    points: points === undefined ? unsure(1) : sure(points),
    ...(levels ? { levels } : {}),
  }
}

/** The levels in a cell: `好20 较好15 一般10 差0`. At least two names with points are required. */
function levelsIn(cell: string): DraftLevel[] | undefined {
  const found = [...cell.matchAll(/(\p{Script=Han}{1,4})[:：（( ]?(\d{1,3}(?:\.\d)?)分?/gu)].map(
    ([, name = '', points]) => ({
      name,
      points: Number(points),
    }),
  )
  return found.length > 1 ? found : undefined
}

const longest = 8
const subject = /^(?:中共|党支部|支部委员会成员|支部委员会|支部|党员|能够|是否|普遍|总体|在|有|坚持|做到)+/

/** A short name from the first words, different from all others. A person always has to check it. */
function labelOf(words: string, number: number, taken: Set<string>): string {
  const [first = ''] = words.replace(subject, '').split(/[，、。；,;（(]/)
  const short = Array.from(first || words)
    .slice(0, longest)
    .join('')
  const label = taken.has(short)
    ? `${Array.from(short)
        .slice(0, longest - 2)
        .join('')}${number}`
    : short
  taken.add(label)
  return label
}
