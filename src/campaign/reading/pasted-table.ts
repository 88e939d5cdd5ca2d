/** Tables pasted from a worksheet: a header line, then a line for each thing. */

/** A column by its titles, and its cells as people would write them in a sentence. */
export type Column = { title: RegExp; write: (cell: string) => string }

/**
 * The text with each line of a table as a sentence, its cells in the order of `columns`. Without a header line, or with one that has an
 * unknown title, the text stays as it is.
 */
export function withoutTable(text: string, columns: readonly Column[]): string {
  let head: number[] | undefined
  return text
    .split('\n')
    .flatMap((line) => {
      const cells = line.split('\t').map((cell) => cell.trim())
      const places = cells.map((cell) => columns.findIndex(({ title }) => title.test(cell)))
      if (cells.length > 2 && places.every((place) => place >= 0)) {
        head = places
        return []
      }
      const own = cells.length === head?.length ? head : undefined
      if (!own) return [line]
      const sentence = columns.flatMap(({ write }, place) =>
        cells.filter((cell, i) => own[i] === place && cell !== '').map(write),
      )
      return [sentence.join('')]
    })
    .join('\n')
}
