import { timingSafeEqual } from 'node:crypto'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'

/** The keys that WeCom shares with us. `receiveId` is the CorpID of an app, and empty for 智能机器人. */
export type EnvelopeKeys = { token: string; encodingAesKey: string; receiveId: string }
/** The parts of a request as they came in. A part that is missing or came twice is `undefined`. */
export type Signed = {
  signature: string | undefined
  timestamp: string | undefined
  nonce: string | undefined
  encrypted: string | undefined
}
/** The message, or the status of the refusal and the check that failed. The check is for the log only; the sender is not told. */
export type Opened = { message: string } | { refused: 400 | 401; check: string }

/**
 * Verifies and decrypts (P-90968). It checks the signature before it decrypts anything, then receiveid, lengths and padding, which
 * @wecom/crypto does not check.
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

/** Checks what can be seen before the body has arrived. Undefined means that the request may be valid. */
export function checkQuery({ signature, timestamp, nonce }: Signed): Extract<Opened, { refused: unknown }> | undefined {
  if (signature === undefined || timestamp === undefined || nonce === undefined)
    return { refused: 401, check: 'signature missing' }
  if (!/^[0-9a-f]{40}$/.test(signature)) return { refused: 401, check: 'signature wrong' }
  // The signed text has no separators. With a long nonce, somebody could take whole blocks off the front of the ciphertext and keep the
  // signature.
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
  // We encrypt the result again. If padding, lengths, encoding or Base64 are wrong, that does not give the same ciphertext.
  if (encrypt(encodingAesKey, message, id, random) !== encrypted) return { refused: 400, check: 'lengths or padding' }
  if (id !== receiveId) return { refused: 400, check: 'receiveid' }
  if (message === '') return { refused: 400, check: 'no message' }
  return { message }
}

/** Encrypts and signs a reply. `timestamp` is in seconds. */
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
