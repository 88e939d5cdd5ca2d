import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))

const sources = ['src', 'handlers', 'schedules'].flatMap(filesIn)
const ofTests = filesIn('test')
const tests = ofTests.filter((file) => file.endsWith('.test.ts'))
const names = new Set(tests.map((file) => basename(file, '.test.ts')))
const imported = new Set(
  ofTests.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) =>
      relative(process.cwd(), resolve(dirname(file), path)),
    ),
  ),
)
/** The rows of test/README.md: a place and the stories that test what has no test of its own there. */
const rows = [...readFileSync('test/README.md', 'utf8').matchAll(/^\| `([\w./-]+)` +\| (.+) \|$/gm)].map(
  ([, place = '', stories = '']) => ({
    place,
    stories: [...stories.matchAll(/`([^`]+)`/g)].map(([, story = '']) => join('test', story)),
  }),
)

const isFoundByName = (file: string): boolean =>
  names.has(basename(file, '.ts')) || names.has(basename(dirname(file))) || imported.has(file)
const placeOf = (file: string): string | undefined =>
  rows.find(({ place }) => place === file || place === dirname(file))?.place

describe('where a source file is tested', () => {
  const others = sources.filter((file) => !isFoundByName(file))

  it('is found by its name or its room’s, by what a test imports, or on the page of stories', () =>
    expect(others.filter((file) => placeOf(file) === undefined)).toEqual([]))

  it('the page names only stories that exist, and no place that needs none', () => {
    expect(rows.flatMap(({ stories }) => stories).filter((story) => !tests.includes(story))).toEqual([])
    const needed = new Set(others.map(placeOf))
    expect(rows.map(({ place }) => place).filter((place) => !needed.has(place))).toEqual([])
  })
})
