import { setTimeout as sleep } from 'node:timers/promises'
import Router from '@koa/router'
import type { Context } from 'koa'
import { z } from 'zod'
import { bodyReader } from '../../../bot/connections/bodies.ts'
import type { InPlace, Log, Receive } from '../../../bot/messages/channel.ts'
import type { Inbound } from '../../../bot/messages/message.ts'
import { one, signedOf } from '../callback-route.ts'
import { checkQuery, type EnvelopeKeys, type Opened, openEnvelope, sealEnvelope } from '../envelope.ts'
import { readCallback, type Slot } from './inbound.ts'
import { type Going, goingOf, LateAnswers } from './late-answers.ts'
import { type Answer, messageAnswer, tapAnswer, welcomeAnswer } from './replies.ts'
import type { AibotUrlSettings } from './settings.ts'
import { settled } from './settled.ts'

/** `patience` is the time in milliseconds after which we begin an answer as a stream. WeCom waits for five seconds. */
export type UrlRouteParts = {
  settings: AibotUrlSettings
  /** Completes an event with the account of its sender and the name of its file. */
  complete: (inbound: Inbound) => Promise<Inbound>
  receive: Receive
  log: Log
  patience?: number
}
const usualPatience = 3_500
/** After this time WeCom may no longer wait, so the answer goes as a message of its own. */
const waitedMs = 4_500

const Envelope = z.looseObject({ encrypt: z.string() })

/** GET and POST /wecom/aibot (P-101033): 智能机器人 in URL mode. It refuses in the same cases as /wecom/callback. */
export function aibotRoute(parts: UrlRouteParts): Router {
  const door = new UrlDoor(parts)
  const router = new Router()
  router.all('/wecom/aibot', async (context) => {
    if (context.method === 'POST') return door.take(context)
    if (context.method === 'GET') return door.verify(context)
    context.set('Allow', 'GET, POST')
    door.refuse(context, 405, 'method')
  })
  return router
}

class UrlDoor {
  readonly #parts: UrlRouteParts
  readonly #keys: EnvelopeKeys
  readonly #late: LateAnswers
  readonly #readBody: ReturnType<typeof bodyReader>

  constructor(parts: UrlRouteParts) {
    this.#parts = parts
    this.#keys = { ...parts.settings, receiveId: '' }
    this.#late = new LateAnswers(parts.log)
    this.#readBody = bodyReader('aibot', parts.log)
  }

  refuse(context: Context, status: number, check: string): void {
    context.status = status
    context.body = ''
    this.#parts.log.warn({ channel: 'aibot', check }, 'a callback was refused')
  }

  verify(context: Context): void {
    const opened = openEnvelope(this.#keys, signedOf(context, one(context.query['echostr'])))
    if ('refused' in opened) return this.refuse(context, opened.refused, opened.check)
    context.status = 200
    context.body = opened.message
  }

  async take(context: Context): Promise<void> {
    const began = performance.now()
    const query = checkQuery(signedOf(context, undefined))
    if (query) return this.refuse(context, query.refused, query.check)
    const text = await this.#readBody(context)
    if (text === undefined) return
    const opened = openBody(this.#keys, context, text)
    if ('refused' in opened) return this.refuse(context, opened.refused, opened.check)
    const callback = readCallback(parsed(opened.message))
    if (callback === 'malformed') return this.refuse(context, 400, 'message malformed')
    if ('stream' in callback) return this.#answer(context, this.#late.next(callback.stream))
    if ('inbound' in callback) return this.#answer(context, await this.#react(callback.slot, callback.inbound, began))
    this.#parts.log.info({ channel: 'aibot', why: callback.ignored }, 'a callback was ignored')
    this.#answer(context, undefined)
  }

  /** An answer uses the nonce of its callback. */
  #answer(context: Context, going: Going | undefined): void {
    context.status = 200
    if (!going) return void (context.body = '')
    const timestamp = Math.floor(Date.now() / 1000)
    const nonce = one(context.query['nonce']) ?? ''
    const { encrypted, signature } = sealEnvelope(this.#keys, JSON.stringify(going.body), { timestamp, nonce })
    context.body = { encrypt: encrypted, msgsignature: signature, timestamp, nonce }
    if (context.res.destroyed) return void going.settle(false)
    context.res.once('close', () => void going.settle(context.res.writableFinished))
  }

  async #react(slot: Slot, inbound: Inbound, began: number): Promise<Going | undefined> {
    const { log, patience = usualPatience } = this.#parts
    const id = streamId(inbound)
    const before = this.#late.next(id)
    if (before) return before
    const work = this.#places(inbound)
    const ready =
      slot === 'message' ? await Promise.race([work, sleep(patience, undefined, { ref: false })]) : await work
    if (!ready) return this.#late.keep(id, began, work)
    const answered = performance.now() - began < waitedMs ? answerTo(slot, inbound, ready) : undefined
    if (answered) return this.#late.given(id, goingOf(answered, ready, log))
    await settled(ready, [], log)
    return undefined
  }

  async #places(inbound: Inbound): Promise<InPlace[]> {
    const { inPlace, rest = [] } = await this.#parts.receive(await this.#parts.complete(inbound))
    return inPlace ? [inPlace, ...rest] : []
  }
}

function answerTo(slot: Slot, inbound: Inbound, places: readonly InPlace[]): Answer | undefined {
  if (places.length === 0) return undefined
  if (slot === 'message') return messageAnswer(streamId(inbound), places)
  return slot === 'welcome' ? welcomeAnswer(places) : tapAnswer(String(inbound.handle?.['taskId']), places)
}

/** A repeat of the message gets the same stream id, so it continues the same answer. */
const streamId = ({ once }: Inbound): string => Buffer.from(once).toString('base64url')

/** The signature is over the ciphertext, so a body without one is malformed, whoever sent it. */
function openBody(keys: EnvelopeKeys, context: Context, body: string): Opened {
  const envelope = Envelope.safeParse(parsed(body))
  return openEnvelope(keys, signedOf(context, envelope.success ? envelope.data.encrypt : undefined))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Damaged JSON is a malformed body. The readers of the body report it.
    return undefined
  }
}
