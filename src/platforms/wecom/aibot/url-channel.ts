import { z } from 'zod'
import type { Channel, Log, Outcome, Pace, Parcel, Request } from '../../../bot/messages/channel.ts'
import { chatPaces } from './paces.ts'
import { inWords, longestContent, markdown, newCard, templateCard, within } from './replies.ts'

const timeoutMs = 10_000
/** After an answer of at most 4.5 seconds, in the six for which delivery holds the rest. */
const togetherMs = 1_400

const Handle = z.object({ responseUrl: z.string().exactOptional(), until: z.number().exactOptional() })
/** Decided on errcode alone; an answer without one that says 200 is taken as well. */
const Answer = z.looseObject({ errcode: z.number().int().default(0) })

/** What WeCom refuses for its content, whatever is tried again. */
const content: ReadonlySet<number> = new Set([40008, 40033, 40035, 40058, 40063, 44004, 45002, 82004, 846625])
const isContent = (errcode: number): boolean => content.has(errcode) || (errcode >= 42017 && errcode <= 42051)
const waits: { [errcode: number]: number } = { [-1]: 500, 6000: 1000, 45009: 60_000, 45033: 5_000, 846607: 60_000 }

/**
 * 智能机器人 in URL mode, for what the answer of the callback did not carry: one message to the response_url of what is answered, within
 * the hour. There is no other way to write to anybody.
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

/** One request whatever the message is, since the address takes one: a card that needs words beside it is all words. */
function requests({ id, message }: Parcel): Request[] {
  const rendered = message.kind === 'card' ? newCard(message.card, id) : undefined
  const body =
    rendered?.template && rendered.text === ''
      ? templateCard(rendered.template)
      : markdown(within(inWords(message), longestContent))
  // The address takes one message, however often it is tried.
  return [{ call: 'response_url', body: JSON.stringify(body), arrivesOnce: Number.POSITIVE_INFINITY }]
}

/** Several messages in the one that an address takes, in words. Tried once; false: they have to go one by one. */
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

/** `anew`: the address is used up or gone. Delivery takes that for sent where an earlier try may have used it, else tries without. */
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
