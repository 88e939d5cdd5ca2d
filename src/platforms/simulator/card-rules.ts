import { type Block, type CardType, TemplateCard } from './template-card.ts'

/** The blocks of each card type (wecom.md §8.1): `must` blocks are required. */
const table: Record<CardType, { must: Block[]; may: Block[] }> = {
  text_notice: {
    must: ['card_action'],
    may: [
      'source',
      'action_menu',
      'main_title',
      'quote_area',
      'emphasis_content',
      'sub_title_text',
      'horizontal_content_list',
      'jump_list',
      'task_id',
    ],
  },
  news_notice: {
    must: ['main_title', 'card_action'],
    may: [
      'source',
      'action_menu',
      'quote_area',
      'horizontal_content_list',
      'vertical_content_list',
      'jump_list',
      'card_image',
      'image_text_area',
      'task_id',
    ],
  },
  button_interaction: {
    must: ['main_title', 'button_list', 'task_id'],
    may: [
      'source',
      'action_menu',
      'quote_area',
      'sub_title_text',
      'horizontal_content_list',
      'card_action',
      'button_selection',
    ],
  },
  vote_interaction: { must: ['main_title', 'checkbox', 'submit_button', 'task_id'], may: ['source'] },
  multiple_interaction: { must: ['main_title', 'select_list', 'submit_button', 'task_id'], may: ['source'] },
}

/** The errcode of a bad field: the first pattern that matches the field's path decides (P-90313). */
const errcodes: [RegExp, number][] = [
  [/^card_type$/, 42031],
  [/^task_id$/, 42014],
  [/^main_title/, 42033],
  [/question_key$/, 42043],
  [/option_list\.(\d+\.)?id$/, 42040],
  [/option_list\.\d+\.text$/, 42041],
  [/option_list$/, 42037],
  [/^(checkbox|button_selection)$/, 42043],
  [/^select_list$/, 42047],
  [/keyname$/, 42027],
  [/media_id$/, 42029],
  [/userid$/, 42050],
  [/appid$/, 42030],
  [/^horizontal_content_list$/, 42035],
  [/^vertical_content_list$/, 42036],
  [/^jump_list$/, 42042],
  [/^card_image/, 42044],
  [/url$/, 42028],
  [/^card_action/, 42045],
  [/^button_list$/, 42017],
  [/^button_list.*text$/, 42038],
  [/^button_list.*key$/, 42039],
  [/^submit_button\.key$/, 42046],
  [/^submit_button/, 42049],
  [/^action_menu.*twice$/, 42051],
]
const errcodeAt = (path: string): number => errcodes.find(([pattern]) => pattern.test(path))?.[1] ?? 40058

export type Refused = { errcode: number; reason: string }

/** Reads a card as WeCom would. `update` means the body of update_template_card: it may replace buttons and needs no task_id. */
export function readCard(body: unknown, { update = false } = {}): { card: TemplateCard } | Refused {
  const parsed = TemplateCard.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = (issue?.path ?? []).join('.')
    const stray = issue?.code === 'unrecognized_keys'
    return { errcode: stray ? 40063 : errcodeAt(path), reason: `${path}: ${issue?.message ?? 'not a card'}` }
  }
  const card = parsed.data
  const wrong = wrongBlock(card, update) ?? wrongText(card) ?? wrongTargets(card) ?? wrongState(card, update)
  return wrong ? { errcode: wrong[0], reason: `${card.card_type}: ${wrong[1]}` } : { card }
}

type Wrong = [number, string] | undefined

function wrongBlock(card: TemplateCard, update: boolean): Wrong {
  const { must, may } = table[card.card_type]
  const known = new Set<string>([
    'card_type',
    ...must,
    ...may,
    ...(card.card_type.endsWith('_interaction') ? ['replace_text'] : []),
  ])
  const stray = Object.keys(card).find((name) => !known.has(name))
  if (stray) return [40063, `${stray} is no part of it`]
  const spared = new Set<Block>(
    update ? ['task_id', 'submit_button', ...(card.replace_text ? (['button_list'] as const) : [])] : [],
  )
  const missing = must.find((block) => card[block] === undefined && !spared.has(block))
  if (missing) return [errcodeAt(missing), `${missing} is missing`]
  if (card.action_menu && !card.task_id && !update) return [42014, 'action_menu needs a task_id']
  if (card.card_type === 'news_notice' && !card.card_image && !card.image_text_area)
    return [42044, 'neither card_image nor image_text_area']
  return undefined
}

function wrongText(card: TemplateCard): Wrong {
  if (card.main_title?.title || (card.card_type === 'text_notice' && card.sub_title_text)) return undefined
  return [42033, 'main_title.title is missing']
}

function wrongTargets(card: TemplateCard): Wrong {
  const notice = card.card_type === 'text_notice' || card.card_type === 'news_notice'
  if (notice && !card.card_action?.type) return [42045, 'card_action needs type 1 or 2']
  for (const part of [card.card_action, card.quote_area, card.image_text_area, ...(card.jump_list ?? [])]) {
    if (part?.type === 1 && !part.url) return [42028, 'type 1 needs a url']
    if (part?.type === 2 && !part.appid) return [42030, 'type 2 needs an appid']
  }
  for (const row of card.horizontal_content_list ?? []) {
    if (row.type === 1 && !row.url) return [42028, 'a row of type 1 needs a url']
    if (row.type === 2 && !row.media_id) return [42029, 'a row of type 2 needs a media_id']
    if (row.type === 3 && !row.userid) return [42050, 'a row of type 3 needs a userid']
  }
  for (const button of card.button_list ?? []) {
    if ((button.type ?? 0) === 0 && !button.key) return [42039, 'a button needs a key']
    if (button.type === 1 && !button.url) return [42028, 'a button of type 1 needs a url']
  }
  return undefined
}

function wrongState(card: TemplateCard, update: boolean): Wrong {
  if (update) return undefined
  if (card.replace_text !== undefined) return [40063, 'replace_text comes with an update only']
  const questions = [card.checkbox, card.button_selection, ...(card.select_list ?? [])]
  return questions.some((question) => question?.disable !== undefined)
    ? [40063, 'disable comes with an update only']
    : undefined
}
