import { z } from 'zod'
import type { Part, Read } from './form.ts'

/**
 * A field of the person's own words. `labels`: the words by which people mark it (`问题`, `困难`); `none`: 无 is an answer. A label that
 * is part of a sentence stays in it; one with a mark behind it, or the field's own name, does not.
 */
export type WordField = { label: string; labels: readonly string[]; none?: boolean; optional?: boolean }
export type WordFields = { readonly [id: string]: WordField }

/** `words`: what was given, by field. `doubt`: a text that may belong to several fields, kept until it is said. */
export const OwnWords = z.strictObject({ words: z.record(z.string(), z.string()), doubt: z.string().exactOptional() })
export type OwnWords = z.infer<typeof OwnWords>
export const noWords: OwnWords = { words: {} }

const mark = /^(?:[:：]|\s*[:：]|是(?![否])|为|[,，、]?)\s*/u
const sentenceEnd = '。！？；;!?\n\r\u000b\u000c'
const soft = '，,、 \t　'

type Found = { at: number; length: number; id: string; strips: boolean }

/** Where fields begin in a text: labels at the start of a sentence, the field's own name anywhere, either with a colon after a comma. */
function begins(text: string, fields: WordFields): Found[] {
  const found: Found[] = []
  let fresh = true
  let softly = false
  for (let at = 0; at < text.length; ) {
    const hit = labelAt(text, at, fields, { fresh, softly })
    if (hit) {
      found.push(hit)
      at += Math.max(hit.length, 1)
      fresh = false
      softly = false
      continue
    }
    const char = text[at] ?? ''
    if (sentenceEnd.includes(char)) fresh = true
    else if (soft.includes(char)) softly = true
    else {
      fresh = fresh && /[\s\d.、（）()一二三四五]/u.test(char)
      softly = false
    }
    at++
  }
  return found
}

/** What people say before a label at the beginning of a sentence. */
const introductions = ['主要', '目前', '当前', '存在的', '本季度', '我们', '今后', '']

