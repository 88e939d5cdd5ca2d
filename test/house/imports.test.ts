import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The design's section on folders: what each place may import. A platform may always import its own folder. */
const rooms: { [room: string]: readonly string[] } = {
  'src/campaign': [],
  'src/errors.ts': [],
  'src/store': ['src/errors.ts'],
  'src/environment-file.ts': [],
  'src/config.ts': ['src/environment-file.ts', 'src/errors.ts'],
  'src/bot': ['src/campaign', 'src/store'],
  'src/platforms/wecom': ['src/bot'],
  'src/platforms/dingtalk': ['src/bot'],
  'src/platforms/simulator': ['src/bot'],
  'src/delivery': ['src/store', 'src/bot', 'src/campaign', 'src/errors.ts'],
  'src/documents': ['src/campaign'],
  'src/web': ['src/bot', 'src/campaign'],
  'src/forms': ['src/campaign', 'src/store', 'src/bot'],
  handlers: ['src/forms', 'src/bot', 'src/campaign', 'src/documents'],
  schedules: ['src/forms', 'src/bot', 'src/campaign', 'handlers'],
}
const everything = ['src/cli', 'src/crash', 'src/rehearsal', 'src/bench', 'src/wiring', 'src/main.ts']

const root = process.cwd()
const files = ['src', 'handlers', 'schedules'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
)
/** Imports of types count too. */
const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map((found) =>
    relative(root, join(root, dirname(file), found[1] ?? '')),
  )
const roomOf = (file: string): string | undefined =>
  [...Object.keys(rooms), ...everything]
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0]

describe('the house', () => {
  it('has a room for every file', () => {
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([])
    expect(files.length).toBeGreaterThan(100)
  })

  it('imports only what the table allows', () => {
    const forbidden = files.flatMap((file) => {
      const room = roomOf(file) ?? ''
      if (everything.includes(room)) return []
      return importsOf(file)
        .filter((other) => roomOf(other) !== room && !(rooms[room] ?? []).includes(roomOf(other) ?? ''))
        .map((other) => `${file} imports ${other}`)
    })
    expect(forbidden).toEqual([])
  })

  it('has no import cycle', () => {
    const state = new Map<string, 'open' | 'done'>()
    const cycles: string[] = []
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
        return
      }
      state.set(file, 'open')
      for (const other of importsOf(file)) visit(other, [...path, file])
      state.set(file, 'done')
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('has no circle between folders, so that a lower one never needs a higher one', () => {
    const rooms = new Map<string, Set<string>>()
    // The files of src itself are the program's beginning and what everybody reads: each stands alone.
    const folderOf = (file: string): string => (dirname(file) === 'src' ? file : dirname(file))
    for (const file of files)
      for (const other of importsOf(file)) {
        const [from, to] = [folderOf(file), folderOf(other)]
        if (from !== to) rooms.set(from, (rooms.get(from) ?? new Set()).add(to))
      }
    for (let size = -1; size !== rooms.size; ) {
      size = rooms.size
      for (const [room, others] of rooms) if (![...others].some((one) => rooms.has(one))) rooms.delete(room)
    }
    expect([...rooms.keys()]).toEqual([])
  })

  it('reads the environment in one place', () => {
    const readers = files.filter((file) => /process\.env\b/.test(readFileSync(join(root, file), 'utf8')))
    expect(readers).toEqual(['src/config.ts'])
  })

  it('keeps files to a length that can be read', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 301)
    expect(long).toEqual([])
  })
})
