import { byId, h, toast } from './dom.js'

const address = '/sim/dashboard'
const wide = '(min-width: 761px)'
/** Least room for the dashboard beside phones, px. */
export const boardWidth = 480

/**
 * The dashboard beside the phones, as whoever's phone was opened last sees it; on a small screen it is a page of its own. `changed` is
 * called when it opens or shuts.
 */
export function board({ changed }) {
  const button = byId('board-button')
  const frame = h('iframe', { title: '党建看板', src: 'about:blank' })
  const element = h(
    'section',
    { class: 'board', 'aria-label': '看板' },
    h(
      'div',
      { class: 'owner' },
      h('div', {}, h('h2', {}, '看板'), h('p', {}, '最近打开的手机是谁的，就是谁看到的')),
      h('button', { type: 'button', class: 'shut', 'aria-label': '关上看板', onclick: () => toggle(false) }, '✕'),
    ),
    frame,
  )
  let shown = false
  let person
  const toggle = (open) => {
    shown = open
    button.setAttribute('aria-expanded', String(open))
    if (open) frame.src = address
    changed()
  }
  button.addEventListener('click', () => (matchMedia(wide).matches ? toggle(!shown) : location.assign(address)))
  return {
    element,
    isShown: () => shown,
    /** The person is logged in as they would be on their own phone. */
    async seenBy(account) {
      if (person === account) return
      person = account
      const answer = await fetch(`/sim/login/${encodeURIComponent(account)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }).catch(() => undefined)
      if (!answer?.ok) return toast('看板没有登录成功')
      if (shown && person === account) frame.contentWindow.location.replace(address)
    },
  }
}