function labelAt(
  text: string,
  at: number,
  fields: WordFields,
  { fresh, softly }: { fresh: boolean; softly: boolean },
): Found | undefined {
  let best: Found | undefined
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

const trimmed = (text: string): string => {
  let from = 0
  let to = text.length
  while (from < to && /[\s，,、；;]/u.test(text[from] ?? '')) from++
  while (to > from && /[\s，,、；;]/u.test(text[to - 1] ?? '')) to--
  return text.slice(from, to)
}

/** The pieces of a text by field, in order; `lead`: what stands before the first of them. */
export function pieces(text: string, fields: WordFields): { lead: string; parts: { id: string; words: string }[] } {
  const starts = begins(text, fields)
  const lead = trimmed(text.slice(0, starts[0]?.at ?? text.length))
  const parts = starts.map(({ at, length, id, strips }, i) => {
    const end = starts[i + 1]?.at ?? text.length
    const body = text.slice(at + length, end)
    return { id, words: trimmed(strips ? body.replace(mark, '') : text.slice(at, end)) }
  })
  return { lead, parts: parts.filter(({ words }) => words !== '') }
}

const saidNone = /^(?:暂?无|没有|都没有|暂时没有|没|都无|没什么)[。.!！]?$/u
export const isNone = (text: string): boolean => saidNone.test(text.trim())

const steering = ['再补充一下', '补充一下', '另外补充', '再补充', '补充', '更正一下', '更正', '写错了', '还有']
/** Words that only steer are no content: `补充：`, `写错了，`. */
function withoutSteering(text: string): string {
  const word = steering.find((one) => text.startsWith(one) && ' \n:：，,是'.includes(text[one.length] ?? ' '))
  return word === undefined ? text : trimmed(text.slice(word.length).replace(/^[:：，,]/u, ''))
}

const missingOf = (fields: WordFields, words: OwnWords['words']): string[] =>
  Object.entries(fields).flatMap(([id, { optional }]) => (words[id] === undefined && !optional ? [id] : []))

/**
 * Adds a text to what is known. Marked pieces go where their labels say, added to what stands there unless it says the same. What has no
 * label goes to the one field that is missing, to the first of a form just begun, or is kept as a doubt.
 */
export function readOwnWords(text: string, fields: WordFields, before: OwnWords): Read<OwnWords> {
  const settled = settle(text, fields, before)
  if (settled) return { fields: settled }
  const { lead: said, parts } = pieces(text, fields)
  const lead = withoutSteering(said)
  const missing = missingOf(fields, before.words)
  const words = { ...before.words }
  const add = (id: string, more: string): void => {
    const stands = words[id]
    if (stands === undefined || isNone(stands)) words[id] = more
    else if (!stands.includes(more)) words[id] = `${stands}\n${more}`
  }
  let doubt = before.doubt
  if (lead !== '') {
    const open = missing.filter((id) => !parts.some((part) => part.id === id))
    const none = open.filter((id) => fields[id]?.none)
    if (isNone(lead) && parts.length === 0) for (const id of none) add(id, '无')
    else {
      const [only, ...others] = open
      const first = Object.keys(before.words).length === 0 ? Object.keys(fields)[0] : undefined
      const single = Object.keys(fields).length === 1 ? Object.keys(fields)[0] : undefined
      const place = others.length === 0 ? (only ?? single) : first === only ? first : undefined
      if (place !== undefined) add(place, lead)
      else doubt = doubt === undefined ? lead : `${doubt}\n${lead}`
    }
  }
  for (const part of parts) add(part.id, part.words)
  return { fields: { words, ...(doubt === undefined ? {} : { doubt }) } }
}

/** A doubt is settled by the name of a field alone, or dropped by 不要; undefined where the text is neither. */
function settle(text: string, fields: WordFields, { words, doubt }: OwnWords): OwnWords | undefined {
  if (doubt === undefined) return undefined
  const said = trimmed(text).replace(/[。.：:]$/u, '')
  if (said === '不要') return { words }
  const id = Object.keys(fields).find((one) => fields[one]?.label === said)
  if (id === undefined) return undefined
  const stands = words[id]
  return { words: { ...words, [id]: stands === undefined || isNone(stands) ? doubt : `${stands}\n${doubt}` } }
}

/** The one question for what is missing; `what`: of what it is asked. */
export function asksOwnWords(what: string, fields: WordFields, { words, doubt }: OwnWords): string | undefined {
  const missing = missingOf(fields, words).map((id) => fields[id])
  if (missing.length === 0 && doubt === undefined) return undefined
  const names = missing.map((field) => `${field?.label ?? ''}${field?.none ? '（没有请写“无”）' : ''}`).join('、')
  if (doubt !== undefined) {
    const labels = (missing.length > 0 ? missing : Object.values(fields)).map((field) => `“${field?.label ?? ''}”`)
    return `${what}：“${short(doubt)}”还不知道属于哪一部分，已留着。请回复${labels.join('或')}；不用写进去请回复“不要”。`
  }
  return `${what}：${Object.keys(words).length > 0 ? '已记下，还差' : '请告诉我'}${names}。一条消息即可，如“${missing.map((field) => `${field?.label ?? ''}：…`).join('')}”。`
}
const short = (text: string): string =>
  Array.from(text).length > 40 ? `${Array.from(text).slice(0, 40).join('')}…` : text

/** Every word that was given, a line a field. */
export const showsOwnWords = (fields: WordFields, { words }: OwnWords): string[] =>
  Object.entries(fields).flatMap(([id, { label }]) => (words[id] === undefined ? [] : [`${label}：${words[id]}`]))

export const partsOf = (fields: WordFields): Part[] => Object.entries(fields).map(([id, { label }]) => ({ id, label }))

export const replaceWords = (before: OwnWords, id: string, text: string): OwnWords => ({
  words: { ...before.words, [id]: text },
})
