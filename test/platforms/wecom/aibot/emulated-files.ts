import { createCipheriv } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { randomId } from '../../../../src/platforms/simulator/api-call.ts'

/** PKCS#7 to 32 bytes, as for callbacks. */
export function encryptFile(data: Uint8Array, key: Buffer): Buffer {
  const padding = 32 - (data.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([data, Buffer.alloc(padding, padding)])), cipher.final()])
}

/**
 * The addresses of files that people sent, valid for five minutes. `key` is the one key of URL mode. Without it each file has its own,
 * which its message names.
 */
export class ServedFiles {
  readonly #files = new Map<string, { name: string; data: Buffer }>()
  readonly #key: Buffer | undefined
  base = ''

  constructor(key?: string) {
    this.#key = key === undefined ? undefined : Buffer.from(key, 'base64')
  }

  /** The part of a message that names the file. */
  serve(name: string, data: Uint8Array): { url: string; aeskey?: string } {
    const own = Buffer.from(randomId(32), 'hex')
    const id = randomId()
    this.#files.set(id, { name, data: encryptFile(data, this.#key ?? own) })
    return { url: `${this.base}/files/${id}`, ...(this.#key ? {} : { aeskey: own.toString('base64') }) }
  }

  /** Makes all addresses too old. */
  expire(): void {
    this.#files.clear()
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const file = this.#files.get(/^\/files\/(\w+)$/.exec(request.url ?? '')?.[1] ?? '')
    if (!file) return void response.writeHead(404).end()
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`
    response.writeHead(200, { 'content-disposition': disposition, 'content-length': file.data.length })
    response.end(file.data)
  }
}
