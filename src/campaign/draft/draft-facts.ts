import type { Block } from './docx-blocks.ts'
import { type DraftBand, draftBands } from './draft-bands.ts'
import { type DraftRubric, draftRubric } from './draft-rubric.ts'
import { type DraftTask, draftTasks } from './draft-tasks.ts'
import { type Found, plain, sentencesIn, sure, unsure, withoutNumber } from './found.ts'

/** A rubric with the title above it and its attachment. `kind` is the kind of branches, if there are several rubrics. */
export type TitledRubric = DraftRubric & { title: Found<string>; attachment: string; kind?: string }
export type Deadline = { deadline: string; words: string }
/** The facts that were found in a plan's Word file. */
export type Facts = {
  text: string
  college?: Found<string>
  document?: Found<string>
  name?: Found<string>
  nameWords?: string
  /** The date below the text, in ISO form. */
  dated?: Found<string>
  rubrics: TitledRubric[]
  bands: DraftBand[]
  bandsFrom: string
  tasks?: DraftTask[]
  taskTitle?: string
  tableTitle?: string
  grading?: Deadline
  shares?: { words: string; shares: { who: 'self' | 'deciding' | 'panel'; share: number }[] }
  decimals?: { words: string; decimals: number }
}

/** Finds the facts of a plan in the blocks of its Word file. */
export function factsOf(blocks: readonly Block[]): Facts {
  const paragraphs = blocks.flatMap((block) => (block.kind === 'paragraph' ? [plain(block.text)] : []))
  const text = paragraphs.join('\n')
  const sentences = paragraphs.flatMap(sentencesIn)
  const rubrics = rubricsIn(blocks)
  const total = rubrics[0]?.total.value ?? 100
  const cells = blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat().map(plain) : []))
  const places = [...paragraphs, ...cells].map((from) => ({ from, bands: draftBands(from, total) }))
  const [best] = places.filter(({ bands }) => bands.length > 0).sort((a, b) => b.bands.length - a.bands.length)
  const tasks = blocks.flatMap((block) => (block.kind === 'table' ? (draftTasks(block.rows) ?? []) : []))
  return {
    text,
    rubrics,
    bands: best?.bands ?? [],
    bandsFrom: best?.from ?? '',
    ...optional('college', first(text, /中共[\p{Script=Han}]{2,24}委员会/u)),
    ...optional('document', first(text, /\p{Script=Han}{2,10}[〔［[]\d{4}[〕］\]]\s*\d{1,4}\s*号/u)),
    ...nameOf(paragraphs, sentences),
    ...optional('dated', dateOf(paragraphs)),
    ...(tasks.length > 0 ? { tasks } : {}),
    ...titleIn('taskTitle', paragraphs, /任务(?:清单|表|分解表)$/),
    ...titleIn('tableTitle', paragraphs, /汇总表$/),
    ...optional('grading', gradingOf(sentences)),
    ...optional('shares', sharesOf(sentences)),
    ...optional('decimals', decimalsOf(sentences)),
  }
}

const optional = <K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> => {
  const found: Partial<Record<K, T>> = {}
  if (value !== undefined) found[key] = value
  return found
}

function first(text: string, pattern: RegExp): Found<string> | undefined {
  const found = pattern.exec(text)?.[0]
  return found === undefined ? undefined : sure(plain(found).replace(/\s/g, ''))
}

/** The campaign's name: `将2022年定为“基层组织建设年”`, or what the title says is carried out. */
function nameOf(paragraphs: readonly string[], sentences: readonly string[]): Pick<Facts, 'name' | 'nameWords'> {
  for (const sentence of sentences) {
    const quoted = /(?:定为|开展)[“"]([^”"]{2,20})[”"]/.exec(sentence)
    const name = quoted?.[1]
    if (!quoted || name === undefined) continue
    const from = sentence.lastIndexOf('，', quoted.index) + 1
    return { name: sure(name), nameWords: sentence.slice(from, quoted.index + quoted[0].length) }
  }
  for (const line of paragraphs) {
    const about = line.includes('关于') ? line.slice(line.indexOf('关于') + 2).slice(0, 40) : ''
    const said = about.slice(0, Math.max(0, about.search(/方案|办法|通知|意见/)))
    const name = said.replace(/^(?:印发|做好|开展|实施)?《?/, '').replace(/(?:活动|工作)?的?(?:实施|工作)?$/, '')
    if (name.length > 1) return { name: unsure(name), nameWords: line }
  }
  return {}
}

