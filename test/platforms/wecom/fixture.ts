import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** Published data of wecom.md and data derived from it: crypto vectors and decrypted callbacks. */

const folder = new URL('fixtures/', import.meta.url)
export const sample = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

const Vector = z.object({
  id: z.string(),
  kind: z.enum(['verify_url', 'callback', 'passive_reply', 'aes_only']),
  valid: z.boolean(),
  token: z.string().default(''),
  encodingAESKey: z.string(),
  receiveid: z.string(),
  timestamp: z.string().default(''),
  nonce: z.string().default(''),
  encrypt: z.string().exactOptional(),
  echostr: z.string().exactOptional(),
  msg_signature: z.string().default(''),
  plaintext: z.string().default(''),
  query: z.string().exactOptional(),
  post_body: z.string().exactOptional(),
})
export const vectors = z.object({ vectors: z.array(Vector) }).parse(JSON.parse(sample('vectors.json'))).vectors

export const silent = { info: () => {}, warn: () => {}, error: () => {} }

/** A log that a test can read. */
export function keptLog() {
  const lines: string[] = []
  const keep = (context: object, line: string): void => void lines.push(`${line} ${JSON.stringify(context)}`)
  return { lines, log: { info: keep, warn: keep, error: keep } }
}

/** Tokens as instances share them. */
export function sharedTokens() {
  const held = new Map<string, { token: string; until: number }>()
  return {
    held,
    read: async (name: string) => held.get(name),
    write: async (name: string, token: string, until: number) => void held.set(name, { token, until }),
  }
}
