/** Reads words that are no score but the reason for the score beside them. */
import { attempt, here, isOneOf, isText, pieceFrom, type Reader, type Statement } from './score-reader.ts'
import type { Kind } from './score-tokens.ts'

const worth: readonly Kind[] = ['rest', 'number', 'full', 'doubt', 'slip', 'zero', 'self', 'last']

/** Words without a number, an item or 其余 cannot mean a score. */
/** `items` are those just spoken of. Their labels may stand among the words. */
export const words = (reader: Reader, items: readonly number[] = []): Statement[] | undefined =>
  attempt(reader, () => wordsHere(reader, items))
function wordsHere(reader: Reader, items: readonly number[]): Statement[] | undefined {
  const start = reader.at
  let says = false
  while (reader.at === start || isText(reader.tokens[reader.at], reader.rubric, items)) {
    const token = reader.tokens[reader.at]
    if (!isText(token, reader.rubric, items)) return undefined
    if (reader.at > start && (startsClause(reader) || attempt(reader, () => ahead(reader)))) break
    says ||= token?.kind === 'text' || token?.kind === 'item' || token?.kind === 'section'
    reader.at++
  }
  if (!says || worth.includes(reader.tokens[start]?.kind ?? 'text')) return undefined
  return [{ kind: 'words', piece: pieceFrom(reader, start) }]
}
const startsClause = (reader: Reader): boolean => {
  const token = reader.tokens[reader.at]
  return isOneOf(token?.kind, ['except']) || (token?.kind === 'item' && token.said === 'part' && token.gap)
}
/** A score begins here. */
const ahead = (reader: Reader): true | undefined => {
  if (
    !isOneOf(here(reader), [
      'lose',
      'get',
      'to',
      'less',
      'more',
      'zero',
      'half',
      'all',
      'each',
      'total',
      'sum',
      'cancel',
    ])
  )
    return undefined
  if (isOneOf(here(reader), ['all', 'each']))
    return isOneOf(here(reader, 1), ['full', 'get', 'number', 'lose']) ? true : undefined
  return isOneOf(here(reader, 1), ['number', 'item', 'full', 'colon', 'lose']) ? true : undefined
}
