import { randomUUID } from 'node:crypto'
import { z } from 'zod'

/** Frames of the long connection: JSON texts (P-101463). An answer to our frame has no `cmd`, but our `req_id` and an `errcode`. */
const Frame = z.looseObject({
  cmd: z.string().nullish(),
  headers: z.looseObject({ req_id: z.string().min(1) }),
  body: z.unknown().optional(),
  errcode: z.number().int().nullish(),
})
export type Frame = z.infer<typeof Frame>

/** Reads a frame. Undefined if the text is none. The gateway may put bare control characters into texts, which JSON does not allow. */
export function readFrame(text: string): Frame | undefined {
  try {
    return Frame.safeParse(JSON.parse(text.replace(/[^\P{Cc}\t\n]/gu, ''))).data
  } catch {
    return undefined
  }
}

/** A frame to send. `body` is JSON text and is sent unchanged. */
export const frameOf = (cmd: string, reqId: string, body?: string): string =>
  `{"cmd":${JSON.stringify(cmd)},"headers":${JSON.stringify({ req_id: reqId })}${body === undefined ? '' : `,"body":${body}`}}`

export const newReqId = (cmd: string): string => `${cmd}_${randomUUID()}`

/** The result of our frame. `lost` means that no answer came; `ambiguous`, that it may have been carried out. */
export type Ack = { kind: 'ack'; errcode: number; body: unknown } | { kind: 'lost'; code: string; ambiguous: boolean }
/** Sends a frame and waits for its answer; never throws. `reqId` is the id of the frame that we answer. */
export type Ask = (cmd: string, body?: string, reqId?: string) => Promise<Ack>

export const isOk = (ack: Ack): boolean => ack.kind === 'ack' && ack.errcode === 0
