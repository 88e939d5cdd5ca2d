import type { Rubric } from '../scores/rubric.ts'

/**
 * `held` and `dropped` are vetoes by name. `rest` is the text without the words about them. `unknown` is a name that the text calls a veto
 * but that is none.
 */
export type VetoesSaid = { held: string[]; dropped: string[]; rest: string; unknown?: string }

const clause = /[，,；;。\n]/
const says = /^(?<not>取消|没有|撤销|无)? ?(?:有|触及|存在)? ?(?:一票)?否决(?:事项|项)?[:：]?(?<what>.*)$/

/** Reads clauses like `否决 意识形态`, `一票否决：意识形态、发展党员违规`, `取消否决 意识形态`. If the rubric has no vetoes, the text stays unchanged. */
export function readVetoes(text: string, { vetoes = [] }: Rubric): VetoesSaid {
  const said: VetoesSaid = { held: [], dropped: [], rest: text }
  if (vetoes.length === 0 || !text.includes('否决')) return said
  const kept: string[] = []
  for (const piece of text.split(clause)) {
    const found = says.exec(piece.trim())?.groups
    if (!found) {
      kept.push(piece)
      continue
    }
    const names = (found['what'] ?? '').split(/[、和及\s]+/).filter(Boolean)
    const to = found['not'] ? said.dropped : said.held
    if (names.length === 0 && found['not']) said.dropped.push(...vetoes.map(({ name }) => name))
    for (const word of names) {
      const fits = vetoes.filter(({ name }) => name.includes(word) || word.includes(name))
      const [only] = fits
      if (only && fits.length === 1) to.push(only.name)
      else said.unknown = word
    }
    if (names.length === 0 && !found['not']) said.unknown = piece.trim()
  }
  return { ...said, rest: kept.filter((piece) => piece.trim()).join('，') }
}
