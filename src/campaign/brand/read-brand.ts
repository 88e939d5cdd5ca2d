/** A unit's brand as far as it is known. */
export type BrandSaid = { name?: string; stage?: string; about?: string }

export const brandStages = ['申报', '培育', '成型'] as const
export type BrandStage = (typeof brandStages)[number]

const labels: readonly [string, keyof BrandSaid][] = [
  ['品牌名称', 'name'],
  ['品牌名', 'name'],
  ['名称', 'name'],
  ['目前阶段', 'stage'],
  ['阶段', 'stage'],
  ['主要内容', 'about'],
  ['内容', 'about'],
  ['做法', 'about'],
  ['简介', 'about'],
]
const stageAlone = /^(?:目前|正在|已经?|处于|进入)?(?:在)?(申报|培育|成型)(?:阶段|期|中|了)?$/u
const quotes: readonly [string, string][] = [
  ['“', '”'],
  ['"', '"'],
  ['「', '」'],
  ['《', '》'],
]
/** The text in quotation marks, or undefined if there is none. */
function quotedIn(words: string): string | undefined {
  for (const [opens, closes] of quotes) {
    const from = words.indexOf(opens)
    const to = from < 0 ? -1 : words.indexOf(closes, from + 1)
    if (to > from + 1) return words.slice(from + 1, to)
  }
  return undefined
}

/** The stage that the words name, or undefined if they name none of the three. */
export const stageIn = (words: string): BrandStage | undefined => {
  const said = stageAlone.exec(words.trim())?.[1]
  return brandStages.find((stage) => stage === said)
}

const labelBehindBlank = new RegExp(`[ \\t　](?=(?:${labels.map(([word]) => word).join('|')})[ \\t　:：])`, 'gu')

/**
 * Adds the content of a text to what is known. A label names the part that follows it. Without labels, a stage word is the stage and the
 * first short piece is the name. `adds`: words without a label go on where the content ends, otherwise they replace it.
 */
export function readBrand(typed: string, before: BrandSaid, { adds = false } = {}): BrandSaid {
  const text = typed.replace(labelBehindBlank, '\n')
  const said: BrandSaid = {}
  const plain: string[] = []
  let open: keyof BrandSaid | undefined
  for (const piece of text.split(/[，,；;\n。]/u)) {
    const words = piece.trim()
    if (words === '') continue
    const label = labels.find(
      ([word]) => words.startsWith(word) && /^\s*(?:[:：是为]|\s)/u.test(words.slice(word.length)),
    )
    if (label) {
      open = label[1]
      said[open] = words.slice(label[0].length).replace(/^\s*[:：是为]?\s*/u, '')
    } else if (open === 'about') said.about = `${said.about ?? ''}，${words}`
    else plain.push(words)
  }
  const found = fromPlain(plain, { ...before, ...said })
  const isAdded = adds && before.about !== undefined && found.about !== undefined && !before.about.includes(found.about)
  const about = isAdded ? { about: `${before.about}，${found.about}` } : {}
  return { ...before, ...found, ...about, ...said }
}

/** Reads pieces without a label. If a stage stands between blanks, the blanks end the pieces beside it. */
function fromPlain(plain: readonly string[], known: BrandSaid): BrandSaid {
  const words = plain.flatMap((piece) => {
    const parts = piece.split(/\s+/u)
    return parts.some((part) => stageIn(part) !== undefined) || quotedIn(piece) !== undefined ? parts : [piece]
  })
  const stage = words.map((word) => stageIn(word)).find((one) => one !== undefined)
  const rest = words.filter((word) => stageIn(word) === undefined)
  const named = known.name === undefined ? rest.findIndex((word) => quotedIn(word) !== undefined) : -1
  const first = named >= 0 ? named : known.name === undefined && isShort(rest[0]) ? 0 : -1
  const name = first < 0 ? undefined : (quotedIn(rest[first] ?? '') ?? rest[first])
  const about = rest.filter((_, i) => i !== first).join('，')
  return {
    ...(name === undefined ? {} : { name }),
    ...(stage === undefined ? {} : { stage }),
    ...(about === '' ? {} : { about }),
  }
}
const longestName = 16
const isShort = (words: string | undefined): boolean => words !== undefined && Array.from(words).length <= longestName

const honours = ['特色支部', '特色院系', '党建品牌'] as const
export type Honour = (typeof honours)[number]

/** What 组织部 says of a unit: `软件教研室 认定特色支部`, `软件教研室 撤销 认定特色支部 原因`. `unit` is as typed. */
export type BrandDeed = { unit: string; honour?: Honour } & (
  | { deed: 'recognise' }
  | { deed: 'withdraw'; reason: string }
)

/** Reads what 组织部 says of a unit's brand, or undefined if the text is something else. */
export function readDeed(text: string): BrandDeed | undefined {
  const said = text.trim()
  const [, named = '', reason = ''] = /^撤销\s+(\S+)\s+(\S[^]*)$/u.exec(said) ?? []
  if (named !== '') return readDeed(`${named} 撤销 ${reason}`)
  const back = said.indexOf('撤销')
  const forth = said.indexOf('认定')
  if (back > 0 && (forth < 0 || back < forth)) {
    const rest = said.slice(back + 2).trim()
    const honour = honours.find((one) => rest.replace(/^认定/u, '').startsWith(one))
    const reason = honour ? rest.replace(/^认定/u, '').slice(honour.length) : rest
    return {
      deed: 'withdraw',
      unit: said.slice(0, back).trim(),
      reason: reason.replace(/^[\s，,：:]+/u, ''),
      ...(honour ? { honour } : {}),
    }
  }
  if (forth <= 0) return undefined
  const what = said.slice(forth + 2).replace(/^[\s为：:]+/u, '')
  const honour = honours.find((one) => what.startsWith(one))
  return { deed: 'recognise', unit: said.slice(0, forth).trim(), ...(honour ? { honour } : {}) }
}
