import type { Log, Receive } from '../../bot/messages/channel.ts'
import { answeredCard, type CardUpdate, closedCard } from './form-card.ts'
import { readCardAction, readRobotMessage } from './inbound.ts'
import type { Count, DingtalkSettings } from './settings.ts'

/** DingTalk takes a card's change in the answer of a callback for 2 s. We stop earlier, to leave time for the way back. */
const answerMs = 1_800

export type DoorParts = { settings: DingtalkSettings; receive: Receive; count: Count; log: Log }

/** The answer to a card's callback. The caller must tell `settle` whether the answer went out. */
export type CardAnswer = { response: CardUpdate | object; settle: (done: boolean) => Promise<void> }

/** Takes what DingTalk sends, in HTTP mode and in Stream mode. Throws if nothing was stored because the store cannot be written. */
export class Door {
  readonly #parts: DoorParts

  constructor(parts: DoorParts) {
    this.#parts = parts
  }

  /** Takes a robot message. Returns true when its effects are durable, false if it is malformed. */
  async robot(data: unknown): Promise<boolean> {
    this.#parts.count('push')
    const inbound = readRobotMessage(data, this.#parts.settings)
    if (inbound) await this.#parts.receive(inbound)
    else this.#parts.log.warn({ channel: 'dingtalk' }, 'a robot message is malformed')
    return inbound !== undefined
  }

  /** Takes a card's callback and returns the answer to it, or undefined if it is malformed. */
  async card(data: unknown): Promise<CardAnswer | undefined> {
    const began = performance.now()
    this.#parts.count('push')
    const action = readCardAction(data, this.#parts.settings)
    if (!action) {
      this.#parts.log.warn({ channel: 'dingtalk' }, 'a card callback is malformed')
      return undefined
    }
    if ('ignored' in action) {
      this.#parts.log.warn({ channel: 'dingtalk' }, action.ignored)
      return { response: {}, settle: async () => undefined }
    }
    return this.#answer(began, await this.#parts.receive(action.inbound))
  }

  /** Puts the turn's first message into the card if it fits and is in time. Otherwise it goes as a message of its own. */
  #answer(began: number, { inPlace }: Awaited<ReturnType<Receive>>): CardAnswer {
    const message = inPlace?.parcel.message
    const answered = message?.kind === 'text' ? answeredCard(message.text) : undefined
    const inTime = performance.now() - began < answerMs
    return {
      response: answered ?? closedCard(),
      settle: async (done) => {
        await inPlace
          ?.settle(done && inTime && answered !== undefined)
          .catch((error: unknown) => this.#parts.log.error({ err: error }, 'an answer in a card could not be settled'))
      },
    }
  }
}
