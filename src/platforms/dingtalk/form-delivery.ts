import { z } from 'zod'
import type { Log, Outcome, Parcel } from '../../bot/messages/channel.ts'
import { type Answer, isPermissionMissing, outcomeOf } from './answers.ts'
import type { DingtalkClient } from './client.ts'
import { callbackRoute, cardBodies, documentedBytes, type FormCard, formInWords } from './form-card.ts'
import { cardKey, cardSecret, type DingtalkSettings } from './settings.ts'

const Delivered = z.object({
  success: z.literal(true),
  result: z.object({ deliverResults: z.array(z.object({ success: z.boolean() })).min(1) }),
})
const Sized = z.object({ cardData: z.object({ cardParamMap: z.object({ form: z.string() }) }) })

export type FormDeliveryParts = {
  settings: DingtalkSettings
  client: DingtalkClient
  log: Log
  /** Sends words in place of a card. */
  say: (parcel: Parcel, text: string) => Promise<Outcome>
}

/**
 * Sends forms as cards. It registers the callback before the first card, splits a form that is too large into two cards, and sends words if
 * a card does not arrive.
 */
export class FormDelivery {
  readonly #parts: FormDeliveryParts
  #registration: Promise<Answer> | undefined
  /** Parcels whose card did not arrive. A repeat must not mistake the existing card for a delivered one. */
  readonly #undelivered = new Set<string>()

  constructor(parts: FormDeliveryParts) {
    this.#parts = parts
  }

  /** `body` holds the whole form in one card. */
  async send(body: string, parcel: Parcel, card: FormCard): Promise<Outcome> {
    if (!this.#undelivered.has(parcel.id)) {
      const outcome = await this.#asCards(body, parcel, card)
      if (!insteadWords(outcome)) return outcome
      this.#undelivered.add(parcel.id)
      const line = outcome.kind === 'configuration' ? outcome.line : 'a card was not delivered and is sent in words'
      this.#parts.log.warn({ channel: 'dingtalk', code: outcome.code }, line)
    }
    const outcome = await this.#parts.say(parcel, formInWords(card))
    if (outcome.kind !== 'again') this.#undelivered.delete(parcel.id)
    return outcome
  }

  async #asCards(body: string, parcel: Parcel, card: FormCard): Promise<Outcome> {
    const { settings } = this.#parts
    if (settings.mode === 'http') {
      const registered = await this.#register()
      if (registered.kind !== 'ok') return outcomeOf(registered)
    }
    const whole = await this.#deliver(body)
    if (whole.kind !== 'refused' || whole.code === undelivered || !isLarge(body)) return whole
    for (const half of cardBodies(settings, parcel, { card, cards: 2 })) {
      const outcome = await this.#deliver(half)
      if (outcome.kind !== 'sent') return outcome
    }
    return { kind: 'sent' }
  }

  /** If the id of a card exists already, an earlier attempt made it and its answer was lost. */
  async #deliver(body: string): Promise<Outcome> {
    const answer = await this.#parts.client.call('/v1.0/card/instances/createAndDeliver', body)
    if (answer.kind === 'ok') return outcomeOfDelivery(answer.body)
    return answer.kind === 'no' && answer.code === 'param.cardAlreadyExist' ? { kind: 'sent' } : outcomeOf(answer)
  }

  /** Tells DingTalk the address for submits, once after each start, before the first card. */
  async #register(): Promise<Answer> {
    const { settings, client } = this.#parts
    const body = JSON.stringify({
      callbackRouteKey: callbackRoute(settings),
      callbackUrl: `${settings.publicUrl}/dingtalk/card?key=${cardKey(settings)}`,
      apiSecret: cardSecret(settings),
      forceUpdate: true,
    })
    this.#registration ??= client.call('/v1.0/card/callbacks/register', body)
    const answer = await this.#registration
    if (answer.kind !== 'ok') this.#registration = undefined
    return answer
  }
}

const undelivered = 'undelivered'

/** HTTP 200 and `success` do not prove that anybody got the card, so we look at each receiver's result. */
function outcomeOfDelivery(body: unknown): Outcome {
  const read = Delivered.safeParse(body)
  const arrived = read.success && read.data.result.deliverResults.every((one) => one.success)
  return arrived ? { kind: 'sent' } : { kind: 'refused', code: undelivered }
}

const isLarge = (body: string): boolean => {
  const read = Sized.safeParse(JSON.parse(body))
  return read.success && Buffer.byteLength(read.data.cardData.cardParamMap.form) > documentedBytes
}

/** Whether words can replace a card that failed. If nothing gets through (credentials, network), words would fail too. */
function insteadWords(outcome: Outcome): outcome is Extract<Outcome, { code: string }> {
  return outcome.kind === 'refused' || (outcome.kind === 'configuration' && isPermissionMissing(outcome.code))
}
