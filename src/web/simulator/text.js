import { h } from './dom.js'

/** Text as WeCom shows it: links written as <a href>, everything else as it stands. Nothing is taken as HTML. */
export function plainText(text) {
  return pieces(text, /<a href="(https?:\/\/[^"]*)">([^<]*)<\/a>/g, ([, address, words]) => link(address, words))
}

export const link = (address, words, props = {}) =>
  /^https?:\/\//.test(address ?? '')
    ? h('a', { href: address, target: '_blank', rel: 'noopener noreferrer', ...props }, words)
    : h('span', props, words)

function pieces(text, pattern, make, rest = (part) => [part]) {
  const found = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    found.push(...rest(text.slice(from, match.index)), make(match))
    from = match.index + match[0].length
  }
  return [...found, ...rest(text.slice(from))].filter((piece) => piece !== '')
}

const inlineMarks =
  /\*\*(.+?)\*\*|\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)|`([^`]+)`|<font color="(info|comment|warning)">(.*?)<\/font>|<@([^>]+)>/g
const inline = (text) =>
  pieces(text, inlineMarks, ([, bold, words, address, code, color, colored, account]) => {
    if (bold !== undefined) return h('strong', {}, inline(bold))
    if (words !== undefined) return link(address, words)
    if (code !== undefined) return h('code', {}, code)
    if (color !== undefined) return h('span', { class: `md-${color}` }, inline(colored))
    return h('span', { class: 'at' }, `@${account}`)
  })

/** The subset of Markdown that an app's messages know: headings, quotes, bold, links, code, three colours. */
export function markdown(text) {
  return text.split('\n').map((line) => {
    const heading = /^(#{1,6}) (.*)$/.exec(line)
    if (heading) return h('strong', { class: `md-h md-h${heading[1].length}` }, inline(heading[2]))
    const quote = /^> ?(.*)$/.exec(line)
    return quote
      ? h('span', { class: 'md-quote' }, inline(quote[1]))
      : h('span', { class: 'md-line' }, line === '' ? '\u00a0' : inline(line))
  })
}
