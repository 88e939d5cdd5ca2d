import { cardElement } from './card.js'
import { h } from './dom.js'
import { footer } from './footer.js'
import { deliver, markSeen, state } from './state.js'
import { markdown, plainText } from './text.js'
import { clockOf, dayOf } from './time.js'

const gap = 5 * 60_000
const nameOf = (account) =>
  state.people.find((person) => person.account.toLowerCase() === account.toLowerCase())?.name ?? account

/** The phone of one person, or the view into one group. `chat` is `person:<account>` or `group:<key>`. */
export function phone(chat, { title, lines, close }) {
  const account = chat.startsWith('person:') ? chat.slice('person:'.length) : undefined
  const log = h('div', { class: 'log', role: 'log', 'aria-label': '对话', tabIndex: 0 })
  const shown = new Map()
  const time = h('span', { class: 'status-time' })
  const foot =
    account === undefined ? h('p', { class: 'note' }, '群里只能看：自建应用收不到群消息。') : footer(account, problem)
  const element = h(
    'section',
    { class: 'phone', 'aria-label': account === undefined ? `群 ${title}` : `${title}的手机` },
    h(
      'header',
      { class: 'owner' },
      h('button', { type: 'button', class: 'back', 'aria-label': '返回名单', onclick: close }, '‹'),
      h('div', {}, h('h2', {}, title), h('p', { title: lines.join('；') }, lines.join('；'))),
      h('button', { type: 'button', class: 'shut', 'aria-label': `收起${title}`, onclick: close }, '✕'),
    ),
    h(
      'div',
      { class: 'screen' },
      h(
        'div',
        { class: 'status' },
        time,
        h('b', {}, account === undefined ? title : '党建助手'),
        h('span', { class: 'signal', 'aria-hidden': 'true' }),
      ),
      log,
      foot,
    ),
  )

  function problem(error) {
    log.append(h('p', { class: 'system' }, `没有送达：${error.message}`))
    log.scrollTop = log.scrollHeight
  }
  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80
  const tap = (message) => (key, picked) => deliver('tap', { account, message: message.id, key, picked }).catch(problem)

  function place(message, previous) {
    const before = shown.get(message.id)
    const made = entry(message, previous, { account, tap: tap(message) })
    shown.set(message.id, made)
    if (before) before.replaceWith(made)
    else log.append(made)
  }
  function redraw() {
    shown.clear()
    log.replaceChildren()
    const messages = state.chats[chat] ?? []
    messages.forEach((message, i) => place(message, messages[i - 1]))
    if (messages.length === 0)
      log.append(
        h(
          'p',
          { class: 'system empty' },
          account === undefined ? '群里还没有消息。' : '说一句“帮助”，或点下面的菜单。',
        ),
      )
    log.scrollTop = log.scrollHeight
  }
  return {
    chat,
    element,
    redraw,
    message(message) {
      const messages = state.chats[chat] ?? []
      const follow = atEnd() || message.from === 'person'
      if (messages.length === 1) log.replaceChildren()
      place(message, messages[messages.findIndex((one) => one.id === message.id) - 1])
      if (follow) log.scrollTop = log.scrollHeight
      if (document.visibilityState === 'visible') markSeen(chat)
    },
    tick(now) {
      time.textContent = clockOf(now)
    },
    settings: () => foot.draw?.(),
    focus: () => (element.querySelector('textarea') ?? log).focus({ preventScroll: true }),
  }
}

function entry(message, previous, { account, tap }) {
  const day = (at) => dayOf(at)
  const stamp = !previous || message.at - previous.at > gap || day(message.at) !== day(previous.at)
  const own = message.from === 'person'
  const who = own ? '我' : '党建助手'
  return h(
    'div',
    { class: `entry ${own ? 'own' : 'bot'}` },
    stamp && h('time', { class: 'stamp' }, `${dayOf(message.at)} ${clockOf(message.at)}`),
    h(
      'div',
      { class: 'line', role: 'group', 'aria-label': `${who} ${clockOf(message.at)}` },
      h('span', { class: 'face', 'aria-hidden': 'true' }, own ? [...nameOf(account)][0] : '党'),
      body(message, tap),
    ),
  )
}

function body(message, tap) {
  if (message.card) return cardElement(message, { tap, nameOf })
  if (message.file) return file(message.file)
  const called = (message.mentioned ?? []).filter((name) => !message.text.includes(`<@${name}>`))
  const words = message.kind === 'markdown' ? markdown(message.text) : plainText(message.text)
  return h(
    'div',
    { class: `bubble ${message.kind}` },
    words,
    called.map((name) => h('span', { class: 'at' }, ` @${name === '@all' ? '所有人' : nameOf(name)}`)),
    message.url && h('a', { href: message.url, target: '_blank', rel: 'noopener noreferrer', class: 'detail' }, '详情'),
  )
}

const sizeOf = (bytes) =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1024 ** 2
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1024 ** 2).toFixed(1)} MB`

function file({ id, name, size }) {
  const kind = (/\.(\w+)$/.exec(name)?.[1] ?? '').toLowerCase()
  return h(
    'a',
    {
      class: 'bubble file',
      href: `/sim/files/${encodeURIComponent(id)}`,
      download: name,
      'aria-label': `下载 ${name}`,
    },
    h('span', {}, h('strong', {}, name), h('small', {}, `${sizeOf(size)}　点按下载`)),
    h('span', { class: `paper ${kind}`, 'aria-hidden': 'true' }, kind.slice(0, 4).toUpperCase() || '文件'),
  )
}
