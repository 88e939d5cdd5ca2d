/** Everything is shown in Beijing time, wherever the browser is. */
const zone = 'Asia/Shanghai'
const format = (options) => new Intl.DateTimeFormat('zh-CN', { timeZone: zone, ...options })
const days = format({ month: 'long', day: 'numeric' })
const years = format({ year: 'numeric', month: 'long', day: 'numeric' })
const weekdays = format({ weekday: 'long' })
const clocks = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

export const clockOf = (instant) => clocks.format(instant)
export const dayOf = (instant) => days.format(instant)
export const fullOf = (instant) => `${years.format(instant)} ${weekdays.format(instant)} ${clockOf(instant)}`

const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
/** For an input of type datetime-local, and back. */
export const toLocal = (instant) => parts.format(instant).replace(' ', 'T')
export const fromLocal = (local) => `${local.slice(0, 16)}:00+08:00`
