import type { ServerResponse } from 'node:http'
import Router from '@koa/router'
import type { Context, Middleware } from 'koa'
import { z } from 'zod'
import { randomId } from './api-call.ts'
import type { ChatId } from './chats.ts'
import { groupChat, personChat } from './chats.ts'
import { EmulatedWecom } from './emulated-wecom.ts'
import type { GroupRobot } from './peer.ts'

/** One seat of a person. A person with two seats is listed under both posts. All texts are as shown. */
export type SimulatedPerson = { account: string; name: string; post: string; groupings: string[] }

/** The program's clock. Instants are ISO 8601 with offset. */
export type SimulatorClock = {
  now(): string
  /** Moves forward and runs everything that is due by then. */
  moveTo(iso: string): Promise<void>
  /** The next time at which schedules push: 09:07 on the next working day. */
  nextPush(): string
}

/** `groups` are the roster's groups on WeCom; one without a key is listed once the bot has made it. For `guard`, see `door`. */
export type SimulatorParts = {
  people: readonly SimulatedPerson[]
  groups: readonly GroupRobot[]
  clock: SimulatorClock
  guard: Middleware
}

/** Somebody who can see the app but is not in any roster. */
const stranger: SimulatedPerson = { account: 'stranger', name: '路人', post: '不在名册', groupings: [] }
const bodyLimit = 1_048_576

/** The phones of a college in a browser: an emulated WeCom, and JSON for the page under /sim/. */
export class Simulator {
  readonly wecom: EmulatedWecom
  readonly router = new Router({ prefix: '/sim' })
  readonly #people: readonly SimulatedPerson[]
  readonly #clock: SimulatorClock
  readonly #streams = new Set<ServerResponse>()
  /** Tells the page that the program was restarted. */
  readonly #run = randomId(4)

  constructor({ people, groups, clock, guard }: SimulatorParts) {
    this.#people = [...people, stranger]
    this.#clock = clock
    this.wecom = new EmulatedWecom({
      members: this.#people,
      groups: groups.filter((group) => group.key !== ''),
      now: () => Date.parse(clock.now()),
    })
    this.wecom.chats.onChange((change) => this.#tell('message', change))
    let told = ''
    this.wecom.onSettings(() => {
      const settings = this.#settings()
      if (JSON.stringify(settings) === told) return
      told = JSON.stringify(settings)
      this.#tell('settings', settings)
    })
    this.#route(guard)
  }

  /** Ends the page's streams and the emulated platform. */
  async close(): Promise<void> {
    for (const stream of this.#streams) stream.end()
    await this.wecom.close()
  }

  #route(guard: Middleware): void {
    this.router.use(guard)
    this.router.get('/state', (context) => {
      context.body = {
        run: this.#run,
        people: this.#people,
        clock: this.#time(),
        settings: this.#settings(),
        chats: this.#chats(),
      }
    })
    this.router.get('/events', (context) => this.#stream(context))
    this.router.get('/files/:id', (context) => this.#file(context))
    const Account = z
      .string()
      .refine((account) => this.#people.some((person) => person.account === account), 'unknown account')
    this.#post('/say', z.strictObject({ account: Account, text: z.string().min(1) }), ({ account, text }) =>
      this.wecom.says(account, text),
    )
    this.#post('/open', z.strictObject({ account: Account }), ({ account }) => this.wecom.opens(account))
    this.#post('/click', z.strictObject({ account: Account, key: z.string() }), ({ account, key }) =>
      this.wecom.clicks(account, key),
    )
    const Tap = z.strictObject({
      account: Account,
      message: z.number(),
      key: z.string(),
      picked: z.record(z.string(), z.array(z.string())),
    })
    this.#post('/tap', Tap, ({ account, message, key, picked }) => this.wecom.taps(account, message, { key, picked }))
    this.#post('/clock', z.strictObject({ to: z.iso.datetime({ offset: true }) }), ({ to }) => this.#moveTo(to))
  }

  /** A POST of JSON. A body that the page should not send gets 400. */
  #post<T>(path: string, schema: z.ZodType<T>, act: (body: T) => Promise<unknown>): void {
    this.router.post(path, async (context) => {
      const body = schema.safeParse(await jsonOf(context))
      try {
        if (!body.success) throw new RangeError(body.error.issues[0]?.message)
        context.body = await act(body.data)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        context.status = 400
        context.body = { problem: error.message }
      }
    })
  }

  async #moveTo(to: string) {
    if (Date.parse(to) < Date.parse(this.#clock.now())) throw new RangeError('the clock moves forward only')
    await this.#clock.moveTo(to)
    this.#tell('clock', this.#time())
    return this.#time()
  }

  #time() {
    return { now: this.#clock.now(), nextPush: this.#clock.nextPush() }
  }
  #settings() {
    return { groups: this.wecom.groups, menu: this.wecom.menu ?? { button: [] }, violations: this.wecom.violations }
  }
  #chats() {
    const ids: ChatId[] = [
      ...new Set(this.#people.map((person) => personChat(person.account))),
      ...this.wecom.groups.map((group) => groupChat(group.key)),
    ]
    return Object.fromEntries(ids.map((id) => [id, this.wecom.chats.of(id)]))
  }

  /** The stream stays open until the page leaves. We write it past Koa, because Koa would call such a response a failure. */
  #stream(context: Context): void {
    context.respond = false
    const stream = context.res
    stream.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    stream.write('retry: 1000\n\n')
    this.#streams.add(stream)
    stream.on('close', () => this.#streams.delete(stream))
  }
  #tell(event: string, data: unknown): void {
    for (const stream of this.#streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  #file(context: Context & { params: { [name: string]: string } }): void {
    const file = this.wecom.file(context.params['id'] ?? '')
    if (!file) return
    context.attachment(file.name)
    context.type = 'application/octet-stream'
    context.body = file.data
  }
}

async function jsonOf(context: Context): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of context.req) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > bodyLimit) return undefined
    chunks.push(bytes)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    // The route's schema then refuses it, like every body that is not a JSON object of its shape.
    return undefined
  }
}
