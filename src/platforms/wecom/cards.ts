import { asText } from '../../bot/messages/card-text.ts'
import type { Ask, Button, Card, Option } from '../../bot/messages/message.ts'
import {
  areKeys,
  areOptions,
  type ButtonInteraction,
  beginning,
  type Limits,
  limits as ofTheApp,
  type TemplateCard,
  type VoteInteraction,
  within,
} from './template-card.ts'

/** How a card is sent: as a new message under its own id, or in place of the tapped card. */
export type CardUse = { taskId: string } | 'update'
/** `text` holds what does not fit on the card and goes out before it. Without a `template`, `text` is the whole card in words. */
export type RenderedCard = { text: string; template?: TemplateCard }

const elsewhere = '全文见上一条消息。'
/** The word on the grey button of a card that asks nothing any more. */
const done = '已处理'

/**
 * Renders a neutral card as WeCom's template card. Nothing is lost: what does not fit goes before the card, and what no card can express
 * becomes text. `limits` differ because 智能机器人 shows less on a card than the app.
 */
export function renderCard(card: Card, use: CardUse, limits: Limits = ofTheApp): RenderedCard {
  const opened = card.link && use !== 'update' ? linkCard(card, card.link, limits) : openCard(card, limits)
  const rendered = use === 'update' && isOver(card) ? closedCard(card, limits) : opened
  if (!rendered) return { text: inWords(card) }
  const { template, before } = rendered
  return {
    text: before.join('\n'),
    template: use === 'update' ? template : { ...template, task_id: use.taskId },
  }
}

const isOver = (card: Card): boolean => card.closed !== undefined || card.ask === undefined

function inWords(card: Card): string {
  const { text } = asText(card)
  return card.closed === undefined || text.includes(card.closed) ? text : `${text}\n${card.closed}`
}

type Rendered<T = TemplateCard> = { template: T; before: string[] }

function openCard(card: Card, limits: Limits): Rendered | undefined {
  const { ask } = card
  if (!ask || isOver(card)) return undefined
  if (ask.kind === 'buttons') return buttonCard(card, ask, limits)
  if (ask.kind === 'form') return undefined
  const vote = voteCard(card, ask, limits)
  const [submit] = labelled([ask.submit], limits)
  if (!vote || !submit || !areKeys([ask.submit.key])) return undefined
  return { ...vote, template: { ...vote.template, submit_button: { text: submit.text, key: submit.key } } }
}

