import { ask, listAddress, looked, pageAddress } from './data.js'
import { byId, h } from './dom.js'
import { bars, sectionOf, tableOf } from './section.js'

const main = byId('main')
/** Rows of a list that the page itself shows; the rest is one tap away. */
const rowsOnPage = 12
/** Grows with each view, so that an answer that comes late does not draw over the next one. */
let view = 0

addEventListener('hashchange', () => show({ byHand: true }))
byId('refresh').addEventListener('click', () => show({ byHand: false }))
byId('print').addEventListener('click', () => print())
// In the simulator whoever's phone is opened is logged in; the button's place stays, so that nothing moves.
if (location.pathname !== '/') byId('logout').style.visibility = 'hidden'
byId('main').addEventListener('keydown', (event) => event.key === 'Escape' && location.hash && (location.hash = ''))
await show({ byHand: false })

/** `byHand`: somebody went there, so the reading goes on at the heading of what appears. */
async function show({ byHand }) {
  const mine = ++view
  const [name, query = ''] = decodeURIComponent(location.hash.slice(1)).split('?')
  main.setAttribute('aria-busy', 'true')
  try {
    if (name && name !== 'main') await showList(name, query, () => mine === view)
    else await showAll(() => mine === view)
  } catch (error) {
    if (mine === view) main.replaceChildren(h('p', { class: 'note', role: 'alert' }, error.message))
  }
  if (mine !== view) return
  main.removeAttribute('aria-busy')
  if (byHand) {
    scrollTo(0, 0)
    main.querySelector('h2')?.focus()
  }
}

function head({ asOf, who, college, campaign }) {
  const at = /T(\d+):(\d+)/.exec(asOf)
  const [, month, day] = /-(\d+)-(\d+)T/.exec(asOf)
  byId('as-of').textContent = `截至${Number(month)}月${Number(day)}日 ${at[1]}:${at[2]}`
  byId('who').textContent = [who.name, ...who.posts].join(' ')
  byId('campaign').textContent = `${college} · ${campaign}`
}

/** What is due first, then how the year stands; each part is added below the one before, so nothing moves. */
async function showAll(isCurrent) {
  const asked = ask(listAddress('progress'))
  const progress = await asked
  if (!isCurrent()) return
  head(progress)
  const lists = progress.lists.map(({ name }) => ask(listAddress(name)))
  for (const list of lists) list.catch(() => {})
  main.replaceChildren(...periodsOf(progress), dutiesOf(progress))
  for (const list of lists) {
    const data = await list
    if (!isCurrent()) return
    main.append(onPage(data))
  }
}

/** Which round of grading is shown, where the plan grades several times a year. */
function periodsOf({ periods = [] }) {
  if (periods.length < 2) return []
  const choose = (number) => {
    looked.period = String(number)
    void show({ byHand: true })
  }
  const buttons = periods.map(({ number, name, shown }) =>
    h('button', { type: 'button', 'aria-pressed': String(shown), onclick: () => choose(number) }, name),
  )
  return [h('nav', { class: 'periods', 'aria-label': '哪一次评分' }, buttons)]
}

/** Each duty as 进度 says it, with what is open where this person may say 谁没交. */
function dutiesOf({ duties, open }) {
  const cards = duties.map(({ name, done, all, list }) => {
    const figure = `${done}/${all}`
    return h(
      'li',
      {},
      h('span', { class: 'duty' }, name),
      list
        ? h('a', { class: 'figure', href: pageAddress(list), 'aria-label': `${name} ${figure}，看明细` }, figure)
        : h('span', { class: 'figure' }, figure),
      h('progress', { max: all || 1, value: done, 'aria-label': `${name}已完成${figure}` }),
    )
  })
  const missing = open.map(({ name, count, names }) =>
    h(
      'p',
      { class: 'open' },
      h('strong', {}, `${name}未完成${count}：`),
      `${names.join('、')}${count > names.length ? '等' : ''}`,
    ),
  )
  return h(
    'section',
    { class: 'sheet', 'aria-labelledby': 'now' },
    h('h2', { id: 'now', tabindex: '-1' }, '完成情况'),
    cards.length > 0 ? h('ul', { class: 'duties' }, cards) : h('p', { class: 'note' }, '目前没有要统计的事项。'),
    ...missing,
  )
}

function onPage(data) {
  const rows = data.rows.slice(0, rowsOnPage)
  const more = data.total > rows.length && h('a', { href: pageAddress(data.name) }, `全部${data.total}行`)
  return sectionOf(
    data,
    data.chart && rows.length > 0 && bars({ ...data, rows }),
    tableOf({ ...data, rows }),
    h('p', { class: 'more' }, more, h('a', { href: listAddress(data.name, '', '.xlsx') }, '下载 Excel')),
  )
}

/** The records behind a figure: narrowed as the figure was, page by page. */
async function showList(name, query, isCurrent) {
  const [progress, data] = await Promise.all([ask(listAddress('progress')), ask(listAddress(name, query))])
  if (!isCurrent()) return
  head(progress)
  const narrowed = Object.entries(data.where).map(([column, word]) => `${column}：${word}`)
  const to = (page) => pageAddress(name, { ...data.where, page })
  const kept = new URLSearchParams(data.where).toString()
  main.replaceChildren(
    h('nav', { class: 'back', 'aria-label': '返回' }, h('a', { href: '#' }, '返回看板')),
    sectionOf(
      data,
      h(
        'p',
        { class: 'more' },
        h('span', {}, `共${data.total}行${narrowed.length > 0 ? `（${narrowed.join('，')}）` : ''}`),
        narrowed.length > 0 && h('a', { href: pageAddress(name) }, '看全部'),
        h('a', { href: listAddress(name, kept, '.xlsx') }, '下载 Excel'),
      ),
      tableOf(data),
      data.pages > 1 &&
        h(
          'nav',
          { class: 'pages', 'aria-label': '翻页' },
          data.page > 1 && h('a', { href: to(data.page - 1), rel: 'prev' }, '上一页'),
          h('span', {}, `第${data.page}页，共${data.pages}页`),
          data.page < data.pages && h('a', { href: to(data.page + 1), rel: 'next' }, '下一页'),
        ),
    ),
  )
}
