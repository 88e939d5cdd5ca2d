import { listNumber, listNumberAt } from '../campaign/reading/list-number.ts'
import type { DayRules } from '../campaign/reading/said-day.ts'
import { trimmedBy } from '../campaign/reading/trim.ts'
import type { Fields, Filled, Found } from './fields.ts'
import type { Read } from './form.ts'

const mark = /^(?:[:：]|\s*[:：]|是(?![否])|为|[,，、]?)\s*/u
const sentenceEnd = '。！？；;!?\n\r\u000b\u000c'
const soft = '，,、 \t　'

type Start = { at: number; length: number; id: string; strips: boolean }

/**
 * The places in a text at which fields begin: labels at the start of a sentence, and the field's own name anywhere. After a comma both need
 * a colon.
 */
function begins(text: string, fields: Fields): Start[] {
  const found: Start[] = []
  let fresh = true
  let softly = false
  for (let at = 0; at < text.length; ) {
    const hit = labelAt(text, at, { fields, fresh, softly })
    if (hit) {
      found.push(hit)
      at += Math.max(hit.length, 1)
      fresh = false
      softly = false
      continue
    }
    const number = fresh || softly ? listNumberAt(text, at) : undefined
    if (number) {
      at = number.end
      fresh = true
      continue
    }
    const char = text[at] ?? ''
    if (sentenceEnd.includes(char)) fresh = true
    else if (soft.includes(char)) softly = true
    else {
      fresh = fresh && /[\s\d]/u.test(char)
      softly = false
    }
    at++
  }
  return found
}

/** The words that people put before a label at the beginning of a sentence. */
const introductions = ['主要', '目前', '当前', '存在的', '本季度', '我们', '今后', '']

function labelAt(
  text: string,
  at: number,
  { fields, fresh, softly }: { fields: Fields; fresh: boolean; softly: boolean },
): Start | undefined {
  let best: Start | undefined
  for (const [id, { label, labels }] of Object.entries(fields))
    for (const word of [label, ...labels]) {
      const begun = fresh ? introductions.find((one) => text.startsWith(one + word, at)) : ''
      const length = (begun ?? '').length + word.length
      if (begun === undefined || !text.startsWith(begun + word, at) || (best && best.length >= length)) continue
      const colon = /^\s?[:：]/u.test(text.slice(at + length, at + length + 3))
      const own = word === label && label.length >= 4
      if (own || fresh || (colon && softly)) best = { at, length, id, strips: colon || own }
    }
  return best
}

const trimmed = (text: string): string => trimmedBy(text, /[\s，,、；;]/u)

/** The number of a list before the label of the next piece: `\n2、`, `（二）`. */
const numbering = new RegExp(`(?:(?:^|[\\s；;。，,])${listNumber}|[①-⒛㈠-㈩]|[（(]\\d{1,2}[)）])\\s{0,2}$`, 'u')
const unnumbered = (text: string): string => text.replace(numbering, '')

/** The pieces of a text by field, in order. `lead` is the text before the first of them. */
function pieces(text: string, fields: Fields): { lead: string; parts: { id: string; words: string }[] } {
  // Inside a field, a word with which this field may begin is one of its words.
  const starts = begins(text, fields).filter(({ id, strips }, i, all) => strips || all[i - 1]?.id !== id)
  const lead = trimmed(starts[0] ? unnumbered(text.slice(0, starts[0].at)) : text)
  const parts = starts.map(({ at, length, id, strips }, i) => {
    const end = starts[i + 1]?.at ?? text.length
    const said = text.slice(strips ? at + length : at, end)
    const body = i + 1 < starts.length ? unnumbered(said) : said
    return { id, words: trimmed(strips ? body.replace(mark, '') : body) }
  })
  return { lead, parts: together(parts).filter(({ words }) => words !== '') }
}

/** `存在问题和下步打算都无` says it of both. Of other words behind two labels only the second has them. */
const together = (parts: readonly { id: string; words: string }[]): { id: string; words: string }[] =>
  parts.map(({ id, words }, i) => {
    const next = parts[i + 1]?.words
    const joins = next !== undefined && /^(?:和|及|与|以及|跟)$/u.test(words)
    return { id, words: joins ? (isNone(next) ? next : '') : words }
  })

const saidNone = /^(?:[都均]?(?:暂?无|没有|暂时没有)|没|没什么)[。.!！]?$/u
const isNone = (text: string): boolean => saidNone.test(text.trim())

const steering = ['再补充一下', '补充一下', '另外补充', '再补充', '补充', '更正一下', '更正', '写错了', '还有']
/** Removes words that only steer and are no content: `补充：`, `写错了，`. */
function withoutSteering(text: string): string {
  const word = steering.find((one) => text.startsWith(one) && ' \n:：，,是'.includes(text[one.length] ?? ' '))
  return word === undefined ? text : trimmed(text.slice(word.length).replace(/^[:：，,]/u, ''))
}

const openIn = (fields: Fields, { words }: Filled): string[] =>
  Object.entries(fields).flatMap(([id, { find, optional }]) =>
    words[id] === undefined && !optional && find === undefined ? [id] : [],
  )
const add = (words: { [id: string]: string }, id: string, more: string): void => {
  const stands = words[id]
  if (stands === undefined || isNone(stands)) words[id] = more
  else if (!stands.includes(more)) words[id] = `${stands}\n${more}`
}

/**
 * Adds a text to what is known. Marked pieces go to the field of their label, and are added to its words unless they say the same. Values
 * are found in text without a label and are not cut out of a sentence. Own words without a label go to the only missing field, or to the
 * first of a form just begun; otherwise they are kept as a doubt.
 */
