import { createDecipheriv } from 'node:crypto'
import { z } from 'zod'
import type { Download } from '../../../bot/messages/channel.ts'
import type { Inbound } from '../../../bot/messages/message.ts'

const Token = z.object({ url: z.url(), aeskey: z.string().exactOptional() })
const timeoutMs = 20_000
/** The longest wait for a file's name, in milliseconds, because WeCom waits for the answer to its callback. */
const nameMs = 1_500
const largest = 20 * 1024 * 1024

/**
 * Fetches a file that a person sent and decrypts it: AES-256-CBC, the IV is the key's first 16 bytes, PKCS#7 to 32. Its address lives for 5
 * minutes.
 * `key` (Base64) is the key of URL mode; by long connection each file has its own. The download throws if it fails.
 */
export const downloads =
  (key?: string): Download =>
  async (token) => {
    const { url, aeskey = key } = Token.parse(JSON.parse(token))
    if (aeskey === undefined) throw new Error('a file without its key')
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) throw new Error(`the file's address answered ${response.status}`)
    return decrypted(await bytesOf(response), Buffer.from(aeskey, 'base64'))
  }

/** Stops reading when a file is too large, whatever length the header announced. */
async function bytesOf(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > largest) throw new Error('the file is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function decrypted(data: Buffer, key: Buffer): Uint8Array {
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(data), decipher.final()])
  const padding = padded.at(-1) ?? 0
  const isPadding = padding >= 1 && padding <= 32 && padded.subarray(-padding).every((byte) => byte === padding)
  if (!isPadding) throw new Error('the file cannot be decrypted')
  return padded.subarray(0, -padding)
}

/** A file's callback has no name; the name is in the header of the download. Without that header the file stays nameless. */
export async function named(inbound: Inbound): Promise<Inbound> {
  const { what } = inbound
  if (what.kind !== 'file') return inbound
  const { url } = Token.parse(JSON.parse(what.token))
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(nameMs) })
    await response.body?.cancel()
    return { ...inbound, what: { ...what, name: nameIn(response.headers.get('content-disposition') ?? '') } }
  } catch {
    // The address was too slow or is gone. The code that takes the file reports it.
    return inbound
  }
}

/** Headers are read as Latin-1, whatever encoding they have. */
function nameIn(header: string): string {
  const disposition = Buffer.from(header, 'latin1').toString('utf8')
  const encoded =
    /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1] ?? /filename="?([^";]+)"?/i.exec(disposition)?.[1]
  try {
    return decodeURIComponent(encoded ?? '')
  } catch {
    return encoded ?? ''
  }
}
