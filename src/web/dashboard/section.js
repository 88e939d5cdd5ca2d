import { drawn } from './chart.js'
import { pageAddress } from './data.js'
import { h } from './dom.js'

export const sectionOf = ({ name, title, note }, ...parts) =>
  h(
    'section',
    { class: 'sheet', 'aria-labelledby': `list-${name}` },
    h('h2', { id: `list-${name}`, tabindex: '-1' }, title),
    note && h('p', { class: 'note' }, note),
    ...parts,
  )

const textOf = (cell) => String(typeof cell === 'object' ? cell.text : cell)
const isNumber = (cell) => /^\d+([./]\d+)*%?$/.test(textOf(cell))

/** A list as a table; wider than the screen it is moved sideways, by keyboard too. */
export function tableOf({ title, columns, rows }) {
  if (rows.length === 0) return h('p', { class: 'note' }, '没有记录。')
  const figures = columns.map((_, at) => rows.every((row) => textOf(row[at]) === '' || isNumber(row[at])))
  return h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `${title}表` },
    h(
      'table',
      {},
      h('caption', {}, title),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          columns.map((column, at) => h('th', { scope: 'col', class: figures[at] ? 'number' : '' }, column)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) =>
          h(
            'tr',
            {},
            row.map((cell, at) =>
              cellOf(cell, { at, isFigure: figures[at], label: `${textOf(row[0])} ${columns[at]}` }),
            ),
          ),
        ),
      ),
    ),
  )
}

function cellOf(cell, { at, isFigure, label }) {
  const text = textOf(cell)
  const { link, mark } = typeof cell === 'object' ? cell : {}
  const shown =
    link && text !== ''
      ? h('a', { href: pageAddress(link.list, link.where), 'aria-label': `${label} ${text}，看明细` }, text)
      : text
  const props = { class: isFigure ? 'number' : '' }
  const inside = mark ? h('span', { class: `mark ${mark}` }, shown) : shown
  return at === 0 ? h('th', { scope: 'row', ...props }, inside) : h('td', props, inside)
}

const rowHeight = 30
const axis = 32

/** Stacked bars of a table's own cells, a row each. The place is kept before anything is drawn. */
export function bars({ title, columns, rows, chart }) {
  const at = (column) => columns.indexOf(column)
  const figures = h('div', { class: 'bars', role: 'img', 'aria-label': `${title}图，数字见旁边的表` })
  figures.style.height = `${rows.length * rowHeight + axis}px`
  drawn(figures, {
    labels: rows.map((row) => textOf(row[at(chart.label)])),
    series: chart.values.map((name) => ({ name, values: rows.map((row) => Number(textOf(row[at(name)])) || 0) })),
  })
  const key = chart.values.map((name) => h('li', {}, name))
  return h('div', { class: 'chart' }, h('ul', { class: 'key', 'aria-hidden': 'true' }, key), figures)
}