/** A card that opens a page. The page itself checks who may see it. */
function linkCard(card: Card, { text, url }: NonNullable<Card['link']>, limits: Limits): Rendered | undefined {
  const { head, before } = heading(card, limits)
  if (head.main_title.title === '' || !/^https?:\/\//.test(url)) return undefined
  const jump_list = [{ type: 1, title: text, url } as const]
  return { template: { card_type: 'text_notice', ...head, jump_list, card_action: { type: 1, url } }, before }
}

/** Only an update can have a grey button. The ticked options stay visible. */
function closedCard(card: Card, limits: Limits): Rendered | undefined {
  const { ask, closed = done } = card
  const word = beginning(closed, limits.button)
  const long = word === closed ? [] : [closed]
  if (ask?.kind === 'checklist' || ask?.kind === 'list') {
    const vote = voteCard(card, ask, limits)
    if (!vote) return undefined
    const template: VoteInteraction = { ...vote.template, replace_text: word }
    template.checkbox = { ...template.checkbox, disable: true }
    return { template, before: [...vote.before, ...long] }
  }
  const { head, before } = heading(card, limits)
  if (head.main_title.title === '') return undefined
  const button_list = [{ text: word, key: 'closed' }]
  return {
    template: { card_type: 'button_interaction', ...head, button_list, replace_text: word },
    before: [...before, ...long],
  }
}

function buttonCard(
  card: Card,
  { buttons, selection }: Extract<Ask, { kind: 'buttons' }>,
  limits: Limits,
): Rendered | undefined {
  const { head, before } = heading(card, limits)
  const keys = [...buttons.map((button) => button.key), ...(selection ? [selection.question] : [])]
  if (head.main_title.title === '' || buttons.length < 1 || buttons.length > limits.buttons || !areKeys(keys))
    return undefined
  if (buttons.some((button) => button.text === '')) return undefined
  if (selection && !areOptions(selection.options, limits.selectOptions)) return undefined
  const template: ButtonInteraction = {
    card_type: 'button_interaction',
    ...head,
    ...(selection ? { button_selection: selectionOf(selection, limits) } : {}),
    button_list: labelled(buttons, limits),
  }
  const long = [...tooLong(selection?.options ?? [], limits.selectOption), ...tooLong(buttons, limits.button)]
  return { template, before: [...before, ...long] }
}

type Selection = NonNullable<Extract<Ask, { kind: 'buttons' }>['selection']>
const selectionOf = (
  { question, title, options, selected }: Selection,
  limits: Limits,
): NonNullable<ButtonInteraction['button_selection']> => ({
  question_key: question,
  ...(title ? { title } : {}),
  option_list: options.map(({ id, text }) => ({ id, text: beginning(text, limits.selectOption) })),
  ...(selected === undefined ? {} : { selected_id: selected }),
})

/** WeCom makes a button without a style a primary one. We make a button primary only if the card says so. */
const styles = { primary: 1, plain: 2, danger: 3 } as const
const labelled = (buttons: readonly Button[], limits: Limits): ButtonInteraction['button_list'] =>
  buttons.map(({ text, key, style }) => ({
    text: beginning(text, limits.button),
    style: styles[style ?? 'plain'],
    key,
  }))

/** The full labels of those that the card cuts. */
const tooLong = (labels: readonly { text: string }[], most: number): string[] =>
  labels.filter(({ text }) => !within(text, most)).map(({ text }) => text)

type Head = Pick<ButtonInteraction, 'main_title' | 'sub_title_text' | 'horizontal_content_list'>

/** The upper part of a card with buttons. Rows keep their order: they move together, either below the text or before the card. */
function heading(card: Card, limits: Limits): { head: Head; before: string[] } {
  const { rows = [], text = '' } = card
  const title = shown(card.title, limits.title)
  const desc = shown(card.desc ?? '', limits.desc)
  const asRows =
    rows.length <= limits.rows &&
    rows.every((row) => row.name !== '' && within(row.name, limits.rowName) && within(row.value, limits.rowValue))
  const body = [...(asRows ? [] : linesOf(card)), ...(text ? [text] : [])].join('\n')
  const below = within(body, limits.text) ? { card: body, before: [] } : { card: elsewhere, before: [body] }
  const head: Head = {
    main_title: { title: title.card, ...(desc.card ? { desc: desc.card } : {}) },
    ...(below.card ? { sub_title_text: below.card } : {}),
    ...(asRows && rows.length > 0
      ? { horizontal_content_list: rows.map(({ name, value }) => ({ keyname: name, value })) }
      : {}),
  }
  return { head, before: [...title.before, ...desc.before, ...below.before] }
}

const linesOf = ({ rows = [] }: Card): string[] => rows.map(({ name, value }) => `${name} ${value}`)

/** The part of a line that the card shows, and the whole line before the card if it was cut. */
const shown = (line: string, most: number): { card: string; before: string[] } =>
  within(line, most) ? { card: line, before: [] } : { card: `${beginning(line, most - 1)}…`, before: [line] }

/** A vote card has room only for a title, one text and the options. */
function voteCard(
  card: Card,
  ask: Extract<Ask, { kind: 'checklist' | 'list' }>,
  limits: Limits,
): Rendered<VoteInteraction> | undefined {
  const title = shown(card.title, limits.voteTitle)
  const { desc = '', text = '' } = card
  const body = [desc, ...linesOf(card), text].filter(Boolean).join('\n')
  const fits = within(body, limits.voteDesc)
  const below = fits
    ? body
    : within(desc, limits.voteDesc - elsewhere.length - 1)
      ? `${desc}\n${elsewhere}`.trim()
      : elsewhere
  if (title.card === '' || !areKeys([ask.question]) || !areOptions(ask.options, limits.checkboxOptions))
    return undefined
  return {
    template: {
      card_type: 'vote_interaction',
      main_title: { title: title.card, ...(below ? { desc: below } : {}) },
      checkbox: {
        question_key: ask.question,
        mode: ask.kind === 'checklist' ? 1 : 0,
        option_list:
          ask.kind === 'checklist'
            ? ask.options.map((one) => tick(one, one.ticked, limits))
            : ask.options.map((one) => tick(one, false, limits)),
      },
    },
    before: [...title.before, ...(fits ? [] : [body]), ...tooLong(ask.options, limits.checkboxOption)],
  }
}

const tick = ({ id, text }: Option, is_checked: boolean, limits: Limits) => ({
  id,
  text: beginning(text, limits.checkboxOption),
  is_checked,
})
