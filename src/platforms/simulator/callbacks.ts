import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { randomId } from './api-call.ts'
import type { Credentials } from './peer.ts'

/** The callbacks that WeCom sends to an app's address, and how it reads the answers (P-90238, P-90930, P-90239, P-90240). */

const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
const element = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`)
    .exec(xml)
    ?.slice(1)
    .find((part) => part !== undefined)

/** The inner XML of a message or event. `seconds` is the CreateTime. */
function inner(
  credentials: Credentials,
  account: string,
  { seconds, elements }: { seconds: number; elements: string },
): string {
  const head = `<ToUserName>${cdata(credentials.corpId)}</ToUserName><FromUserName>${cdata(account)}</FromUserName><CreateTime>${seconds}</CreateTime>`
  return `<xml>${head}${elements}<AgentID>${credentials.agentId}</AgentID></xml>`
}

export const textXml = (
  credentials: Credentials,
  account: string,
  { seconds, text, msgId }: { seconds: number; text: string; msgId: string },
): string =>
  inner(credentials, account, {
    seconds,
    elements: `<MsgType>${cdata('text')}</MsgType><Content>${cdata(text)}</Content><MsgId>${msgId}</MsgId>`,
  })

export const eventXml = (
  credentials: Credentials,
  account: string,
  { seconds, event, key = '' }: { seconds: number; event: string; key?: string },
): string =>
  inner(credentials, account, {
    seconds,
    elements: `<MsgType>${cdata('event')}</MsgType><Event>${cdata(event)}</Event><EventKey>${cdata(key)}</EventKey>`,
  })

export type Tap = {
  key: string
  taskId: string
  cardType: string
  responseCode: string
  picked: { [question: string]: string[] }
}

/** The inner XML of a tap on a card. `menu` means that a menu entry was chosen, not a button. A question without any pick is left out. */
export function tapXml(
  credentials: Credentials,
  account: string,
  { seconds, tap, it: { menu = false } = {} }: { seconds: number; tap: Tap; it?: { menu?: boolean | undefined } },
): string {
  const items = Object.entries(tap.picked)
    .filter(([, ids]) => ids.length > 0 && !menu)
    .map(([question, ids]) => {
      const options = ids.map((id) => `<OptionId>${cdata(id)}</OptionId>`).join('')
      return `<SelectedItem><QuestionKey>${cdata(question)}</QuestionKey><OptionIds>${options}</OptionIds></SelectedItem>`
    })
    .join('')
  const event = menu ? 'template_card_menu_event' : 'template_card_event'
  return inner(credentials, account, {
    seconds,
    elements:
      `<MsgType>${cdata('event')}</MsgType><Event>${cdata(event)}</Event><EventKey>${cdata(tap.key)}</EventKey>` +
      `<TaskId>${cdata(tap.taskId)}</TaskId><CardType>${cdata(tap.cardType)}</CardType><ResponseCode>${cdata(tap.responseCode)}</ResponseCode>` +
      (items === '' ? '' : `<SelectedItems>${items}</SelectedItems>`),
  })
}

export type Envelope = { query: string; body: string }

/** Encrypts and signs an XML. `seconds` is the timestamp of the signature. */
export function envelope(credentials: Credentials, xml: string, seconds: number): Envelope {
  const nonce = String(randomBytes(6).readUIntBE(0, 6))
  const encrypted = encrypt(credentials.encodingAesKey, xml, credentials.corpId)
  const signature = getSignature(credentials.token, seconds, nonce, encrypted)
  return {
    query: `msg_signature=${signature}&timestamp=${seconds}&nonce=${nonce}`,
    body: `<xml><ToUserName>${cdata(credentials.corpId)}</ToUserName><Encrypt>${cdata(encrypted)}</Encrypt><AgentID>${cdata(String(credentials.agentId))}</AgentID></xml>`,
  }
}

/** The address check that the admin console makes before it accepts a callback address. */
export async function verifyAddress(credentials: Credentials, address: string, seconds: number): Promise<void> {
  const nonce = randomId(6)
  const echo = String(randomBytes(6).readUIntBE(0, 6))
  const encrypted = encrypt(credentials.encodingAesKey, echo, credentials.corpId)
  const signature = getSignature(credentials.token, seconds, nonce, encrypted)
  const query = `msg_signature=${signature}&timestamp=${seconds}&nonce=${nonce}&echostr=${encodeURIComponent(encrypted)}`
  const answer = await fetch(`${address}?${query}`, { signal: AbortSignal.timeout(5000) })
  const text = await answer.text()
  if (answer.status !== 200 || text !== echo)
    throw new Error(`the callback address answered ${answer.status}, not the echo`)
}

export type Delivered = { status: number; attempts: number; body: string }

/**
 * Posts the same bytes until the answer is 200: it waits five seconds for each answer and repeats three times. Status 0 means that no
 * answer came. WeCom does not document the pauses between repeats; here they are short.
 */
export async function deliver(
  address: string,
  { query, body }: Envelope,
  { repeats = 3, pauseMs = 300 } = {},
): Promise<Delivered> {
  for (let attempt = 1; ; attempt++) {
    const result = await post(`${address}?${query}`, body)
    if (result.status === 200 || attempt > repeats) return { ...result, attempts: attempt }
    await sleep(pauseMs)
  }
}

async function post(address: string, body: string): Promise<{ status: number; body: string }> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/xml' },
      signal: AbortSignal.timeout(5000),
    })
    return { status: answer.status, body: await answer.text() }
  } catch {
    // The repeats exist for resets and time-outs. The caller sees status 0.
    return { status: 0, body: '' }
  }
}

export type Passive = { kind: 'none' } | { kind: 'text'; to: string; text: string } | { kind: 'wrong'; why: string }

/** Reads the answer to a callback: empty, or an encrypted reply (P-90241). The bot may reply with text only. */
export function passiveReply(credentials: Credentials, body: string): Passive {
  if (body === '') return { kind: 'none' }
  const encrypted = element(body, 'Encrypt')
  if (!encrypted) return { kind: 'wrong', why: 'neither empty nor an encrypted reply' }
  const signature = getSignature(
    credentials.token,
    element(body, 'TimeStamp') ?? '',
    element(body, 'Nonce') ?? '',
    encrypted,
  )
  if (signature !== element(body, 'MsgSignature'))
    return { kind: 'wrong', why: 'a passive reply with a wrong signature' }
  const { message, id } = decrypt(credentials.encodingAesKey, encrypted)
  if (id !== credentials.corpId) return { kind: 'wrong', why: 'a passive reply with a wrong receiveid' }
  if (element(message, 'MsgType') !== 'text') return { kind: 'wrong', why: 'a passive reply that is not text' }
  return { kind: 'text', to: element(message, 'ToUserName') ?? '', text: element(message, 'Content') ?? '' }
}
