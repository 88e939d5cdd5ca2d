/**
 * The template cards that we send (P-90236), and their limits. Lengths in characters are only advice: beyond them a phone may cut the text.
 */

type Option = { id: string; text: string }
type Title = { title: string; desc?: string }

export type ButtonInteraction = {
  card_type: 'button_interaction'
  main_title: Title
  sub_title_text?: string
  horizontal_content_list?: { keyname: string; value: string }[]
  button_selection?: { question_key: string; title?: string; option_list: Option[]; selected_id?: string }
  button_list: { text: string; style?: 1 | 2 | 3 | 4; key: string }[]
  task_id?: string
  /** Only in updates: the word of a grey button that replaces the others. */
  replace_text?: string
}

export type VoteInteraction = {
  card_type: 'vote_interaction'
  main_title: Title
  checkbox: {
    question_key: string
    /** 0 means one choice, 1 means several. */
    mode: 0 | 1
    option_list: (Option & { is_checked: boolean })[]
    /** Only in updates. */
    disable?: true
  }
  submit_button?: { text: string; key: string }
  task_id?: string
  replace_text?: string
}

/** A card that opens a page. Nothing comes back from it. */
export type TextNotice = {
  card_type: 'text_notice'
  main_title: Title
  sub_title_text?: string
  horizontal_content_list?: { keyname: string; value: string }[]
  jump_list: { type: 1; title: string; url: string }[]
  card_action: { type: 1; url: string }
  task_id?: string
}

export type TemplateCard = ButtonInteraction | VoteInteraction | TextNotice

export const limits = {
  buttons: 6,
  selectOptions: 10,
  checkboxOptions: 20,
  rows: 6,
  keyBytes: 1024,
  idBytes: 128,
  title: 36,
  voteTitle: 16,
  desc: 44,
  voteDesc: 160,
  text: 160,
  rowName: 5,
  rowValue: 30,
  button: 10,
  selectOption: 16,
  checkboxOption: 17,
} as const
export type Limits = { readonly [name in keyof typeof limits]: number }

const lengthOf = (text: string): number => Array.from(text).length
export const within = (text: string | undefined, most: number): boolean => text === undefined || lengthOf(text) <= most
/** The beginning of a text. Nothing shows that it was cut, so that a label still reads as a part of the whole. */
export const beginning = (text: string, most: number): string => Array.from(text).slice(0, most).join('')

const named = (text: string, bytes: number): boolean => text !== '' && Buffer.byteLength(text) <= bytes
const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length

/** Whether all are valid keys of buttons and questions. */
export const areKeys = (keys: readonly string[]): boolean =>
  distinct(keys) && keys.every((key) => named(key, limits.keyBytes))
export const areOptions = (options: readonly Option[], most: number): boolean =>
  options.length >= 1 &&
  options.length <= most &&
  distinct(options.map(({ id }) => id)) &&
  options.every(({ id, text }) => named(id, limits.idBytes) && text !== '')
