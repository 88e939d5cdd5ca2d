import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** The rows of docs/architecture.md: what happens, in which file, under which name (a method as `Class.method`). */
const rows = [
  ...readFileSync('docs/architecture.md', 'utf8').matchAll(/^\| .+ \| `([\w./-]+)` \| `([\w.]+)` \|$/gm),
].map(([, file = '', name = '']) => ({ file, name }))

it('tells the whole way, of a message and of a reminder', () => expect(rows.length).toBeGreaterThan(20))

it('the README draws both ways in names of that page', () => {
  const drawn = [...readFileSync('README.md', 'utf8').matchAll(/^(?:消息：| {6}→|提醒：).+$/gm)].flatMap(([line]) =>
    [...line.matchAll(/[A-Za-z]\w+(?:\.\w+)?/g)].map(([name]) => name),
  )
  expect(drawn.length).toBeGreaterThan(15)
  expect(drawn.filter((name) => !rows.some((row) => row.name === name))).toEqual([])
})

it.each(rows)('$file exports $name', ({ file, name }) => {
  const source = readFileSync(file, 'utf8')
  const [exported = '', method] = name.split('.')
  expect(source).toMatch(new RegExp(`^export (?:async )?(?:const|function|class|type|interface) ${exported}\\b`, 'm'))
  if (method !== undefined) expect(source).toMatch(new RegExp(`^  (?:async )?${method}(?:<[^>]*>)?\\(`, 'm'))
})