const dateLine = /^(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日(?:印发)?$/
/** The first date that stands alone below the text. */
function dateOf(paragraphs: readonly string[]): Found<string> | undefined {
  for (const line of paragraphs) {
    const groups = dateLine.exec(line.replace(/\s/g, ''))?.groups
    if (groups)
      return sure(
        [groups['year'], ...[groups['month'], groups['day']].map((one = '') => one.padStart(2, '0'))].join('-'),
      )
  }
  return undefined
}

function titleIn<K extends 'taskTitle' | 'tableTitle'>(
  key: K,
  lines: readonly string[],
  pattern: RegExp,
): Partial<Facts> {
  const found = lines.map((line) => line.replace(/\s+/g, '')).findLast((line) => pattern.test(line) && line.length < 40)
  return found === undefined ? {} : { [key]: withoutNumber(found).replace(/^[×xX＿_]+(?:（[^（）]{0,20}）)?/, '') }
}

const proposed =
  /(?:于|在)(\d{1,2})月(\d{1,2}日|底|末)?[之以]?前(?:提出|报送|完成)[^，,。；]{0,8}(?:星级|等级|评定|定级|评分)/

/** The deadline of grading: `分类定级工作应于4月底之前完成。`, `党总支于10月18日前提出星级建议。` */
function gradingOf(sentences: readonly string[]): Deadline | undefined {
  for (const words of sentences) {
    const said = words.replace(/\s/g, '')
    for (const date of said.matchAll(/(?:于|在)(\d{1,2})月(\d{1,2}日|底|末)?/g))
      if (/评定|定级|考核|评估|评价|考评|评议/.test(said.slice(0, date.index)))
        return { deadline: `${date[1]}月${date[2] ?? '底'}`, words }
    const date = proposed.exec(said)
    if (date) return { deadline: `${date[1]}月${date[2] ?? '底'}`, words }
  }
  return undefined
}

const whose = {
  self: '自评',
  deciding: '(?:党总支|总支|上级)(?:评分|评价|考核)?',
  panel: '评议组?(?:打分|评分)?',
} as const

function sharesOf(sentences: readonly string[]): Facts['shares'] {
  for (const words of sentences) {
    const shares = (['self', 'deciding', 'panel'] as const).flatMap((who) => {
      const percent = new RegExp(`${whose[who]}[^，,。；%]{0,8}?占?\\s{0,2}(\\d{1,3}(?:\\.\\d)?)\\s{0,2}%`).exec(
        words,
      )?.[1]
      return percent === undefined ? [] : [{ who, share: Number(percent) / 100 }]
    })
    const sum = shares.reduce((all, { share }) => all + share, 0)
    if (shares.length > 1 && Math.abs(sum - 1) < 1e-6) return { words, shares }
  }
  return undefined
}

function decimalsOf(sentences: readonly string[]): Facts['decimals'] {
  for (const words of sentences) {
    const said = /保留([一两二三1-3])位小数/.exec(words)?.[1]
    if (said !== undefined)
      return { words, decimals: /\d/.test(said) ? Number(said) : ({ 一: 1, 两: 2, 二: 2, 三: 3 }[said] ?? 2) }
  }
  return undefined
}

/** Each rubric, with the last line above it that is its title. */
function rubricsIn(blocks: readonly Block[]): TitledRubric[] {
  let title = ''
  let attachment = ''
  const found: TitledRubric[] = []
  for (const block of blocks) {
    if (block.kind === 'paragraph') {
      const line = plain(block.text).replace(/\s+/g, '')
      const heading = /^附[件表录]\d{0,3}[：:]?$/.exec(line)
      if (heading) attachment = line.replace(/[：:]/, '')
      else title = line
      continue
    }
    const rubric = draftRubric(block.rows)
    if (!rubric) continue
    const fits = /(?:标准|评分表|评价表|评估表|考核表|清单|细则)$/.test(title) && title.length < 40
    found.push({ ...rubric, title: fits ? sure(title) : unsure(title || '评分表'), attachment })
  }
  return found.length > 1 ? found.map(withKind) : found
}

/** The kind of branches, from the words before 党支部 in the title: 教师党支部评分标准. */
function withKind(rubric: TitledRubric): TitledRubric {
  const kind = /(\p{Script=Han}{1,6}?)党?支部/u.exec(rubric.title.value)?.[1]
  return kind === undefined ? rubric : { ...rubric, kind }
}
