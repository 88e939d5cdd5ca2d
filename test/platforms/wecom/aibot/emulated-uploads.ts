import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Refusal, randomId } from '../../../../src/platforms/simulator/api-call.ts'
import type { SentFile } from './emulated-screen.ts'

const chunkBytes = 512 * 1024
const Init = z.strictObject({
  type: z.literal('file'),
  filename: z.string().min(1),
  total_size: z.number().int().gt(5),
  total_chunks: z.number().int().min(1).max(100),
  md5: z.string().length(32),
})
const Chunk = z.strictObject({
  upload_id: z.string(),
  chunk_index: z.number().int().min(0),
  base64_data: z.base64().min(1),
})
const Finish = z.strictObject({ upload_id: z.string() })

type Session = z.infer<typeof Init> & { chunks: Map<number, Buffer>; at: number }

/** Uploads in three steps (wecom.md §15). The meanings of 846610–846616 are not documented, so we chose them. */
export class Uploads {
  readonly #sessions = new Map<string, Session>()
  readonly #files: Map<string, SentFile>
  readonly #life: () => number
  readonly #begun: number[] = []

  constructor(files: Map<string, SentFile>, life: () => number) {
    this.#files = files
    this.#life = life
  }

  /** Carries out one step. Returns the body of its answer. Throws Refusal. */
  take(cmd: string, body: unknown): object | undefined {
    if (cmd.endsWith('_init')) return this.#init(body)
    return cmd.endsWith('_chunk') ? this.#chunk(body) : this.#finish(body)
  }

  #init(body: unknown): object {
    const read = Init.safeParse(body)
    if (!read.success) throw new Refusal(846610, 'upload')
    const now = this.#life()
    if (this.#begun.filter((at) => now - at < 60_000).length >= 30)
      throw new Refusal(846616, 'over 30 uploads a minute')
    this.#begun.push(now)
    if (Math.ceil(read.data.total_size / chunkBytes) > read.data.total_chunks)
      throw new Refusal(846613, 'too few chunks')
    const id = randomId()
    this.#sessions.set(id, { ...read.data, chunks: new Map(), at: now })
    return { upload_id: id }
  }

  #chunk(body: unknown): undefined {
    const read = Chunk.safeParse(body)
    if (!read.success) throw new Refusal(846610, 'chunk')
    const session = this.#session(read.data.upload_id)
    const data = Buffer.from(read.data.base64_data, 'base64')
    if (read.data.chunk_index >= session.total_chunks) throw new Refusal(846612, 'chunk_index')
    if (data.length > chunkBytes) throw new Refusal(846613, 'over 512 KB')
    session.chunks.set(read.data.chunk_index, data)
  }

  #finish(body: unknown): object {
    const read = Finish.safeParse(body)
    if (!read.success) throw new Refusal(846610, 'finish')
    const {
      type,
      filename: name,
      chunks,
      total_chunks: total,
      total_size: size,
      md5,
    } = this.#session(read.data.upload_id)
    const parts = Array.from({ length: total }, (_, i) => chunks.get(i))
    const data = Buffer.concat(parts.filter((part) => part !== undefined))
    if (parts.includes(undefined) || data.length !== size) throw new Refusal(846614, 'not all chunks are there')
    if (createHash('md5').update(data).digest('hex') !== md5) throw new Refusal(846615, 'md5')
    const id = randomId(16)
    this.#files.set(id, { id, name, data })
    this.#sessions.delete(read.data.upload_id)
    return { type, media_id: id, created_at: String(Math.floor(this.#life() / 1000)) }
  }

  #session(id: string): Session {
    const session = this.#sessions.get(id)
    if (!session || this.#life() - session.at > 30 * 60_000)
      throw new Refusal(846611, 'unknown upload_id', { blame: false })
    return session
  }
}
