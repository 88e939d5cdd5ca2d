import type { Log, Receive } from '../../bot/messages/channel.ts'
import { answeredCard, type CardUpdate, closedCard } from './form-card.ts'
import { readCardAction, readRobotMessage } from './inbound.ts'
import type { Count, DingtalkSettings } from './settings.ts'

/** After so long DingTalk no longer takes a card's change in the answer of its callback (2 s), with what the way back needs. */
const answerMs = 1_800

export type DoorParts = { settings: DingtalkSettings; receive: Receive; count: Count; log: Log }

/** What is answered to a card's callback; `settle` must be told whether that answer went out. */
export type CardAnswer = { response: CardUpdate | object; settle: (done: boolean) => Promise<void> }

/** What comes in, whichever way it travels. Throws where nothing happened (the store cannot be written). */
export class Door {
  readonly #parts: DoorParts

  constructor(parts: DoorParts) {
    this.#parts = parts
  }

  /** A robot message; true when its effects are durable, false where it is malformed. */
  async robot(data: unknown): Promise<boolean> {
    this.#parts.count('push')
    const inbound = readRobotMessage(data, this.#parts.settings)
    if (inbound) await this.#parts.receive(inbound)
    else this.#parts.log.warn({ channel: 'dingtalk' }, 'a robot message is malformed')
    return inbound !== undefined
  }

  /** A card's callback, with what is to be answered; undefined where it is malformed. */
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

  /** The turn's first words stand in the card where they fit and are in time; else they go as a message of their own. */
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
