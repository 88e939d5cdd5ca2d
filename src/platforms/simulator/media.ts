import { z } from 'zod'
import { type Answer, type Call, ok, Refusal, randomId } from './api-call.ts'

const threeDays = 3 * 86_400_000
const mebibyte = 1024 * 1024
const limits = { image: 10 * mebibyte, voice: 2 * mebibyte, video: 10 * mebibyte, file: 20 * mebibyte }
const Kind = z.enum(['image', 'voice', 'video', 'file'])

type Medium = {
  id: string
  name: string
  kind: string
  data: Buffer
  at: number /** for an upload by a webhook: its key */
  group?: string
}

/** Uploaded files; each one lives for three days. */
export class MediaShelf {
  readonly #media = new Map<string, Medium>()
  readonly #life: () => number

  constructor(life: () => number) {
    this.#life = life
  }

  /** `group` is the webhook that uploads. Such a file is valid in that group only. */
  upload(call: Call, group?: string): Answer {
    const kind = Kind.safeParse(call.query['type'])
    if (!kind.success || (group !== undefined && kind.data !== 'file' && kind.data !== 'voice'))
      throw new Refusal(40004, 'media type')
    const part = filePart(call.body, call.contentType)
    if (!part || part.field !== 'media')
      throw new Refusal(44001, 'a multipart body with one part named media is needed')
    if (!part.name) throw new Refusal(40005, 'filename is missing')
    if (part.data.length <= 5) throw new Refusal(44001, 'five bytes or less')
    if (part.data.length > limits[kind.data]) throw new Refusal(45001, `${part.data.length} bytes are too large`)
    const medium = {
      id: randomId(16),
      name: part.name,
      kind: kind.data,
      data: part.data,
      at: this.#life(),
      ...(group === undefined ? {} : { group }),
    }
    this.#media.set(medium.id, medium)
    return ok({ type: kind.data, media_id: medium.id, created_at: String(Math.floor(medium.at / 1000)) })
  }

  /**
   * A file to send. It must be known, of that kind, at most three days old, and uploaded by this webhook if a webhook uploaded it. Throws
   * Refusal otherwise.
   */
  use(id: string, kind: string, group?: string): Medium {
    const medium = this.#media.get(id)
    if (!medium || this.#life() - medium.at > threeDays) throw new Refusal(40007, 'invalid media_id')
    if (medium.kind !== kind || medium.group !== group) throw new Refusal(40007, `a ${medium.kind} of another place`)
    return medium
  }

  /** A file of a message that somebody looks at. Sent files stay readable. */
  find(id: string): Medium | undefined {
    return this.#media.get(id)
  }
}

/** The only file part of a multipart body, or undefined if there is none. */
function filePart(body: Buffer, contentType: string): { field: string; name: string; data: Buffer } | undefined {
  const boundary = /^multipart\/form-data; ?boundary="?([^";\s]{1,70})/i.exec(contentType)
  const mark = boundary?.[1]
  if (!mark) return undefined
  const start = body.indexOf('\r\n\r\n')
  const end = body.lastIndexOf(`\r\n--${mark}--`)
  if (start < 0 || end < start || !body.subarray(0, start).toString('latin1').startsWith(`--${mark}\r\n`))
    return undefined
  const head = body.subarray(0, start).toString('utf8')
  const field = /[; ]name="([^"\r\n]+)"/i.exec(head)?.[1]
  const plain = /[; ]filename="([^"\r\n]*)"/i.exec(head)?.[1]
  const encoded = /[; ]filename\*=UTF-8''([^;\r\n]+)/i.exec(head)?.[1]
  if (field === undefined) return undefined
  const name = encoded === undefined ? (plain ?? '') : decodeURIComponent(encoded)
  return { field, name, data: body.subarray(start + 4, end) }
}
