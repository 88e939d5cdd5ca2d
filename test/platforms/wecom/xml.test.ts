import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readXml } from '../../../src/platforms/wecom/xml.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

describe('the XML of callbacks', () => {
  it('gives every text back, in CDATA and as plain text with references', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readXml(`<xml><A>${cdata(text)}</A><B>${escaped(text)}</B></xml>`)).toEqual({ A: [text], B: [text] })
      }),
    )
  })

  it('makes a list of every element, in order, also of one that occurs once', () => {
    expect(readXml('<xml>\n <a><b>1</b>\n<b>2</b></a><c/><c></c></xml>')).toEqual({
      a: [{ b: ['1', '2'] }],
      c: ['', ''],
    })
  })

  it('keeps the digits of a number that JavaScript would round', () => {
    expect(readXml('<xml><MsgId>9223372036854775807</MsgId></xml>')).toEqual({ MsgId: ['9223372036854775807'] })
  })

  it('takes a declaration, attributes and blanks around, and names that objects know already', () => {
    expect(
      readXml('\n<?xml version="1.0"?>\n<xml a="1"><constructor>x</constructor><__proto__>y</__proto__></xml>\n'),
    ).toEqual(
      Object.fromEntries([
        ['constructor', ['x']],
        ['__proto__', ['y']],
      ]),
    )
  })

  it('knows the five predefined entities and expands no others', () => {
    expect(readXml('<xml><a>&lt;&gt;&amp;&quot;&apos;&#65;&#x4e2d;</a></xml>')).toEqual({ a: ['<>&"\'A中'] })
    for (const reference of ['&nbsp;', '&toString;', '&;', '&', '&lt', '&#0;', '&#xD800;', '&#x110000;', '&#9999999;'])
      expect(readXml(`<xml><a>${reference}</a></xml>`), reference).toBeUndefined()
  })

  it.each([
    '',
    'text',
    '<xml>',
    '<xml><Encrypt>',
    '<xml><a></xml></a>',
    '<xml><a></b></xml>',
    '<xml><a>1</a>words</xml>',
    '<xml><a><![CDATA[1]]</a></xml>',
    '<xml><a>1</a></xml><xml></xml>',
    '<xml><!-- comment --><a>1</a></xml>',
    '<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><a>&e;</a></xml>',
    '<html><a>1</a></html>',
    '<xml></xml>',
    `<xml>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</xml>`,
  ])('refuses %j', (xml) => {
    expect(readXml(xml)).toBeUndefined()
  })

  it('never throws, whatever comes', () => {
    const piece = fc.constantFrom('<', '>', '</', '/>', 'xml', 'a', '<![CDATA[', ']]>', '&', ';', '#', ' ', '!', '?')
    fc.assert(fc.property(fc.array(piece), (pieces) => void readXml(`<xml>${pieces.join('')}</xml>`)))
  })
})
