import { randomBytes } from 'node:crypto'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { z } from 'zod'
import { randomId } from '../../../../src/platforms/simulator/api-call.ts'
import type { AibotUrlSettings } from '../../../../src/platforms/wecom/aibot/settings.ts'

/** Envelopes of 智能机器人 in URL mode (wecom.md §14.1): JSON with an empty receiveid. */

export type Envelope = { query: string; body: string; nonce: string }

/** `plain` is encrypted as it is. `receiveId` is not empty only to test refusals. */
export function envelope({ token, encodingAesKey }: AibotUrlSettings, plain: string, receiveId = ''): Envelope {
  const [timestamp, nonce] = [Math.floor(Date.now() / 1000), randomId(8)]
  const encrypted = encrypt(encodingAesKey, plain, receiveId)
  const signature = getSignature(token, timestamp, nonce, encrypted)
  const query = `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`
  return { query, body: JSON.stringify({ encrypt: encrypted }), nonce }
}

/** The check that the admin console makes before it accepts an address. Throws if the address does not answer it. */
export async function verifyAddress({ token, encodingAesKey }: AibotUrlSettings, address: string): Promise<void> {
  const echo = String(randomBytes(6).readUIntBE(0, 6))
  const encrypted = encrypt(encodingAesKey, echo, '')
  const signature = getSignature(token, 1_700_000_000, 'n', encrypted)
  const query = new URLSearchParams({
    msg_signature: signature,
    timestamp: '1700000000',
    nonce: 'n',
    echostr: encrypted,
  })
  const answer = await fetch(`${address}?${query.toString()}`)
  if (answer.status !== 200 || (await answer.text()) !== echo) throw new Error(`the address answered ${answer.status}`)
}

const Sealed = z.strictObject({
  encrypt: z.string().min(1),
  msgsignature: z.string(),
  timestamp: z.number().int(),
  nonce: z.string(),
})

/** The plain answer, or `undefined` if there is none. A string names the fault in it. */
export function openAnswer(
  { token, encodingAesKey }: AibotUrlSettings,
  text: string,
  nonce: string,
): { plain: unknown } | string | undefined {
  if (text === '') return undefined
  const sealed = Sealed.safeParse(JSON.parse(text))
  if (!sealed.success) return 'an answer that is no envelope'
  const { encrypt: encrypted, msgsignature, timestamp } = sealed.data
  if (sealed.data.nonce !== nonce) return 'an answer with another nonce'
  if (getSignature(token, timestamp, nonce, encrypted) !== msgsignature) return 'an answer with a wrong signature'
  const { message, id } = decrypt(encodingAesKey, encrypted)
  return id === '' ? { plain: JSON.parse(message) } : 'an answer with a receiveid'
}
