/** 督查整改: what a branch is told to put right, its answer, and its end. Plan, 三（三） and 四（二）. */
import { z } from 'zod'
import { wholeNumeral } from '../numerals.ts'

const Deed = z.strictObject({ by: z.string(), at: z.string() })

/** People by id, times as ISO instants, `due` an ISO day. `from`: the post that sent it, whoever holds it. */
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

/** An answer may be said anew until it is closed. */
export const answer = (before: Inspection, words: string, by: By): Inspection => ({
  ...before,
  state: 'answered',
  answer: { ...by, words },
})
/** Open again, with a new date: only what was answered is returned. */
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

/** A number at the beginning, which of several is meant; `第2项` only where there is one of that number. */
export function numbered(text: string, known: readonly number[]): { number?: number; rest: string } {
  const plain = digits.exec(text)
  const said = plain ?? ordinal.exec(text)
  const word = said?.[1]?.normalize('NFKC')
  if (!said || word === undefined) return { rest: text }
  const number = /\d/.test(word) ? Number(word) : wholeNumeral(word)
  if (number === undefined || (!plain && !known.includes(number))) return { rest: text }
  return { number, rest: text.slice(said[0].length) }
}
