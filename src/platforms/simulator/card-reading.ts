import type { TemplateCard } from './template-card.ts'

/** A card as a person meets it: the text it shows and the data that a tap sends. */

type Question = {
  question_key: string
  option_list: { id: string; text: string; is_checked?: boolean }[]
  selected_id?: string
  disable?: boolean
}

const texts = (question: Question | undefined): string[] => (question?.option_list ?? []).map((option) => option.text)

/** All text on the card in reading order, one line for each part. */
export function textOf(card: TemplateCard): string {
  const parts = [
    card.source?.desc,
    card.main_title?.title,
    card.main_title?.desc,
    card.emphasis_content?.title,
    card.emphasis_content?.desc,
    card.quote_area?.title,
    card.quote_area?.quote_text,
    card.sub_title_text,
    card.image_text_area?.title,
    card.image_text_area?.desc,
    ...(card.horizontal_content_list ?? []).map((row) => `${row.keyname} ${row.value ?? ''}`),
    ...(card.vertical_content_list ?? []).map((row) => `${row.title} ${row.desc ?? ''}`),
    ...(card.jump_list ?? []).map((jump) => jump.title),
    card.button_selection?.title,
    ...texts(card.button_selection),
    ...texts(card.checkbox),
    ...(card.select_list ?? []).flatMap((select) => [select.title, ...texts(select)]),
    ...(card.replace_text === undefined ? buttonsOf(card).map((button) => button.text) : [card.replace_text]),
  ]
  return parts.filter(Boolean).join('\n')
}

/** The parts that call back when tapped: the card's buttons, then the entries of its menu. */
export function buttonsOf(card: TemplateCard): { text: string; key: string }[] {
  const buttons = [...(card.button_list ?? []), ...(card.submit_button ? [card.submit_button] : [])]
  const open = card.replace_text === undefined ? buttons : []
  return [...open, ...(card.action_menu?.action_list ?? [])].flatMap(({ text, key }) =>
    key === undefined ? [] : [{ text, key }],
  )
}

const questionsOf = (card: TemplateCard): Question[] => [
  ...(card.checkbox ? [card.checkbox] : []),
  ...(card.button_selection ? [card.button_selection] : []),
  ...(card.select_list ?? []),
]

/**
 * The chosen option ids by question key before anybody touches the card. A select always has a value: its first option, unless the card
 * names another.
 */
export function preset(card: TemplateCard): { [question: string]: string[] } {
  return Object.fromEntries(
    questionsOf(card).map((question) => {
      if (question === card.checkbox)
        return [
          question.question_key,
          question.option_list.filter((option) => option.is_checked).map((option) => option.id),
        ]
      const selected =
        question.option_list.find((option) => option.id === question.selected_id) ?? question.option_list[0]
      return [question.question_key, selected ? [selected.id] : []]
    }),
  )
}

/** The reason why a client would refuse a pick: an unknown option, two options of a single choice, or any option of a disabled question. */
export function cannotPick(card: TemplateCard, picked: { [question: string]: string[] }): string | undefined {
  const before = preset(card)
  for (const [key, ids] of Object.entries(picked)) {
    const question = questionsOf(card).find((one) => one.question_key === key)
    if (!question) return `no question ${key}`
    if (ids.some((id) => !question.option_list.some((option) => option.id === id))) return `no such option in ${key}`
    const several = question === card.checkbox && card.checkbox?.mode === 1
    if (!several && ids.length > 1) return `${key} takes one option`
    if (question.disable && ids.join() !== before[key]?.join()) return `${key} is disabled`
  }
  return undefined
}

const advised = (name: string, text: string | undefined, max: number): string[] =>
  text !== undefined && Array.from(text).length > max
    ? [`${name} of ${Array.from(text).length} characters, advised ${max}`]
    : []

/** The texts that exceed a length which WeCom only advises. Beyond it a phone may cut the text. */
export function adviceOn(card: TemplateCard): string[] {
  const vote = card.card_type === 'vote_interaction'
  const long = vote || card.card_type === 'multiple_interaction'
  return [
    ...advised('source.desc', card.source?.desc, 20),
    ...advised('main_title.title', card.main_title?.title, vote ? 16 : 36),
    ...advised('main_title.desc', card.main_title?.desc, long ? 160 : 44),
    ...advised('sub_title_text', card.sub_title_text, 160),
    ...advised('emphasis_content.title', card.emphasis_content?.title, 14),
    ...(card.horizontal_content_list ?? []).flatMap((row) => [
      ...advised('keyname', row.keyname, 5),
      ...advised('value', row.value, 30),
    ]),
    ...(card.button_list ?? []).flatMap((button) => advised('button text', button.text, 10)),
    ...(card.checkbox?.option_list ?? []).flatMap((option) => advised('option text', option.text, 17)),
    ...[card.button_selection, ...(card.select_list ?? [])].flatMap((select) =>
      texts(select).flatMap((text) => advised('option text', text, 16)),
    ),
  ]
}
