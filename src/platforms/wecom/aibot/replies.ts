import { createHash } from 'node:crypto'
import { inNames } from '../../../bot/messages/card-text.ts'
import type { InPlace } from '../../../bot/messages/channel.ts'
import type { Card, Message } from '../../../bot/messages/message.ts'
import { type RenderedCard, renderCard } from '../cards.ts'
import { type Limits, limits, type TemplateCard } from '../template-card.ts'
import { splitText } from '../texts.ts'

/** The limits of a card of 智能机器人 (P-101032). It shows less than the app's cards. */
const aibotLimits: Limits = {
  ...limits,
  title: 26,
  desc: 30,
  text: 112,
  rowValue: 26,
  selectOption: 10,
  checkboxOption: 11,
}
/** The longest content of a stream or of markdown, in bytes. */
export const longestContent = 20_480
/** WeCom documents no limit for a welcome, so we use the limit of the app's texts. */
const longestWelcome = 2_048

export type Body = { [name: string]: unknown }

/** A new card with its own id. Text that does not fit on the card goes before it. */
export const newCard = (card: Card, parcelId: string): RenderedCard =>
  renderCard(card, { taskId: createHash('sha256').update(parcelId).digest('base64url') }, aibotLimits)

export const markdown = (content: string): Body => ({ msgtype: 'markdown', markdown: { content } })
export const templateCard = (card: TemplateCard): Body => ({ msgtype: 'template_card', template_card: card })

/** An answer that WeCom shows at once, or while it grows. `content` is always the whole text so far. */
export const stream = (
  id: string,
  content: string,
  { finish, card }: { finish: boolean; card?: TemplateCard | undefined },
): Body => ({
  msgtype: card ? 'stream_with_template_card' : 'stream',
  stream: { id, finish, content },
  ...(card ? { template_card: card } : {}),
})

/** The body of an answer, and those messages of the turn that it carries. The others go as messages of their own. */
export type Answer = { body: Body; carried: readonly InPlace[] }

const seeCard = '请看卡片。'

/**
 * All messages of a turn as one stream, with the last card below. Files take another way. `begun` means that a stream is open and must be
 * ended.
 */
export function messageAnswer(id: string, places: readonly InPlace[], { begun = false } = {}): Answer | undefined {
  const carried = places.filter(({ parcel }) => parcel.message.kind !== 'file')
  const last = carried.findLast(({ parcel }) => parcel.message.kind === 'card')
  const texts: string[] = []
  let card: TemplateCard | undefined
  for (const place of carried) {
    const { message, id: parcelId } = place.parcel
    if (place === last && message.kind === 'card') {
      const rendered = newCard(message.card, parcelId)
      texts.push(rendered.text)
      card = rendered.template
    } else texts.push(inWords(message))
  }
  const content = texts.filter((text) => text !== '').join('\n\n')
  if (carried.length === 0) return undefined
  if (card && content === '' && !begun) return { body: templateCard(card), carried }
  return { body: stream(id, within(content || seeCard, longestContent), { finish: true, card }), carried }
}

/** Replaces the tapped card by the turn's last card, if that fits completely. `taskId` is the tapped card's id. */
export function tapAnswer(taskId: string, places: readonly InPlace[]): Answer | undefined {
  const place = places.findLast(({ parcel }) => parcel.message.kind === 'card')
  if (place?.parcel.message.kind !== 'card') return undefined
  const { text, template } = renderCard(place.parcel.message.card, 'update', aibotLimits)
  if (!template || text !== '') return undefined
  return {
    body: { response_type: 'update_template_card', template_card: { ...template, task_id: taskId } },
    carried: [place],
  }
}

/**
 * A card if the turn produced only a card, otherwise everything as text. There is no other way to reach a person who has not written yet.
 */
export function welcomeAnswer(places: readonly InPlace[]): Answer | undefined {
  const [first, ...more] = places
  if (!first) return undefined
  const { message, id } = first.parcel
  const rendered = message.kind === 'card' && more.length === 0 ? newCard(message.card, id) : undefined
  if (rendered?.template && rendered.text === '') return { body: templateCard(rendered.template), carried: places }
  const content = within(places.map(({ parcel }) => inWords(parcel.message)).join('\n\n'), longestWelcome)
  return content === '' ? undefined : { body: { msgtype: 'text', text: { content } }, carried: places }
}

export const inWords = (message: Message): string => {
  if (message.kind === 'text') return message.text
  return message.kind === 'card' ? inNames(message.card) : ''
}

const more = '\n\n（后面的内容这里放不下。）'
/** The part of a text that fits into an answer. If the text was cut, it says so. */
export function within(content: string, longest: number): string {
  if (Buffer.byteLength(content) <= longest) return content
  const [first = ''] = splitText(content, longest - Buffer.byteLength(more))
  return first + more
}
