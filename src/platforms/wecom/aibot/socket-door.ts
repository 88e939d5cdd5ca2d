import { setTimeout as sleep } from 'node:timers/promises'
import type { InPlace, Log, Receive } from '../../../bot/messages/channel.ts'
import type { Inbound } from '../../../bot/messages/message.ts'
import { InOrder } from '../../../bot/turn/in-order.ts'
import { type Ask, type Frame, isOk } from './frames.ts'
import { readCallback, type Slot } from './inbound.ts'
import { type Answer, tapAnswer, welcomeAnswer } from './replies.ts'
import { settled } from './settled.ts'

/** WeCom takes changes of cards and welcomes for five seconds (P-101463). We stop earlier, to leave time for the way there. */
const answerMs = 4_000
const usualRetries = [500, 1000, 2000, 4000, 8000]
const commands = { tap: 'aibot_respond_update_msg', welcome: 'aibot_respond_welcome_msg' } as const

export type SocketDoorParts = {
  /** Completes an event with the account of its sender and the name of its file. */
  complete: (inbound: Inbound) => Promise<Inbound>
  receive: Receive
  log: Log
  /** The waits between tries to store an event, in milliseconds. We must try again, because the platform does not send it again. */
  retries?: readonly number[]
}

/** Takes the events of the long connection. It takes one person's messages in the order in which they came. */
export class SocketDoor {
  readonly #parts: SocketDoorParts
  readonly #order = new InOrder()
  readonly #working = new Set<Promise<void>>()

  constructor(parts: SocketDoorParts) {
    this.#parts = parts
  }

  hear(frame: Frame, ask: Ask): void {
    const began = performance.now()
    const { log } = this.#parts
    const callback = readCallback(frame.body, { reqId: frame.headers.req_id })
    if (callback === 'malformed') return log.warn({ channel: 'aibot', cmd: frame.cmd }, 'a callback is malformed')
    if (!('inbound' in callback)) return log.info({ channel: 'aibot' }, 'a callback was ignored')
    const { inbound, slot } = callback
    const work = this.#order
      .run(inbound.account, () =>
        this.#take(inbound, slot, { began, ask: (cmd, body) => ask(cmd, body, frame.headers.req_id) }),
      )
      .catch((error: unknown) => log.error({ err: error, channel: 'aibot' }, 'a callback could not be taken'))
      .finally(() => this.#working.delete(work))
    this.#working.add(work)
  }

  /** Resolves when all events are stored and answered, or after a moment. */
  async idle(): Promise<void> {
    await Promise.race([Promise.allSettled(this.#working), sleep(3000)])
  }

  async #take(inbound: Inbound, slot: Slot, { began, ask }: { began: number; ask: Ask }): Promise<void> {
    const { inPlace, rest = [] } = await this.#stored(await this.#parts.complete(inbound))
    if (!inPlace) return
    const places = [inPlace, ...rest]
    const inTime = performance.now() - began < answerMs
    const answer = inTime ? answerTo(slot, inbound, places) : undefined
    const done = answer && slot !== 'message' && isOk(await ask(commands[slot], JSON.stringify(answer.body)))
    await settled(places, done ? answer.carried : [], this.#parts.log)
  }

  async #stored(inbound: Inbound): ReturnType<Receive> {
    for (const wait of this.#parts.retries ?? usualRetries) {
      try {
        return await this.#parts.receive(inbound)
      } catch (error) {
        this.#parts.log.error({ err: error, channel: 'aibot' }, 'a message could not be stored and is tried again')
        await sleep(wait)
      }
    }
    return this.#parts.receive(inbound)
  }
}

const answerTo = (slot: Slot, { handle }: Inbound, places: readonly InPlace[]): Answer | undefined =>
  slot === 'tap' ? tapAnswer(String(handle?.['taskId']), places) : welcomeAnswer(places)
