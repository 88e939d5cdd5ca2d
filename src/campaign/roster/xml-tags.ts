import { TooLarge } from './unzip.ts'

/** A tag without `<` and `>`. `name` has no prefix. `text` is the text up to the next tag, with entities resolved. */
export type Tag = { name: string; kind: 'start' | 'end' | 'empty'; source: string; text: () => string }

/** A college's workbook has some thousand tags, but an archive of a few kilobytes can hold ten million. */
const mostTags = 3_000_000

/** All tags of a document in order, in one pass. Throws if the document is malformed, has a DTD, or has more tags than a workbook needs. */
export function* tagsOf(xml: string): Generator<Tag> {
  let count = 0
  for (let at = xml.indexOf('<'); at >= 0; ) {
    if (++count > mostTags) throw new TooLarge()
    if (xml.startsWith('<?', at) || xml.startsWith('<!--', at)) {
      at = xml.indexOf('<', behind(xml, xml[at + 1] === '?' ? '?>' : '-->', at))
      continue
    }
    if (xml[at + 1] === '!') throw new TypeError('a DTD')
    const end = endOfTag(xml, at)
    const next = nextTag(xml, end)
    const source = xml.slice(at + 1, end - 1)
    const text = () => textOf(xml.slice(end, next < 0 ? xml.length : next))
    yield { name: nameOf(source), kind: kindOf(source), source, text }
    at = next
  }
}

function behind(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from)
  if (found < 0) throw new TypeError('not closed')
  return found + mark.length
}

/** The place after the `>` of a tag. A `>` inside quotes does not end it. */
function endOfTag(xml: string, from: number): number {
  for (let at = from + 1; at < xml.length; at++) {
    const char = xml[at]
    if (char === '>') return at + 1
    if (char === '"' || char === "'") at = behind(xml, char, at + 1) - 1
  }
  throw new TypeError('not closed')
}

/** The place of the next tag. CDATA counts as text. */
function nextTag(xml: string, from: number): number {
  let next = xml.indexOf('<', from)
  while (next >= 0 && xml.startsWith('<![CDATA[', next)) next = xml.indexOf('<', behind(xml, ']]>', next))
  return next
}

const kindOf = (source: string): Tag['kind'] =>
  source.startsWith('/') ? 'end' : source.endsWith('/') ? 'empty' : 'start'

function nameOf(source: string): string {
  let end = 0
  let from = source.startsWith('/') ? 1 : 0
  for (end = from; end < source.length; end++) {
    const char = source.charCodeAt(end)
    if (char === 58) from = end + 1
    else if (char <= 32 || char === 47) break
  }
  return source.slice(from, end)
}

const attributePatterns = new Map<string, RegExp>()

/** An attribute of a tag, whatever its prefix, or undefined if it has none. */
export function attribute({ source }: Tag, name: string): string | undefined {
  let pattern = attributePatterns.get(name)
  if (!pattern)
    attributePatterns.set(name, (pattern = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)))
  const found = pattern.exec(source)
  return found ? withoutEntities(found[1] ?? found[2] ?? '') : undefined
}

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

const withoutEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#(?:x([0-9a-f]{1,6})|(\d{1,7}))|(\w{2,4}));/gi,
        (whole, hex?: string, digits?: string, word?: string) =>
          word === undefined
            ? String.fromCodePoint(Math.min(hex === undefined ? Number(digits) : Number.parseInt(hex, 16), 0x10ffff))
            : (entities.get(word) ?? whole),
      )
    : text

function textOf(source: string): string {
  if (!source.includes('<![CDATA[')) return withoutEntities(source)
  return source
    .split('<![CDATA[')
    .map((piece, i) => {
      if (i === 0) return withoutEntities(piece)
      const end = piece.indexOf(']]>')
      return piece.slice(0, end) + withoutEntities(piece.slice(end + 3))
    })
    .join('')
}
