import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Compares docs/operations.md with the code: it lists every warning, error and metric, and none that no longer exists. */
const page = readFileSync('docs/operations.md', 'utf8')
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/^(?:crash|bench|platforms\/simulator)\//.test(name))
  .map((name) => readFileSync(join('src', name), 'utf8'))

/** The first cells of the table below this heading, as far as they stand in `…`. */
const namesBelow = (heading: string): string[] =>
  (page.split(`## ${heading}`)[1] ?? '')
    .split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
    .filter((name) => name !== 'msg') ?? []

const said =
  /[lL]og\??\.(?:warn|error|fatal)\(\s*(?:\{[^{}]*(?:\{[^{}]*\})?[^{}]*\})\s*,\s*(['`])((?:(?!\1)[\s\S])*)\1/g
const logged = new Set(
  sources.flatMap((source) => [
    ...[...source.matchAll(said)].map(([, , line = '']) => line.replace(/\$\{[^}]*\}/g, '…')),
    ...[...source.matchAll(/#quietly\('([\w-]+)'/g)].map(([, what = '']) => what),
  ]),
)
const metrics = new Set(
  sources.flatMap((source) => [...source.matchAll(/'(dangjian_\w+)'/g)].map(([, name = '']) => name)),
)

describe('docs/operations.md', () => {
  it('tells of every line of the log that warns, in the very words, and of no other', () => {
    const told = namesBelow('日志里的话和怎么办')
    expect([...logged].filter((line) => !told.includes(line))).toEqual([])
    expect(told.filter((line) => !logged.has(line))).toEqual([])
    expect(logged.size).toBeGreaterThan(40)
  })

  it('tells of every metric, and of no other', () => {
    const told = namesBelow('指标 `/metrics`')
    expect(told.toSorted()).toEqual([...metrics].toSorted())
  })
})
