import { board as boardOf, boardWidth } from './board.js'
import { clockBar } from './clock.js'
import { byId, h, toast, toggles } from './dom.js'
import { chatOf, groupChatOf, peopleList } from './people.js'
import { phone } from './phone.js'
import { deliver, follow, load, markSeen, onChange, state } from './state.js'

const desk = byId('desk')
const phoneWidth = 372
const most = 3
/** The phones on the desk, the oldest first. */
let phones = []

const board = boardOf({ changed: () => layOut() })
const capacity = () => {
  const room = desk.clientWidth - (board.isShown() ? boardWidth : 0)
  return Math.max(1, Math.min(most, Math.floor(room / phoneWidth)))
}
const isOpen = (chat) => phones.some((one) => one.chat === chat)

function describe(chat) {
  const group = state.settings.groups.find((one) => groupChatOf(one) === chat)
  if (group) return { title: group.name, lines: ['群聊'] }
  const seats = state.people.filter((person) => chatOf(person) === chat)
  if (seats.length === 0) return undefined
  return {
    title: seats[0].name,
    lines: seats.map((seat) => [seat.post, seat.groupings.at(-1)].filter(Boolean).join(' ')),
  }
}

function open(chat, { byHand = true } = {}) {
  document.body.dataset.view = 'chat'
  if (!isOpen(chat)) {
    const about = describe(chat)
    if (!about) return
    phones = [...phones.slice(-(capacity() - 1) || phones.length), phone(chat, { ...about, close: () => shut(chat) })]
    // A real client tells the app when its conversation is opened.
    if (byHand && chat.startsWith('person:'))
      void deliver('open', { account: chat.slice('person:'.length) }).catch((error) =>
        toast(`没有送达：${error.message}`),
      )
  }
  if (chat.startsWith('person:')) void board.seenBy(chat.slice('person:'.length))
  layOut()
  const one = phones.find((each) => each.chat === chat)
  one.redraw()
  markSeen(chat)
  clock.draw()
  if (byHand && matchMedia('(hover: hover)').matches) one.focus()
}

function shut(chat) {
  phones = phones.filter((one) => one.chat !== chat)
  document.body.dataset.view = 'list'
  layOut()
}

function layOut() {
  phones = phones.slice(-capacity())
  const shown = [...phones.map(({ element }) => element), ...(board.isShown() ? [board.element] : [])]
  // Only what changes is touched: a moved element would lose its place of reading.
  for (const child of Array.from(desk.children)) if (!shown.includes(child)) child.remove()
  for (const one of phones)
    if (!one.element.isConnected) desk.insertBefore(one.element, board.element.isConnected ? board.element : null)
  if (board.isShown() && !board.element.isConnected) desk.append(board.element)
  if (phones.length === 0) desk.prepend(welcome())
  history.replaceState(
    undefined,
    '',
    phones.length === 0 ? '/' : `#${phones.map((one) => encodeURIComponent(one.chat)).join(',')}`,
  )
  list.draw()
}

const welcome = () =>
  h(
    'div',
    { class: 'welcome' },
    h('img', { src: '/sim/page/icon.svg', alt: '', width: 56, height: 56 }),
    h('h2', {}, '从左边选一个人，看看他的手机'),
    h('p', {}, '这里的人都是虚构的。消息和卡片走的是真实的企业微信接口：签名、加密、校验都一样。'),
    steps('再选一位党支部书记，两部手机并排看。'),
  )
const steps = (second) =>
  h(
    'ol',
    {},
    h('li', {}, '选一位党总支书记，说“评分”。'),
    h('li', {}, second),
    h('li', {}, '把上面的时钟拨到下一个工作日，看提醒怎样到来。'),
  )
// On a phone the list is the first page.
byId('guide').append(h('p', {}, '这里的人都是虚构的。三步看看：'), steps('返回来再选一位党支部书记，看他的手机。'))

const checks = toggles(byId('checks-button'), byId('checks-list'))
function drawChecks() {
  const { violations } = state.settings
  byId('checks').hidden = violations.length === 0
  if (violations.length === 0) checks.close()
  byId('checks-button').textContent = `平台校验 ${violations.length}`
  byId('checks-list').replaceChildren(
    h('p', {}, '真实的企业微信会拒绝、截断或丢弃：'),
    h(
      'ul',
      {},
      violations.map((line) => h('li', {}, line)),
    ),
  )
}

const list = peopleList({ open, isOpen })
const clock = clockBar({ tick: (now) => phones.forEach((one) => one.tick(now)) })

onChange((event, data) => {
  if (event === 'lost') return toast('与程序的连接断了，正在重连…')
  if (event === 'message') phones.find((one) => one.chat === data.chat)?.message(data.message)
  if (event === 'clock' || event === 'state') clock.set()
  if (event === 'state') restore()
  if (event === 'settings' || event === 'state') {
    phones.forEach((one) => one.settings())
    drawChecks()
  }
  list.draw()
})

/** After a reload, or a new start of the program: the same phones, with what is in them now. */
function restore() {
  if (phones.length > 0) return phones.forEach((one) => one.redraw())
  const kept = location.hash.slice(1).split(',').filter(Boolean).map(decodeURIComponent)
  for (const chat of kept) open(chat, { byHand: false })
  if (phones.length === 0) layOut()
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') for (const one of phones) markSeen(one.chat)
})
addEventListener('resize', () => {
  if (phones.length <= capacity()) return
  phones = phones.slice(-capacity())
  layOut()
})

await load().catch(() => toast('程序没有应答。'))
follow()
