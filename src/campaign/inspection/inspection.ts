/** 督查整改: what a branch must put right, its answer, and the end. Source: plan, 三（三） and 四（二）. */
import { z } from 'zod'
import { wholeNumeral } from '../numerals.ts'

const Deed = z.strictObject({ by: z.string(), at: z.string() })

/** People are ids, times ISO instants, `due` an ISO day. `from` is the post that sent it, whoever holds that post. */
export const Inspection = z.strictObject({
  words: z.string(),
  from: z.enum(['organization-department', 'general-branch-secretary']),
  sent: Deed,
  due: z.string(),
  state: z.enum(['open', 'answered', 'closed']),
  answer: Deed.extend({ words: z.string() }).exactOptional(),
  returned: Deed.extend({ reason: z.string() }).exactOptional(),
  closed: Deed.exactOptional(),
})
export type Inspection = z.infer<typeof Inspection>
type By = z.infer<typeof Deed>

export const send = (
  words: string,
  from: Inspection['from'],
  { due, sent }: { due: string; sent: By },
): Inspection => ({
  words,
  from,
  sent,
  due,
  state: 'open',
})

/** Records an answer. A branch may answer again until the inspection is closed. */
export const answer = (before: Inspection, words: string, by: By): Inspection => ({
  ...before,
  state: 'answered',
  answer: { ...by, words },
})
/** Opens it again with a new date. Only an answered inspection can be returned. */
export const sendBack = (before: Inspection, reason: string, { due, by }: { due: string; by: By }): Inspection => ({
  ...before,
  state: 'open',
  due,
  returned: { ...by, reason },
})
export const close = (before: Inspection, by: By): Inspection => ({ ...before, state: 'closed', closed: by })

export const stateWords: Readonly<Record<Inspection['state'], string>> = {
  open: '待整改',
  answered: '已答复，待销号',
  closed: '已销号',
}

const digits = /^\s*([\d０-９]{1,3})号?(?=[\s:：,，、。]|$)[\s:：,，、。]*/u
const ordinal = /^\s*第([\d０-９]{1,3}|[一二三四五六七八九十]{1,3})(?:号|项|条|个)?(?=[\s:：,，、。]|$)[\s:：,，、。]*/u

/** The number at the beginning of a text that says which item is meant. `第2项` counts only if there is an item with that number. */
export function numbered(text: string, known: readonly number[]): { number?: number; rest: string } {
  const plain = digits.exec(text)
  const said = plain ?? ordinal.exec(text)
  const word = said?.[1]?.normalize('NFKC')
  if (!said || word === undefined) return { rest: text }
  const number = /\d/.test(word) ? Number(word) : wholeNumeral(word)
  if (number === undefined || (!plain && !known.includes(number))) return { rest: text }
  return { number, rest: text.slice(said[0].length) }
}
