/** What the page knows, kept in step with the program by server-sent events. */
export const state = {
  run: '',
  people: [],
  clock: { now: '', nextPush: '' },
  settings: { groups: [], menu: { button: [] }, violations: [] },
  chats: {},
}

const seen = new Map()
const listeners = new Set()

/** `listener(event, data)`: event is state, message, settings, clock or seen. */
export const onChange = (listener) => listeners.add(listener)
const tell = (event, data) => {
  for (const listener of listeners) listener(event, data)
}

export async function load() {
  const answer = await fetch('/sim/state')
  if (!answer.ok) throw new Error(String(answer.status))
  const fresh = await answer.json()
  const sameRun = fresh.run === state.run
  // What came over the stream while this answer travelled may be newer than the answer.
  if (sameRun)
    for (const [chat, messages] of Object.entries(state.chats))
      fresh.chats[chat] = newest(fresh.chats[chat] ?? [], messages)
  Object.assign(state, fresh)
  if (!sameRun) remember()
  tell('state')
}

/** Follows the program; after a break everything is read again, so nothing is missed. */
export function follow() {
  const events = new EventSource('/sim/events')
  const on = (name, act) => events.addEventListener(name, (event) => act(JSON.parse(event.data)))
  on('message', ({ chat, message }) => {
    put(chat, message)
    tell('message', { chat, message })
  })
  on('settings', (settings) => {
    state.settings = settings
    tell('settings')
  })
  on('clock', (clock) => {
    state.clock = clock
    tell('clock')
  })
  events.addEventListener('open', () => void load().catch(() => tell('lost')))
  events.addEventListener('error', () => tell('lost'))
}

function newest(read, had) {
  const last = Math.max(0, ...read.map((message) => message.touched))
  const later = had.filter((message) => message.touched > last)
  return [...read.filter(({ id }) => !later.some((one) => one.id === id)), ...later].sort((a, b) => a.id - b.id)
}

function put(chat, message) {
  const messages = (state.chats[chat] ??= [])
  const place = messages.findIndex((one) => one.id === message.id)
  if (place < 0) messages.push(message)
  else messages[place] = message
}

const latest = (chat) => (state.chats[chat] ?? []).reduce((last, message) => Math.max(last, message.touched), 0)

/** What was seen is kept in this tab for one run of the program; a new run begins with everything seen. */
function remember() {
  seen.clear()
  const kept = JSON.parse(sessionStorage.getItem(`seen ${state.run}`) ?? '{}')
  for (const chat of Object.keys(state.chats)) seen.set(chat, kept[chat] ?? latest(chat))
}

export function markSeen(chat) {
  if (seen.get(chat) === latest(chat)) return
  seen.set(chat, latest(chat))
  sessionStorage.setItem(`seen ${state.run}`, JSON.stringify(Object.fromEntries(seen)))
  tell('seen')
}

export const unread = (chat) =>
  (state.chats[chat] ?? []).filter((message) => message.from === 'bot' && message.touched > (seen.get(chat) ?? 0))
    .length

export async function post(path, body) {
  const answer = await fetch(`/sim/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const result = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Error(result.problem ?? String(answer.status))
  return result
}

/** What a person did, given to the program. The platform repeats a callback three times, then gives up. */
export async function deliver(path, body) {
  const { status, attempts } = await post(path, body)
  if (status !== 200) throw new Error(`机器人没有应答（${status || '连接中断'}，共 ${attempts} 次）`)
}
