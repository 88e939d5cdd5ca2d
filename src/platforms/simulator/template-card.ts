import { z } from 'zod'

/** WeCom's template cards as its API takes them: all blocks, their limits, and the card types that may hold them (P-90236, P-94888). */

const withinBytes = (max: number) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= max, `over ${max} bytes`)
const some = z.string().min(1)
const key = withinBytes(1024)
const id = withinBytes(128)
const address = z
  .string()
  .regex(/^https?:\/\//)
  .exactOptional()
const target = { url: address, appid: some.exactOptional(), pagepath: some.exactOptional() }
const optional = z.string().exactOptional()
const style = (max: number, min = 0) => z.number().int().min(min).max(max).exactOptional()
const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length

const Option = z.strictObject({ id, text: some })
const Tick = z.strictObject({ id, text: some, is_checked: z.boolean() })
const question = { question_key: key, title: optional, selected_id: optional, disable: z.boolean().exactOptional() }
const idTwice = { path: ['id'], message: 'an option id occurs twice' }
const selectOptions = z
  .array(Option)
  .min(1)
  .max(10)
  .refine((list) => distinct(list.map((option) => option.id)), idTwice)

const blocks = {
  source: z.strictObject({ icon_url: address, desc: optional, desc_color: style(3) }).exactOptional(),
  action_menu: z
    .strictObject({
      desc: optional,
      action_list: z
        .array(z.strictObject({ text: some, key }))
        .min(1)
        .max(3)
        .refine((list) => distinct(list.map((action) => action.key)), { path: ['twice'] }),
    })
    .exactOptional(),
  main_title: z.strictObject({ title: optional, desc: optional }).exactOptional(),
  quote_area: z.strictObject({ type: style(2), ...target, title: optional, quote_text: optional }).exactOptional(),
  emphasis_content: z.strictObject({ title: optional, desc: optional }).exactOptional(),
  sub_title_text: optional,
  horizontal_content_list: z
    .array(
      z.strictObject({
        keyname: some,
        value: optional,
        type: style(3),
        url: address,
        media_id: optional,
        userid: optional,
      }),
    )
    .max(6)
    .exactOptional(),
  vertical_content_list: z
    .array(z.strictObject({ title: some, desc: optional }))
    .max(4)
    .exactOptional(),
  jump_list: z
    .array(z.strictObject({ type: style(2), title: some, ...target }))
    .max(3)
    .exactOptional(),
  card_image: z
    .strictObject({ url: z.string().regex(/^https?:\/\//), aspect_ratio: z.number().gt(1.3).lt(2.25).exactOptional() })
    .exactOptional(),
  image_text_area: z
    .strictObject({
      type: style(2),
      ...target,
      title: optional,
      desc: optional,
      image_url: z.string().regex(/^https?:\/\//),
    })
    .exactOptional(),
  card_action: z.strictObject({ type: style(2), ...target }).exactOptional(),
  button_selection: z.strictObject({ ...question, option_list: selectOptions }).exactOptional(),
  button_list: z
    .array(z.strictObject({ type: style(1), text: some, style: style(4, 1), key: key.exactOptional(), url: address }))
    .min(1)
    .max(6)
    .refine((list) => distinct(list.map((button) => button.key ?? button)), {
      path: ['key'],
      message: 'a button key occurs twice',
    })
    .exactOptional(),
  checkbox: z
    .strictObject({
      question_key: key,
      mode: style(1),
      disable: z.boolean().exactOptional(),
      option_list: z
        .array(Tick)
        .min(1)
        .max(20)
        .refine((list) => distinct(list.map((option) => option.id)), idTwice),
    })
    .exactOptional(),
  select_list: z
    .array(z.strictObject({ ...question, option_list: selectOptions }))
    .min(1)
    .max(3)
    .refine((list) => distinct(list.map((select) => select.question_key)), {
      path: ['question_key'],
      message: 'a question_key occurs twice',
    })
    .exactOptional(),
  submit_button: z.strictObject({ text: some, key }).exactOptional(),
  task_id: z
    .string()
    .regex(/^[0-9A-Za-z_@-]{1,128}$/)
    .exactOptional(),
}
const cardTypes = [
  'text_notice',
  'news_notice',
  'button_interaction',
  'vote_interaction',
  'multiple_interaction',
] as const

/** Any card. `table` says which blocks each type may hold. Only updates have `replace_text` and `disable`. */
export const TemplateCard = z.strictObject({ card_type: z.enum(cardTypes), ...blocks, replace_text: optional })
export type TemplateCard = z.infer<typeof TemplateCard>
export type CardType = TemplateCard['card_type']
export type Block = keyof typeof blocks

/** Whether people can tap the card and the app can update it. Such a card gets a response_code. */
export const calls = (card: TemplateCard): boolean =>
  card.card_type.endsWith('_interaction') || card.action_menu !== undefined
