import { expect, it } from 'vitest'
import { attribute, tagsOf } from '../../src/campaign/roster/xml-tags.ts'

const first = (xml: string) => {
  const [tag] = [...tagsOf(xml)]
  if (!tag) throw new TypeError('no tag')
  return tag
}
const value = (xml: string): string | undefined => attribute(first(xml), 'name')

it.each([
  ['<a name="党委"/>', '党委'],
  ["<a name='党委'/>", '党委'],
  ['<a id="1" name = "党委" />', '党委'],
  ['<a r:name="党委"/>', '党委'],
  ['<a\nname="党委">', '党委'],
  ['<a name=""/>', ''],
  ["<a name=''/>", ''],
  ['<a name="说“&quot;&apos;”"/>', '说“"\'”'],
  ['<a name="&lt;党&gt;&amp;委"/>', '<党>&委'],
  ['<a name="&#20826;&#x59D4;&#X5458;"/>', '党委员'],
  ['<a name="&nbsp;&amp"/>', '&nbsp;&amp'],
  ['<a name="&amp;lt;"/>', '&lt;'],
  ['<a name="&#x20000;"/>', '\u{20000}'],
])('the attribute of %s is %s', (xml, words) => expect(value(xml)).toBe(words))

it.each(['<a/>', '<a id="name"/>', '<a names="党委"/>', '<a surname="党委"/>'])('%s has no such attribute', (xml) =>
  expect(value(xml)).toBeUndefined(),
)

it('an entity outside all characters is no reason to fail', () =>
  expect(value('<a name="&#9999999;"/>')?.codePointAt(0)).toBe(0x10ffff))

it('a tag’s text has its entities read, but not those that are meant literally', () => {
  const text = (xml: string): string => first(xml).text()
  expect(text('<t>党&amp;委&#x3000;</t>')).toBe('党&委　')
  expect(text('<t>甲&lt;<![CDATA[&lt;乙>]]>丙&gt;</t>')).toBe('甲<&lt;乙>丙>')
  expect(text('<t></t>')).toBe('')
})
