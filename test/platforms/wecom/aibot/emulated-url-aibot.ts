import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { Refusal, randomId } from '../../../../src/platforms/simulator/api-call.ts'
import type { AibotUrlSettings } from '../../../../src/platforms/wecom/aibot/settings.ts'
import { EmulatedAibot, type Taken } from './emulated-aibot.ts'
import { type CallbackBody, chatOf } from './emulated-callbacks.ts'
import { ServedFiles } from './emulated-files.ts'
import { type Kind, readReply, readUpdate } from './emulated-replies.ts'
import { ResponseUrls } from './emulated-response-urls.ts'
import { envelope, openAnswer, verifyAddress } from './emulated-url-envelope.ts'

type Posted = { status: number; text: string; nonce: string }
const Event = z.looseObject({
  event: z.looseObject({
    eventtype: z.string(),
    template_card_event: z.looseObject({ task_id: z.string() }).exactOptional(),
  }),
})
const answers: readonly Kind[] = ['template_card', 'stream', 'stream_with_template_card']
const askedMs = 6 * 60_000

/** 智能机器人 in URL mode: it sends callbacks, shows the answers, and offers the response_url (wecom.md §14). */
export class EmulatedUrlAibot {
  readonly aibot: EmulatedAibot
  readonly files: ServedFiles
  readonly settings: AibotUrlSettings
  readonly responseUrls: ResponseUrls
  /** The wait for an answer, and the pause between two requests for the next state of a stream; in milliseconds. */
  patience = 5_000
  askEvery = 100
  /** How often it asked for the next state of a stream. */
  asked = 0
  /** The number of requests sent. */
  posts = 0
  /** This many answers get lost. */
  loseAnswers = 0
  readonly #server: Server
  readonly #asking = new Set<Promise<void>>()
  #address = ''
  #passed = 0
  #closed = false

  constructor(server: Server, hidden: boolean) {
    const letters = (length: number): string => randomId(length).slice(0, length)
    this.settings = { token: letters(24), encodingAesKey: `${letters(42)}A` }
    this.#server = server
    this.files = new ServedFiles(this.settings.encodingAesKey)
    this.aibot = new EmulatedAibot({ carry: (body) => this.deliver(body), files: this.files, hidden })
    this.responseUrls = new ResponseUrls(this.aibot, () => this.#life())
  }

  static async start({ hidden = false } = {}): Promise<EmulatedUrlAibot> {
    const server = createServer()
    const platform = new EmulatedUrlAibot(server, hidden)
    server.on('request', (request, response) => platform.#serve(request, response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = z.object({ port: z.number() }).parse(server.address())
    platform.files.base = `http://127.0.0.1:${port}`
    platform.responseUrls.base = platform.files.base
    return platform
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.idle()
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }

  get violations(): readonly string[] {
    return this.aibot.violations
  }
  /** Sets the callback address, which must answer the check. `address` ends with …/wecom/aibot. */
  async connect(address: string): Promise<void> {
    await verifyAddress(this.settings, address)
    this.#address = address
  }
  /** Resolves when it no longer asks for any stream. */
  async idle(): Promise<void> {
    while (this.#asking.size > 0) await Promise.all(this.#asking)
  }
  /** Moves the clock of streams and response_urls ahead. */
  pass(ms: number): void {
    this.#passed += ms
  }

  /** Delivers a callback and shows the answer. Without a 200 it repeats up to three times; a tap comes once. */
  async deliver(body: CallbackBody): Promise<Taken> {
    const event = Event.safeParse(body).data?.event
    const isTap = event?.eventtype === 'template_card_event'
    const chat = chatOf(this.aibot.callbacks, body)
    const callback = event && !isTap ? body : { ...body, response_url: this.responseUrls.give(chat) }
    const since = this.#life()
    const posted = await this.#post(callback, isTap ? 0 : 3)
    if (posted.status === 200) this.#take(body, posted, { event, since })
    return { status: posted.status }
  }

  #take(
    body: CallbackBody,
    posted: Posted,
    asked: { event?: z.infer<typeof Event>['event'] | undefined; since: number },
  ): void {
    try {
      const opened = openAnswer(this.settings, posted.text, posted.nonce)
      if (opened === undefined) return
      if (typeof opened === 'string') throw new Refusal(-40001, opened)
      this.#carryOut(body, opened.plain, asked)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.aibot.violations.push(`answer: ${error.errcode} ${error.message}`)
    }
  }

  #carryOut(
    body: CallbackBody,
    plain: unknown,
    { event, since }: { event?: z.infer<typeof Event>['event'] | undefined; since: number },
  ): void {
    const { screen, callbacks } = this.aibot
    const chat = chatOf(callbacks, body)
    if (event?.eventtype === 'template_card_event') {
      const taskId = event.template_card_event?.task_id ?? ''
      return screen.change(taskId, readUpdate(plain, taskId).card)
    }
    if (event?.eventtype === 'enter_chat') return screen.show(chat, readReply(plain, ['text', 'template_card']))
    if (event) throw new Refusal(40008, `${event.eventtype} takes no answer`)
    const reply = readReply(plain, answers)
    screen.show(chat, reply)
    if (reply.stream && !reply.stream.finish) this.#askOn(body, reply.stream.id, since)
  }

  /** Asks for the next states of a stream until it is finished, for six minutes. */
  #askOn(body: CallbackBody, stream: string, since: number): void {
    const asking = (async () => {
      while (this.aibot.screen.isOpen('', stream) && this.#life() - since < askedMs && !this.#closed) {
        await sleep(this.askEvery)
        this.asked++
        const posted = await this.#post(this.aibot.callbacks.refresh(body, stream), 0)
        if (posted.status === 200 && this.aibot.screen.isOpen('', stream)) this.#grow(body, stream, posted)
      }
    })().finally(() => this.#asking.delete(asking))
    this.#asking.add(asking)
  }

  #grow(body: CallbackBody, stream: string, posted: Posted): void {
    const opened = openAnswer(this.settings, posted.text, posted.nonce)
    if (opened === undefined) return
    if (typeof opened === 'string') return void this.aibot.violations.push(opened)
    const reply = readReply(opened.plain, ['stream', 'stream_with_template_card'])
    if (reply.stream?.id !== stream) return void this.aibot.violations.push('the state of another stream')
    this.aibot.screen.show(chatOf(this.aibot.callbacks, body), reply)
  }

  async #post(body: CallbackBody, repeats: number): Promise<Posted> {
    const sealed = envelope(this.settings, JSON.stringify(body))
    for (let attempt = 0; ; attempt++) {
      const posted = await this.#try(sealed)
      if (posted.status === 200 || attempt >= repeats) return { ...posted, nonce: sealed.nonce }
      await sleep(this.askEvery)
    }
  }

  async #try({ query, body }: { query: string; body: string }): Promise<Omit<Posted, 'nonce'>> {
    this.posts++
    try {
      const headers = { 'content-type': 'application/json' }
      const signal = AbortSignal.timeout(this.patience)
      const answer = await fetch(`${this.#address}?${query}`, { method: 'POST', body, headers, signal })
      if (this.loseAnswers > 0) {
        this.loseAnswers--
        await answer.body?.cancel()
        return { status: 0, text: '' }
      }
      return { status: answer.status, text: await answer.text() }
    } catch {
      // The repeats exist for resets and time-outs. The caller sees status 0.
      return { status: 0, text: '' }
    }
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    if (request.url?.startsWith('/files/')) return this.files.answer(request, response)
    void this.responseUrls.answer(request, response)
  }
  #life(): number {
    return Date.now() + this.#passed
  }
}
