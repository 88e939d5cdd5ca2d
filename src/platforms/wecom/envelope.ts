import { timingSafeEqual } from 'node:crypto'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'

/** What WeCom and we share. `receiveId`: the CorpID of an app; empty for 智能机器人. */
export type EnvelopeKeys = { token: string; encodingAesKey: string; receiveId: string }
/** As it came in: parts that are missing or came twice are `undefined`. */
export type Signed = {
  signature: string | undefined
  timestamp: string | undefined
  nonce: string | undefined
  encrypted: string | undefined
}
/** The message, or the status of the answer and which check failed (for the log; the sender is not told). */
export type Opened = { message: string } | { refused: 400 | 401; check: string }

/**
 * Verifies and decrypts (P-90968): signature before anything is decrypted, then receiveid, lengths and padding, none of which
 * @wecom/crypto looks at.
 */
export function openEnvelope(keys: EnvelopeKeys, signed: Signed): Opened {
  const query = checkQuery(signed)
  if (query) return query
  const { signature = '', timestamp = '', nonce = '', encrypted } = signed
  if (encrypted === undefined || encrypted === '') return { refused: 400, check: 'no ciphertext' }
  if (!sameBytes(signature, getSignature(keys.token, timestamp, nonce, encrypted)))
    return { refused: 401, check: 'signature wrong' }
  return openCiphertext(keys, encrypted)
}

/** What can be seen before the body is there; undefined: it may be right. */
export function checkQuery({ signature, timestamp, nonce }: Signed): Extract<Opened, { refused: unknown }> | undefined {
  if (signature === undefined || timestamp === undefined || nonce === undefined)
    return { refused: 401, check: 'signature missing' }
  if (!/^[0-9a-f]{40}$/.test(signature)) return { refused: 401, check: 'signature wrong' }
  // What is signed has no separators: a long nonce could take whole blocks off the ciphertext's front under the same signature.
  return /^\d{1,20}$/.test(timestamp) && /^[\w-]{1,63}$/.test(nonce)
    ? undefined
    : { refused: 401, check: 'timestamp or nonce' }
}

function openCiphertext({ encodingAesKey, receiveId }: EnvelopeKeys, encrypted: string): Opened {
  let opened: ReturnType<typeof decrypt>
  try {
    opened = decrypt(encodingAesKey, encrypted)
  } catch {
    return { refused: 400, check: 'undecryptable' }
  }
  const { message, id, random } = opened
  // Whatever is wrong with padding, lengths, encoding or Base64: what was read does not make the same ciphertext again.
  if (encrypt(encodingAesKey, message, id, random) !== encrypted) return { refused: 400, check: 'lengths or padding' }
  if (id !== receiveId) return { refused: 400, check: 'receiveid' }
  if (message === '') return { refused: 400, check: 'no message' }
  return { message }
}

/** Encrypts and signs a reply. `timestamp`: seconds. */
export function sealEnvelope(
  { token, encodingAesKey, receiveId }: EnvelopeKeys,
  message: string,
  { timestamp, nonce }: { timestamp: number; nonce: string },
): { encrypted: string; signature: string } {
  const encrypted = encrypt(encodingAesKey, message, receiveId)
  return { encrypted, signature: getSignature(token, timestamp, nonce, encrypted) }
}

function sameBytes(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
