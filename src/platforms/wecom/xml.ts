/**
 * Reads the XML of callbacks. This small reader is our own, because a general parser cost more time than all the cryptography of a
 * callback.
 * It knows elements, text, CDATA, character references and the five predefined entities. It takes no DTD, so there are no entities to
 * expand. It skips attributes. Everything else is malformed.
 */

/** Every element is a list, even if it occurs once. The order of different elements is not kept. */
export type Elements = { [name: string]: Node[] }
/** An element with children, or its text: CDATA unchanged, plain text with its entities resolved. */
export type Node = string | Elements

const deepest = 12
const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

/** The children of the root element `<xml>`, or undefined if the text is no such document. */
export function readXml(xml: string): Elements | undefined {
  try {
    const reader = new Reader(xml)
    return reader.document()
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}

class Malformed extends Error {
  override name = 'Malformed'
}

class Reader {
  readonly #xml: string
  #at = 0

  constructor(xml: string) {
    this.#xml = xml
  }

  document(): Elements {
    this.#skipSpace()
    if (this.#xml.startsWith('<?xml ', this.#at)) {
      this.#at = this.#find('?>') + 2
      this.#skipSpace()
    }
    if (this.#xml[this.#at] !== '<') throw new Malformed()
    const { name, node } = this.#element(0)
    this.#skipSpace()
    if (name !== 'xml' || typeof node === 'string' || this.#at !== this.#xml.length) throw new Malformed()
    return node
  }

  /** Begins at the `<` of a start tag and ends after the end tag. */
  #element(depth: number): { name: string; node: Node } {
    if (depth > deepest) throw new Malformed()
    const end = this.#find('>')
    const empty = this.#xml[end - 1] === '/'
    const tag = this.#xml.slice(this.#at + 1, empty ? end - 1 : end)
    const space = tag.search(/\s/)
    const name = space < 0 ? tag : tag.slice(0, space)
    if (!/^[A-Za-z_][\w.-]*$/.test(name) || tag.includes('<')) throw new Malformed()
    this.#at = end + 1
    return { name, node: empty ? '' : this.#content(name, depth) }
  }

  #content(name: string, depth: number): Node {
    let text = ''
    const children = new Map<string, Node[]>()
    for (;;) {
      const next = this.#find('<')
      if (next > this.#at) text += resolved(this.#xml.slice(this.#at, next))
      this.#at = next
      if (this.#xml.startsWith('<![CDATA[', next)) {
        const end = this.#find(']]>')
        text += this.#xml.slice(next + 9, end)
        this.#at = end + 3
      } else if (this.#xml[next + 1] === '/') {
        const end = this.#find('>')
        if (this.#xml.slice(next + 2, end).trimEnd() !== name) throw new Malformed()
        this.#at = end + 1
        if (children.size === 0) return text
        if (text.trim() !== '') throw new Malformed()
        return Object.fromEntries(children)
      } else {
        const child = this.#element(depth + 1)
        const same = children.get(child.name)
        if (same) same.push(child.node)
        else children.set(child.name, [child.node])
      }
    }
  }

  #find(what: string): number {
    const found = this.#xml.indexOf(what, this.#at)
    if (found < 0) throw new Malformed()
    return found
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.#xml[this.#at] ?? 'x')) this.#at++
  }
}

/** Plain text with its references resolved. An undefined reference is malformed. */
function resolved(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|([a-z]{0,6}))(;?)/g, (_, decimal, hex, name, end) => {
    const character =
      decimal || hex ? characterOf(decimal ? Number(decimal) : Number.parseInt(hex, 16)) : entities.get(name)
    if (character === undefined || end === '') throw new Malformed()
    return character
  })
}

const characterOf = (code: number): string | undefined =>
  code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined
