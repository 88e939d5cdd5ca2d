/** One story as told on one channel: the acts, and what everybody saw of them. */
export type Step = { head: string; lines: string[] }
export type Told = { mark: string; name: string; steps: Step[] }

type Merged = { text: string; marks: Set<string> }

/** All channels in one text. Lines that all show stand alone; lines that only some show name those channels. */
export function merged(title: string, told: readonly Told[]): string {
  const heads = told.map(({ steps }) => steps.map(({ head }) => head).join('\n'))
  const [first] = told
  if (!first || heads.some((one) => one !== heads[0]))
    throw new Error(`the channels tell different stories:\n${heads.join('\n---\n')}`)
  const legend = told.map(({ mark, name }) => `${mark} ${name}`).join('　')
  const steps = first.steps.map(({ head }, i) => {
    const lines = told.reduce<Merged[]>((before, { mark, steps: own }) => added(before, own[i]?.lines ?? [], mark), [])
    return [head, ...lines.map(({ text, marks }) => shown(text, marks, told))].join('\n')
  })
  return `${[title, legend, '', ...steps.flatMap((step) => [step, ''])].join('\n').trimEnd()}\n`
}

function shown(text: string, marks: ReadonlySet<string>, told: readonly Told[]): string {
  if (marks.size === told.length) return `    ${text}`
  return `  ${told
    .filter(({ mark }) => marks.has(mark))
    .map(({ mark }) => mark)
    .join('')}│${text}`
}

/** Merges the lines of one more channel with the equal lines in the same order (the longest common subsequence). */
function added(before: readonly Merged[], lines: readonly string[], mark: string): Merged[] {
  const common = lengths(before, lines)
  const result: Merged[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < lines.length) {
    const one = before[i]
    const line = lines[j]
    if (one && line !== undefined && one.text === line) {
      result.push({ text: line, marks: new Set([...one.marks, mark]) })
      i++
      j++
    } else if (one && (line === undefined || at(common, i + 1, j) >= at(common, i, j + 1))) {
      result.push(one)
      i++
    } else if (line !== undefined) {
      result.push({ text: line, marks: new Set([mark]) })
      j++
    }
  }
  return result
}

const at = (table: readonly (readonly number[])[], i: number, j: number): number => table[i]?.[j] ?? 0

/** The number of common lines from each pair of places on. */
function lengths(before: readonly Merged[], lines: readonly string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () => Array.from({ length: lines.length + 1 }, () => 0))
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = lines.length - 1; j >= 0; j--) {
      const row = table[i]
      if (row)
        row[j] =
          before[i]?.text === lines[j]
            ? at(table, i + 1, j + 1) + 1
            : Math.max(at(table, i + 1, j), at(table, i, j + 1))
    }
  return table
}
