import { randomBytes } from 'node:crypto'
import type { Key, Page, Write } from './store.ts'

/**
 * A key as text: each part follows a U+0001. Inside a part, U+0000, U+0001 and U+0002 become U+0002 and one of U+0002–U+0004. So the byte
 * order of the whole in UTF-8 is the order of the parts, and no part runs into the next. The text never contains U+0000.
 */
const separator = '\u0001'
const escape = '\u0002'
const control = /\p{Cc}/gu
const escapes = new RegExp(`${escape}(.)`, 'g')
const halfCharacter = /\p{Surrogate}/u

/** Nearly every part is plain, with nothing to escape. */
const plain = /^[ -~]*$/

function encodePart(part: string): string {
  if (plain.test(part)) return separator + part
  if (halfCharacter.test(part)) throw new TypeError('a part of a key holds half a character')
  return separator + part.replace(control, (one) => (one > escape ? one : escape + shifted(one, 2)))
}
const decodePart = (part: string): string =>
  part.includes(escape) ? part.replace(escapes, (_, code: string) => shifted(code, -2)) : part
const shifted = (character: string, by: number): string => String.fromCharCode(character.charCodeAt(0) + by)

/** The key as text. Throws TypeError if a part is not well-formed Unicode. */
export const encodeKey = (key: Key): string => key.map(encodePart).join('')
export const decodeKey = (encoded: string): Key => encoded.slice(1).split(separator).map(decodePart)

/** The first part of an encoded key, as an encoded key. */
export function tableIn(encoded: string): string {
  const end = encoded.indexOf(separator, 1)
  return end < 0 ? encoded : encoded.slice(0, end)
}

/** The range that a list reads: encoded keys between `from` and `to`, both excluded. */
export type Range = { from: string; to: string; limit: number; reverse: boolean }

/** The range below a prefix as encoded keys; by default at most 1,000. */
export function encodeRange(prefix: Key, { after, before, limit = 1000, reverse = false }: Page = {}): Range {
  const self = encodeKey(prefix)
  const afterAll = self + escape
  return {
    from: after ? later(encodeKey(after), self) : self,
    to: before ? earlier(encodeKey(before), afterAll) : afterAll,
    limit,
    reverse,
  }
}
const inOrder = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) <= 0
const later = (a: string, b: string): string => (inOrder(a, b) ? b : a)
const earlier = (a: string, b: string): string => (inOrder(a, b) ? a : b)

/**
 * `wants` is the version that must be stored, or `absent`; without it any version will do. `expiresAt` is in whole milliseconds since 1970.
 * `apart` is the drawn version of a value that is written apart.
 */
export type EncodedWrite = { key: string; wants: string | undefined } & (
  | { kind: 'put'; value: string; expiresAt: number | undefined; apart: string | undefined }
  | { kind: 'delete' | 'check' }
)

/** Throws TypeError if the key is empty or malformed, or the value is no JSON data. */
export function encodeWrite(write: Write): EncodedWrite {
  const wants = write.if
  if ('check' in write) return { kind: 'check', key: encodeOwnKey(write.check), wants }
  if ('delete' in write) return { kind: 'delete', key: encodeOwnKey(write.delete), wants }
  const value: string | undefined = JSON.stringify(write.value)
  if (value === undefined) throw new TypeError('a value must be JSON data')
  const apart = write.apart ? randomBytes(12).toString('base64url') : undefined
  return { kind: 'put', key: encodeOwnKey(write.put), value, wants, expiresAt: expiry(write.expiresAt), apart }
}

function expiry(at: number | undefined): number | undefined {
  if (at === undefined) return undefined
  if (!Number.isFinite(at)) throw new TypeError('expiresAt must be milliseconds since 1970')
  return Math.max(1, Math.ceil(at))
}

function encodeOwnKey(key: Key): string {
  if (key.length === 0) throw new TypeError('a record needs a key')
  return encodeKey(key)
}
