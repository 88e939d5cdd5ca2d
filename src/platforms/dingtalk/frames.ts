import { z } from 'zod'

export const topics = { robot: '/v1.0/im/bot/messages/get', card: '/v1.0/card/instances/callback' }

const Frame = z.looseObject({
  type: z.string(),
  headers: z.looseObject({ topic: z.string(), messageId: z.string().exactOptional() }),
  data: z.string().default('{}'),
})
export type Frame = z.infer<typeof Frame>

/** Reads a frame of the Stream gateway (dingtalk.md §4.2). Undefined if the text is not a frame. */
export function readFrame(text: string): Frame | undefined {
  return Frame.safeParse(parsed(text)).data
}

/** The data of a frame, which is JSON inside a text. */
export const dataOf = (frame: Frame): unknown => parsed(frame.data)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A reply to a frame: the frame's id, a code, and the data as JSON inside a text. */
export const replyTo = (frame: Frame, code: 200 | 404 | 500, data: string): string =>
  JSON.stringify({
    code,
    headers: { messageId: frame.headers.messageId, contentType: 'application/json' },
    message: code === 200 ? 'OK' : 'error',
    data,
  })
