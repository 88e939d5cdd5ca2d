import { byId, h } from './dom.js'
import { state, unread } from './state.js'
import { clockOf } from './time.js'

/** One line of a message, as a list of chats shows it. */
const previewOf = ({ card, file, text }) =>
  card
    ? `[卡片] ${card.main_title?.title ?? card.sub_title_text}`
    : file
      ? `[文件] ${file.name}`
      : text.replaceAll('\n', ' ').slice(0, 60)

export const chatOf = (person) => `person:${person.account.toLowerCase()}`
export const groupChatOf = (group) => `group:${group.key}`

/** The list of groups and people by post. `open(chat)` when one is chosen; `isOpen(chat)` marks those on the desk. */
export function peopleList({ open, isOpen }) {
  const list = byId('people')
  const search = byId('search')
  const only = byId('unread-only')
  const draw = () => {
    const wanted = search.value.trim().toLowerCase()
    const fits = (words) => wanted === '' || words.some((word) => word.toLowerCase().includes(wanted))
    const shown = (chat, words) => fits(words) && (!only.checked || unread(chat) > 0)
    const groups = state.settings.groups
      .filter((group) => shown(groupChatOf(group), [group.name, '群']))
      .map((group) => item(groupChatOf(group), group.name, [], '群'))
    const posts = Map.groupBy(
      state.people.filter((person) =>
        shown(chatOf(person), [person.name, person.account, person.post, ...person.groupings]),
      ),
      (person) => person.post,
    )
    const sections = [...posts].map(([post, people]) =>
      section(
        post,
        people.map((person) => item(chatOf(person), person.name, person.groupings)),
      ),
    )
    list.replaceChildren(...sections, ...(groups.length > 0 ? [section('群', groups)] : []))
    if (list.childElementCount === 0)
      list.append(h('p', { class: 'none' }, only.checked ? '没有未读消息。' : '没有找到。'))
  }
  const section = (name, items) =>
    h('section', { 'aria-label': name }, h('h2', {}, name, h('small', {}, String(items.length))), items)
  const item = (chat, name, groupings, kind) => {
    const count = unread(chat)
    const last = state.chats[chat]?.at(-1)
    const preview = last === undefined ? groupings.join(' · ') : previewOf(last)
    return h(
      'button',
      {
        type: 'button',
        class: `person${kind ? ' group' : ''}`,
        'aria-pressed': String(isOpen(chat)),
        'aria-label': [name, ...groupings, count > 0 ? `${count}条未读` : ''].filter(Boolean).join('，'),
        onclick: () => open(chat),
      },
      h('span', { class: 'face', 'aria-hidden': 'true' }, kind ?? [...name][0]),
      h(
        'span',
        { class: 'who' },
        h('b', {}, name, last !== undefined && groupings.length > 0 && h('i', {}, groupings.at(-1))),
        h('small', {}, preview),
      ),
      h(
        'span',
        { class: 'meta' },
        last && h('time', {}, clockOf(last.at)),
        count > 0 && h('em', { 'aria-hidden': 'true' }, String(count)),
      ),
    )
  }
  if (matchMedia('(hover: hover) and (min-width: 761px)').matches) search.placeholder += '（按 / 键）'
  search.addEventListener('input', draw)
  only.addEventListener('change', draw)
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.target.matches('input, textarea, select')) return
    event.preventDefault()
    search.focus()
  })
  return { draw }
}
