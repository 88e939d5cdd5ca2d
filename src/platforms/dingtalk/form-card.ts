import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Parcel } from '../../bot/messages/channel.ts'
import type { Card, FormField } from '../../bot/messages/message.ts'
import type { DingtalkSettings } from './settings.ts'
import { derivedSecret, same } from './signature.ts'

/** The documented limit of a card variable, in bytes. Longer values have been seen to pass, so we try them (dingtalk.md §7.4). */
export const documentedBytes = 1_024
/** The name of the hidden field that carries the key of the form's submit button. */
const buttonField = 'button'
/** The name of the route of HTTP callbacks; each app has one. */
export const callbackRoute = (settings: DingtalkSettings): string => `dangjian-bot-${settings.clientId}`

/** A card that asks for a form. */
export type FormCard = Card & { ask: Extract<Card['ask'], { kind: 'form' }> }
export const isForm = (card: Card): card is FormCard => card.ask?.kind === 'form' && card.closed === undefined

/**
 * The id of a card: a random-looking half of its own, and a seal over its receiver and its button's meaning. We can check a submit without
 * a record, and nobody can invent an id (dingtalk.md §7.7: callbacks are untrusted).
 */
function trackId(
  settings: DingtalkSettings,
  card: string,
  { account, button }: { account: string; button: string },
): string {
  const own = createHash('sha256').update(card).digest('hex').slice(0, 24)
  return own + seal(settings, own, { account, button })
}
const seal = (
  { clientSecret }: DingtalkSettings,
  own: string,
  { account, button }: { account: string; button: string },
): string => derivedSecret(clientSecret, `card ${JSON.stringify([own, account.toLowerCase(), button])}`).slice(0, 40)

export const isMeantFor = (
  settings: DingtalkSettings,
  track: string,
  { account, button }: { account: string; button: string },
): boolean => same(track.slice(24), seal(settings, track.slice(0, 24), { account, button }))

/** One field of the `form` variable (dingtalk.md §7.8). */
function fieldOf({ name, label, type, value, options = [], required }: FormField): object {
  const head = { name, label, ...(required ? { required } : {}) }
  if (type === 'choice') {
    const index = options.findIndex((option) => option.id === value)
    return {
      ...head,
      type: 'SELECT',
      options: options.map((option) => ({ value: option.id, text: option.text })),
      ...(index >= 0 ? { defaultValue: { index, value } } : {}),
    }
  }
  const preset = type === 'number' ? Number(value) : value
  return {
    ...head,
    type: type === 'number' ? 'NUMBER' : 'TEXT_AREA',
    ...(value === undefined ? {} : { defaultValue: preset }),
  }
}

const formVariable = (fields: readonly FormField[], button: string): string =>
  JSON.stringify({
    fields: [...fields.map(fieldOf), { name: buttonField, type: 'TEXT', hidden: true, defaultValue: button }],
  })

/** The bodies of createAndDeliver: the whole form in one card, or its fields spread over `cards` cards. */
export function cardBodies(
  settings: DingtalkSettings,
  parcel: Parcel,
  { card, cards }: { card: FormCard; cards: 1 | 2 },
): string[] {
  if ('group' in parcel.to) return []
  const { account } = parcel.to
  const { fields, submit } = card.ask
  const size = Math.ceil(fields.length / cards)
  return Array.from({ length: cards }, (_, i) => {
    const title = cards === 1 ? card.title : `${card.title}（${i + 1}/${cards}）`
    return JSON.stringify({
      cardTemplateId: settings.templateId,
      outTrackId: trackId(settings, `${parcel.id} ${cards} ${i}`, { account, button: submit.key }),
      ...(settings.mode === 'stream'
        ? { callbackType: 'STREAM' }
        : { callbackType: 'HTTP', callbackRouteKey: callbackRoute(settings) }),
      userIdType: 1,
      openSpaceId: `dtv1.card//IM_ROBOT.${account}`,
      cardData: {
        cardParamMap: {
          title,
          text: asMarkdown([card.desc, card.text].filter(Boolean).join('\n')),
          form: formVariable(fields.slice(i * size, (i + 1) * size), submit.key),
          form_status: 'normal',
          form_btn_text: submit.text,
          lastMessage: title,
        },
      },
      imRobotOpenSpaceModel: { supportForward: false, lastMessageI18n: { ZH_CN: title } },
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: settings.clientId },
    })
  })
}

/** The form in words, for receivers who cannot get the card: the card's text and how to answer. */
export function formInWords(card: FormCard): string {
  const { title, desc, text, words, ask } = card
  const how = words ?? `请直接用文字回答：${ask.fields.map((field) => field.label).join('、')}。`
  return [title, desc, text, how].filter(Boolean).join('\n')
}

/** A text with line breaks that DingTalk's Markdown shows. */
const asMarkdown = (text: string): string => text.replaceAll('\n', '  \n')

export type CardUpdate = {
  cardUpdateOptions: { updateCardDataByKey: true; updatePrivateDataByKey: true }
  cardData: { cardParamMap: { [name: string]: string } }
}
const update = (cardParamMap: { [name: string]: string }): CardUpdate => ({
  cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
  cardData: { cardParamMap },
})
const closed = { form_status: 'disabled', form_btn_text: '已收到' }

/** The submitted card with the answer in place of its fields. The answer brings its own title. Undefined if the answer does not fit. */
export function answeredCard(answer: string): CardUpdate | undefined {
  const text = asMarkdown(answer)
  if (Buffer.byteLength(text) > documentedBytes) return undefined
  return update({ ...closed, title: closed.form_btn_text, text, form: JSON.stringify({ fields: [] }) })
}
/** The submitted card, closed. The answer follows as a message below it. */
export const closedCard = (): CardUpdate => update(closed)

const Submitted = z.object({
  cardPrivateData: z.object({ params: z.object({ form: z.looseObject({ [buttonField]: z.string() }) }) }),
})
const Chosen = z.object({ value: z.unknown() })

/**
 * The data of a submitted form card: its button's key and its fields (for drop-downs only the value). Undefined if it is not one of our
 * forms.
 */
export function submitted(content: unknown): { button: string; values: { [field: string]: unknown } } | undefined {
  const read = Submitted.safeParse(content)
  if (!read.success) return undefined
  const { [buttonField]: button, ...fields } = read.data.cardPrivateData.params.form
  const values = Object.entries(fields).map(([name, value]) => [name, Chosen.safeParse(value).data?.value ?? value])
  return { button, values: Object.fromEntries(values) }
}