export function readFields(
  text: string,
  fields: Fields,
  { before, days }: { before: Filled; days: DayRules },
): Read<Filled> {
  const settled = settle(text, fields, before)
  if (settled) return { fields: settled }
  const said = valuesIn(pieces(text, fields), fields, { before, days })
  const words = { ...before.words, ...said.values }
  const lead = withoutSteering(said.lead)
  const { doubt } = lead === '' ? before : placed(lead, said.own.length > 0 ? said.own.map(({ id }) => id) : [])
  for (const { id, words: own } of said.own) add(words, id, own)
  return {
    fields: { words, ...(doubt === undefined ? {} : { doubt }) },
    ...(said.problem === undefined ? {} : { say: said.problem }),
  }

  /** Puts own words without a label into their field. */
  function placed(unmarked: string, marked: readonly string[]): Pick<Filled, 'doubt'> {
    const open = openIn(fields, before).filter((id) => !marked.includes(id))
    if (isNone(unmarked) && marked.length === 0) {
      for (const id of open) if (fields[id]?.none) add(words, id, '无')
      return before
    }
    const own = Object.keys(fields).filter((id) => fields[id]?.find === undefined)
    const [only, ...others] = open
    const first = own.some((id) => before.words[id] !== undefined) ? undefined : own[0]
    const single = own.length === 1 ? own[0] : undefined
    const place = others.length === 0 ? (only ?? single) : first === only ? first : undefined
    if (place === undefined) return { doubt: before.doubt === undefined ? unmarked : `${before.doubt}\n${unmarked}` }
    add(words, place, unmarked)
    return before
  }
}

type Pieces = ReturnType<typeof pieces>
type Values = { values: Filled['words']; lead: string; own: Pieces['parts']; problem?: string }

/** The values of a text, its own words by field, and `lead`: the rest without a label. */
function valuesIn(
  { lead, parts }: Pieces,
  fields: Fields,
  { before, days }: { before: Filled; days: DayRules },
): Values {
  const values: { [id: string]: string } = {}
  const own: Pieces['parts'] = []
  const spare = lead === '' ? [] : [lead]
  let problem: string | undefined
  for (const { id, words } of parts) {
    const field = fields[id]
    if (!field?.find) own.push({ id, words })
    else {
      const found = field.find(words, { days, alone: true })
      if (found && 'value' in found) {
        values[id] = found.value
        const ahead = words.slice(0, found.start)
        const label = [field.label, ...field.labels].find((one) => ahead.startsWith(one)) ?? ''
        spare.push(trimmed(`${ahead.slice(label.length)} ${words.slice(found.end)}`))
      } else problem ??= found?.problem ?? unread(field.label, words, field.sample)
    }
  }
  const unmarked = spare.filter((one) => one !== '').join('，')
  const found = Object.entries(fields).flatMap(([id, { find }]): [string, Found][] => {
    const one = values[id] === undefined ? find?.(unmarked, { days, alone: false }) : undefined
    return one ? [[id, one]] : []
  })
  const clauses = clausesOf(
    unmarked,
    found.map(([, one]) => one),
  )
  for (const [id, one] of found) {
    const isSaid = clauses.some(({ from, to, carries }) => carries && one.start >= from && one.start < to)
    if (!isSaid && (before.words[id] !== undefined || 'problem' in one)) continue
    if ('value' in one) values[id] = one.value
    else problem ??= one.problem
  }
  const left = clauses.flatMap(({ words, carries }) => (carries ? [] : [words])).join('')
  return { values, lead: trimmed(left), own, ...(problem === undefined ? {} : { problem }) }
}
const unread = (label: string, words: string, sample = '…'): string =>
  `${label}：“${words}”没有读懂，请写成“${label}：${sample}”。`

const clause = /[^，,；;。\n]+[，,；;。\n]*/gu
const marks = /[\s，,、；;。.：:（）()]/gu
/** Words which say that a value is added to another one. */
const adds = /[又另再还多加]/u
const mostCarrying = 3

/** The clauses of a text. `carries`: the clause holds only values and a few words around them (`共读3本`, `改成6月12日`). */
function clausesOf(
  text: string,
  found: readonly Found[],
): { words: string; from: number; to: number; carries: boolean }[] {
  return [...text.matchAll(clause)].map(({ 0: words, index: from }) => {
    const to = from + words.length
    const within = found.filter(({ start, end }) => start >= from && end <= to)
    const left = within
      .toSorted((one, other) => other.start - one.start)
      .reduce((rest, { start, end }) => rest.slice(0, start - from) + rest.slice(end - from), words)
      .replace(marks, '')
    return { words, from, to, carries: within.length > 0 && left.length <= mostCarrying && !adds.test(left) }
  })
}

/** Rewrites one field. */
export function rewritten(
  text: string,
  id: string,
  { fields, on }: { fields: Fields; on: { before: Filled; days: DayRules } },
): Read<Filled> {
  const { before, days } = on
  const field = fields[id]
  const found = field?.find?.(text, { days, alone: true })
  if (field?.find && !(found && 'value' in found))
    return { fields: before, say: found?.problem ?? unread(field.label, text, field.sample) }
  return { fields: { words: { ...before.words, [id]: found && 'value' in found ? found.value : text } } }
}

/** Settles a doubt by the name of a field alone, or drops it by 不要. Undefined if the text is neither. */
function settle(text: string, fields: Fields, { words, doubt }: Filled): Filled | undefined {
  if (doubt === undefined) return undefined
  const said = trimmed(text).replace(/[。.：:]$/u, '')
  if (said === '不要') return { words }
  const id = Object.keys(fields).find((one) => fields[one]?.label === said)
  if (id === undefined) return undefined
  const given = { ...words }
  add(given, id, doubt)
  return { words: given }
}
