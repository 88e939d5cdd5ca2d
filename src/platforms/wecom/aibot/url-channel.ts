import { z } from 'zod'
import type { Channel, Log, Outcome, Pace, Parcel, Request } from '../../../bot/messages/channel.ts'
import { chatPaces } from './paces.ts'
import { inWords, longestContent, markdown, newCard, templateCard, within } from './replies.ts'

const timeoutMs = 10_000
/** An answer takes at most 4.5 seconds, and delivery holds the rest for six, so this much time is left. */
const togetherMs = 1_400

const Handle = z.object({ responseUrl: z.string().exactOptional(), until: z.number().exactOptional() })
/** Only the errcode decides. An answer with status 200 and no errcode counts as success too. */
const Answer = z.looseObject({ errcode: z.number().int().default(0) })

/** WeCom refuses the content, so another try is useless. */
const content: ReadonlySet<number> = new Set([40008, 40033, 40035, 40058, 40063, 44004, 45002, 82004, 846625])
const isContent = (errcode: number): boolean => content.has(errcode) || (errcode >= 42017 && errcode <= 42051)
const waits: { [errcode: number]: number } = { [-1]: 500, 6000: 1000, 45009: 60_000, 45033: 5_000, 846607: 60_000 }

/**
 * 智能机器人 in URL mode, for the messages that the callback's answer did not carry: one message to the response_url of the callback, within the
 * hour. There is no other way to write to anybody.
 */
export function aibotUrlChannel(log: Log): Channel {
  return {
    name: 'aibot',
    can: { cards: true, forms: false, files: false, push: false },
    requests,
    paces: (parcel): Pace[] => chatPaces(parcel),
    send: (request, parcel) => send(request, parcel, { log }),
  }
}

/** Always one request, because the address takes one message. A card that needs words beside it is sent in words completely. */
function requests({ id, message }: Parcel): Request[] {
  const rendered = message.kind === 'card' ? newCard(message.card, id) : undefined
  const body =
    rendered?.template && rendered.text === ''
      ? templateCard(rendered.template)
      : markdown(within(inWords(message), longestContent))
  // The address takes one message, however often we try.
  return [{ call: 'response_url', body: JSON.stringify(body), arrivesOnce: Number.POSITIVE_INFINITY }]
}

/** Sends several messages as the one that an address takes, in words. Tries once. False means that they must go one by one. */
export async function sendTogether(parcels: readonly Parcel[], log: Log): Promise<boolean> {
  const [first] = parcels
  if (!first) return false
  const words = parcels.map(({ message }) => inWords(message)).join('\n\n')
  const parcel: Parcel = { ...first, message: { kind: 'text', text: words } }
  const [request] = requests(parcel)
  return request !== undefined && (await send(request, parcel, { log, ms: togetherMs })).kind === 'sent'
}

async function send(
  { body }: Request,
  { handle, message }: Parcel,
  { log, ms = timeoutMs }: { log: Log; ms?: number },
): Promise<Outcome> {
  if (message.kind === 'file') return { kind: 'refused', code: 'no-files-by-url' }
  const { responseUrl, until = 0 } = Handle.parse(handle ?? {})
  if (responseUrl === undefined || until < Date.now()) return { kind: 'unreachable', code: 'no-response-url' }
  try {
    const response = await fetch(responseUrl, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(ms),
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
    })
    const outcome = outcomeOf(response.status, await response.text())
    if (outcome.kind === 'anew') log.warn({ channel: 'aibot', status: response.status }, 'a response_url is used up')
    return outcome
  } catch (error) {
    const code = error instanceof Error ? error.name : 'network'
    return { kind: 'again', ms: 500, ambiguous: true, code }
  }
}

/**
 * `anew` means that the address is used up or gone. If an earlier try may have used it, delivery takes the message as sent; otherwise it
 * tries without the address.
 */
function outcomeOf(status: number, text: string): Outcome {
  if (status === 429 || status >= 500) return { kind: 'again', ms: 500, ambiguous: true, code: `http-${status}` }
  if (status !== 200) return { kind: 'anew' }
  const { errcode } = Answer.safeParse(parsed(text)).data ?? { errcode: 0 }
  if (errcode === 0) return { kind: 'sent' }
  const wait = waits[errcode]
  if (wait !== undefined) return { kind: 'again', ms: wait, ambiguous: errcode === -1, code: String(errcode) }
  return isContent(errcode) ? { kind: 'refused', code: String(errcode) } : { kind: 'anew' }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
