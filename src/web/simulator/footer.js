import { h, toggles } from './dom.js'
import { deliver, state } from './state.js'

/** Where a person types, and the app's menu below it. `problem(error)` shows what did not arrive. */
export function footer(account, problem) {
  const box = h('textarea', {
    rows: 1,
    placeholder: '发消息…',
    'aria-label': '发消息',
    enterkeyhint: 'send',
    maxLength: 30_000,
  })
  const grow = () => {
    box.style.height = 'auto'
    box.style.height = `${Math.min(box.scrollHeight, 132)}px`
  }
  const send = () => {
    const text = box.value.trim()
    if (text === '') return
    box.value = ''
    grow()
    void deliver('say', { account, text }).catch((error) => problem(error))
  }
  box.addEventListener('input', grow)
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  })
  const click = (entry) => {
    if (entry.type === 'view') window.open(entry.url, '_blank', 'noopener')
    else void deliver('click', { account, key: entry.key }).catch((error) => problem(error))
  }
  const bar = h('nav', { class: 'menu', 'aria-label': '应用菜单' })
  const foot = h(
    'div',
    { class: 'foot' },
    h('div', { class: 'say' }, box, h('button', { type: 'button', class: 'send', onclick: send }, '发送')),
    bar,
  )
  foot.draw = () => bar.replaceChildren(...state.settings.menu.button.map((top) => menuEntry(top, click)))
  foot.draw()
  return foot
}

function menuEntry(top, click) {
  if (!top.sub_button?.length)
    return h('div', { class: 'drop' }, h('button', { type: 'button', onclick: () => click(top) }, top.name))
  const button = h('button', { type: 'button', 'aria-haspopup': 'true', class: 'has-more' }, top.name)
  const panel = h('div', { class: 'sub-menu' })
  const sheet = toggles(button, panel)
  const choose = (entry) => {
    sheet.close()
    click(entry)
  }
  panel.append(
    ...top.sub_button.map((entry) => h('button', { type: 'button', onclick: () => choose(entry) }, entry.name)),
  )
  return h('div', { class: 'drop' }, button, panel)
}
