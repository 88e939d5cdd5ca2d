/** Makes an element. `on…` are listeners, other values that are not text are properties; empty children are left out. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'class') element.className = value
    else if (typeof value === 'string') element.setAttribute(name, value)
    else element[name] = value
  }
  element.append(
    ...children.flat(2).filter((child) => child !== undefined && child !== null && child !== false && child !== ''),
  )
  return element
}

export const byId = (id) => document.getElementById(id)

/** A button that shows and hides what it controls; a click elsewhere or Escape hides it too. */
export function toggles(button, panel, { shown = () => {} } = {}) {
  const set = (open) => {
    panel.hidden = !open
    button.setAttribute('aria-expanded', String(open))
    if (open) shown()
  }
  button.setAttribute('aria-expanded', 'false')
  panel.hidden = true
  button.addEventListener('click', () => set(panel.hidden))
  document.addEventListener('pointerdown', (event) => {
    if (!panel.hidden && !panel.contains(event.target) && !button.contains(event.target)) set(false)
  })
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    set(false)
    button.focus()
  })
  return { close: () => set(false) }
}

let hiding
export function toast(text) {
  const place = byId('toast')
  place.textContent = text
  place.classList.add('shown')
  clearTimeout(hiding)
  hiding = setTimeout(() => place.classList.remove('shown'), 4000)
}
