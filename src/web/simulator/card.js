import { h, toggles } from './dom.js'
import { link } from './text.js'

/**
 * A template card with every block that WeCom knows, in WeCom's order. `tap(key, picked)` gives a promise; while it runs nothing on the
 * card can be touched. `nameOf(account)` for rows that name a member.
 */
export function cardElement(message, { tap, nameOf }) {
  const { card } = message
  const readers = []
  const article = h(
    'article',
    { class: `card ${card.card_type}`, 'aria-label': `卡片 ${card.main_title?.title ?? card.sub_title_text ?? ''}` },
    head(card, (key) => press(key)),
    image(card),
    title(card),
    emphasis(card),
    quote(card),
    imageText(card),
    card.sub_title_text && h('p', { class: 'sub' }, card.sub_title_text),
    rows(card, nameOf),
    columns(card),
    jumps(card),
    answers(card, message, readers, (key) => press(key)),
    action(card),
  )
  const press = async (key) => {
    const touchable = [...article.querySelectorAll('button, input, select')].filter((one) => !one.disabled)
    for (const one of touchable) one.disabled = true
    article.setAttribute('aria-busy', 'true')
    try {
      await tap(key, Object.fromEntries(readers.map((read) => read())))
    } finally {
      for (const one of touchable) one.disabled = false
      article.removeAttribute('aria-busy')
    }
  }
  return article
}

function head({ source, action_menu }, press) {
  if (!source && !action_menu) return undefined
  const colors = ['grey', 'black', 'red', 'green']
  return h(
    'div',
    { class: 'source' },
    source && h('span', { class: 'source-icon', 'aria-hidden': 'true' }, [...(source.desc ?? '应')][0]),
    source && h('span', { class: `source-desc ${colors[source.desc_color ?? 0]}` }, source.desc ?? ''),
    action_menu && menu(action_menu, press),
  )
}

function menu({ desc, action_list }, press) {
  const button = h('button', { type: 'button', class: 'more', 'aria-label': desc ?? '更多操作' }, '⋯')
  const panel = h('div', { class: 'more-list' })
  const sheet = toggles(button, panel)
  const choose = (key) => {
    sheet.close()
    press(key)
  }
  panel.append(...action_list.map(({ text, key }) => h('button', { type: 'button', onclick: () => choose(key) }, text)))
  return h('div', { class: 'drop' }, button, panel)
}

const title = ({ main_title }) =>
  main_title &&
  h('div', { class: 'title' }, h('h3', {}, main_title.title ?? ''), main_title.desc && h('p', {}, main_title.desc))

const emphasis = ({ emphasis_content: it }) =>
  it && h('div', { class: 'emphasis' }, h('strong', {}, it.title ?? ''), h('span', {}, it.desc ?? ''))

/** Pictures lie elsewhere, and this page loads nothing from elsewhere: their place is kept. */
function image({ card_image }) {
  if (!card_image) return undefined
  const place = h('div', { class: 'picture', role: 'img', 'aria-label': `图片 ${card_image.url}` }, '图片')
  place.style.aspectRatio = String(card_image.aspect_ratio ?? 1.3)
  return place
}

function imageText({ image_text_area: it }) {
  if (!it) return undefined
  const words = h('div', {}, h('strong', {}, it.title ?? ''), h('p', {}, it.desc ?? ''))
  return h(
    'div',
    { class: 'image-text' },
    h('div', { class: 'picture', role: 'img', 'aria-label': `图片 ${it.image_url}` }, '图片'),
    it.type === 1 ? link(it.url, words) : words,
  )
}

const quote = ({ quote_area: it }) =>
  it &&
  h(
    'blockquote',
    {},
    it.title && h('strong', {}, it.type === 1 ? link(it.url, it.title) : it.title),
    it.quote_text && h('p', {}, it.quote_text),
  )

function rows({ horizontal_content_list: list }, nameOf) {
  if (!list?.length) return undefined
  const value = ({ type, value: text = '', url, media_id, userid }) => {
    if (type === 1) return link(url, text || url)
    if (type === 2) return h('a', { href: `/sim/files/${encodeURIComponent(media_id)}`, download: text }, text)
    return type === 3 ? h('span', { class: 'member' }, text || nameOf(userid)) : text
  }
  return h(
    'dl',
    { class: 'rows' },
    list.map((row) => h('div', {}, h('dt', {}, row.keyname), h('dd', {}, value(row)))),
  )
}

const columns = ({ vertical_content_list: list }) =>
  list?.length
    ? h(
        'div',
        { class: 'columns' },
        list.map((one) => h('div', {}, h('strong', {}, one.title), one.desc && h('p', {}, one.desc))),
      )
    : undefined

const where = (one, words, cls) =>
  one.type === 1
    ? link(one.url, words, { class: cls })
    : h('span', { class: `${cls} still` }, words, one.type === 2 && '（小程序）')

const jumps = ({ jump_list: list }) =>
  list?.length
    ? h(
        'div',
        { class: 'jumps' },
        list.map((one) => where(one, one.title, 'jump')),
      )
    : undefined

const action = ({ card_action: it, card_type }) =>
  it?.type && card_type.endsWith('notice') ? where(it, '查看详情', 'jump detail') : undefined

/** The part that can be answered. `readers` give [question key, option ids] of each question at the time of the tap. */
function answers(card, message, readers, press) {
  const closed = message.closed !== undefined
  const questions = [
    card.button_selection && select(card.button_selection, closed, readers),
    card.checkbox && checkbox(card.checkbox, `${message.id}`, closed, readers),
    ...(card.select_list ?? []).map((one) => select(one, closed, readers)),
  ]
  return [...questions, buttons(card, message.closed, press)]
}

function select({ question_key, title: name, option_list, selected_id, disable }, closed, readers) {
  const chosen = option_list.some(({ id }) => id === selected_id) ? selected_id : option_list[0].id
  const box = h(
    'select',
    { disabled: closed || disable === true, 'aria-label': name ?? '选择' },
    option_list.map(({ id, text }) => h('option', { value: id, selected: id === chosen }, text)),
  )
  readers.push(() => [question_key, [box.value]])
  return h('label', { class: 'select' }, h('span', {}, name ?? '请选择'), box)
}

function checkbox({ question_key, mode, option_list, disable }, name, closed, readers) {
  const boxes = option_list.map(({ id, text, is_checked }) => {
    const box = h('input', {
      type: mode === 1 ? 'checkbox' : 'radio',
      name,
      value: id,
      checked: is_checked,
      disabled: closed || disable === true,
    })
    return h('label', { class: 'option' }, box, h('span', {}, text))
  })
  const field = h('fieldset', { class: 'options' }, h('legend', {}, mode === 1 ? '可选多项' : '单选'), boxes)
  readers.push(() => [question_key, [...field.querySelectorAll('input:checked')].map((box) => box.value)])
  return field
}

function buttons(card, closed, press) {
  if (closed !== undefined)
    return h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'closed', disabled: true }, closed))
  const list = [...(card.button_list ?? []), ...(card.submit_button ? [card.submit_button] : [])]
  if (list.length === 0) return undefined
  const one = ({ text, key, style = 1, type, url }) =>
    type === 1
      ? link(url, text, { class: `button style-${style}` })
      : h('button', { type: 'button', class: `style-${style}`, onclick: () => press(key) }, text)
  const columns =
    list.length === 2 ? ' two' : list.length > 2 && list.every(({ text }) => text.length <= 4) ? ' three' : ''
  return h('div', { class: `buttons${columns}` }, list.map(one))
}
