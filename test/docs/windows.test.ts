import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { variables } from '../../src/config.ts'
import { readEnvironmentFile } from '../../src/environment-file.ts'
import { readXml } from '../../src/platforms/wecom/xml.ts'

/** What can be checked of docs/install-windows.md without Windows: WinSW's file and the lines of `.env`. */
const page = readFileSync('docs/install-windows.md', 'utf8')
const xml = /```xml\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const text = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''
/** The elements of WinSW's own description that a service like ours may need; the first two it demands. */
const known = 'id executable name description arguments workingdirectory env stoptimeout onfailure log'.split(' ')

it('WinSW can read its file: well-formed, with its own elements and none twice', () => {
  const service = readXml(`<xml>${xml}</xml>`)?.['service']
  const [elements = ''] = service ?? []
  expect(service).toHaveLength(1)
  expect(Object.keys(elements).filter((name) => !known.includes(name))).toEqual([])
  expect(Object.keys(elements)).toEqual(expect.arrayContaining(known.slice(0, 2)))
  expect(Object.values(elements).filter((all) => all.length !== 1)).toEqual([])
  expect(text('id')).toMatch(/^[A-Za-z0-9]+$/)
  expect(text('stoptimeout')).toMatch(/^\d+ sec$/)
  expect(xml).toMatch(/<onfailure action="restart" delay="\d+ sec"\/>/)
  expect(xml).toMatch(/<log mode="roll-by-size"\/>/)
})

it('it starts what the build makes, in the folder of the program, with variables that there are', () => {
  expect(text('arguments')).toBe('--max-semi-space-size=16 dist\\src\\main.js')
  expect(existsSync('src/main.ts')).toBe(true)
  expect(page).toContain(`解压程序到 \`${text('workingdirectory')}\``)
  const names = [...xml.matchAll(/<env name="(\w+)" value="[^"]*"\/>/g)].map(([, name = '']) => name)
  expect(names.filter((name) => name !== 'NODE_ENV' && !variables.includes(name))).toEqual([])
  expect(names.length).toBe(xml.match(/<env\b/g)?.length)
})

it('a path of Windows stands in .env as it is', () => {
  const [, line = '', path = ''] = /`(DATA_DIR=([^`]+))`/.exec(page) ?? []
  expect(path).toMatch(/^[A-Z]:\\/)
  expect(readEnvironmentFile(Buffer.from(line, 'utf16le'))).toEqual({ values: { DATA_DIR: path } })
  expect(readEnvironmentFile(Buffer.from(line))).toEqual({ values: { DATA_DIR: path } })
})
