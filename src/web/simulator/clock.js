import { byId, toast, toggles } from './dom.js'
import { post, state } from './state.js'
import { clockOf, dayOf, fromLocal, fullOf, toLocal } from './time.js'

const messages = () => Object.values(state.chats).flat().length
/** What falls due is sent one after the other once the clock has moved: all of it is there when nothing came for a while. */
async function arrived() {
  for (let before; before !== messages(); ) {
    before = messages()
    await new Promise((resolve) => setTimeout(resolve, 800))
  }
  return messages()
}

/** The program's clock on top of the page: it runs on, and can be moved forward. `tick(now)` every few seconds. */
export function clockBar({ tick }) {
  let read = performance.now()
  const now = () => new Date(Date.parse(state.clock.now) + performance.now() - read)
  const draw = () => {
    if (state.clock.now === '') return
    byId('now').textContent = fullOf(now())
    byId('now').setAttribute('datetime', now().toISOString())
    tick(now())
  }
  const controls = [byId('next'), byId('move')]
  const move = async (to) => {
    const before = messages()
    for (const control of controls) control.disabled = true
    toast('时钟正在走…')
    try {
      const { now: at } = await post('clock', { to })
      const news = (await arrived()) - before
      toast(
        `现在是${dayOf(new Date(at))} ${clockOf(new Date(at))}${news > 0 ? `，新到 ${news} 条消息` : '，没有新消息'}`,
      )
    } catch (error) {
      toast(`时钟没有拨动：${error.message === 'the clock moves forward only' ? '只能向后拨' : error.message}`)
    }
    for (const control of controls) control.disabled = false
  }
  const sheet = toggles(byId('move'), byId('move-form'), {
    shown: () => {
      byId('move-to').value = toLocal(now())
      byId('move-to').min = toLocal(now())
      byId('move-to').focus()
    },
  })
  byId('move-form').addEventListener('submit', (event) => {
    event.preventDefault()
    sheet.close()
    void move(fromLocal(byId('move-to').value))
  })
  byId('next').addEventListener('click', () => void move(state.clock.nextPush))
  setInterval(draw, 1000)
  return {
    draw,
    /** After the program has told its time. */
    set() {
      read = performance.now()
      if (state.clock.now === '') return
      const next = new Date(state.clock.nextPush)
      byId('next').textContent = `${dayOf(next) === dayOf(now()) ? '今天' : '下一个工作日'} ${clockOf(next)}`
      byId('next').title = fullOf(next)
      draw()
    },
  }
}
