import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listed } from '../../src/bot/messages/error-codes.ts'
import { outcomeOf as dingtalkOutcome } from '../../src/platforms/dingtalk/answers.ts'
import { dingtalkErrorCodes } from '../../src/platforms/dingtalk/error-codes.ts'
import { configurationLine } from '../../src/platforms/wecom/aibot/codes.ts'
import { outcomeOf as wecomOutcome } from '../../src/platforms/wecom/answers.ts'
import { wecomErrorCodes } from '../../src/platforms/wecom/error-codes.ts'

/** Compares docs/operations.md with the code: it lists every warning, error and metric, and none that no longer exists. */
const page = readFileSync('docs/operations.md', 'utf8')
const sources = new Map(
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/^(?:crash|bench|platforms\/simulator)\//.test(name))
    .map((name) => [name, readFileSync(join('src', name), 'utf8')]),
)

/** The first cells of the table below this heading, as far as they stand in `…`. */
const namesBelow = (heading: string): string[] =>
  (page.split(`## ${heading}`)[1] ?? '')
    .split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
    .filter((name) => name !== 'msg') ?? []

/** A line as the page writes it: `…` for what differs from time to time. */
const written = (line: string): string => line.replace(/\$\{[^}]*\}/g, '…')
const call = /[lL]og\??\.(?:warn|error|fatal)\(\s*(?:\{[^{}]*(?:\{[^{}]*\})?[^{}]*\})\s*,\s*/
const spoken = new RegExp(`${call.source}(['\`])((?:(?!\\1)[\\s\\S])*)\\1`, 'g')
const passedOn = new RegExp(`${call.source}([^'\`\\s][^\\n]*?)\\)+\\n`, 'g')

/** What is passed on to the log, by the file that does it and the expression, and the files and words where the line itself stands. */
const elsewhere: { [call: string]: { [file: string]: RegExp } } = {
  'delivery/sender.ts line': {},
  'platforms/dingtalk/stream.ts outcome.line': {},
  'platforms/wecom/aibot/long-connection.ts said': {},
  'platforms/dingtalk/door.ts action.ignored': { 'platforms/dingtalk/inbound.ts': /ignored: '([^']+)'/g },
  'platforms/dingtalk/form-delivery.ts line': {
    'platforms/dingtalk/form-delivery.ts': /outcome\.line : '([^']+)'/g,
  },
  'platforms/wecom/aibot/long-connection.ts kickedLine': {
    'platforms/wecom/aibot/long-connection.ts': /kickedLine =\s*'([^']+)'/g,
  },
  "platforms/wecom/channel.ts group.key === '' ? appGroupLine : robotLine": {
    'platforms/wecom/channel.ts': /(?:appGroup|robot)Line =\s*'([^']+)'/g,
  },
  'platforms/wecom/menu.ts line': { 'platforms/wecom/menu.ts': /return `([^`]+)`/g },
  'wiring/health.ts trouble': {
    'wiring/health.ts': /(?:const moved =\s*'|unwritable = \(code: string\): string => `)([^'`]+)/g,
  },
  'wiring/program.ts line': { 'platforms/dingtalk/dingtalk.ts': /\? \['([^']+)'\]/g },
  'wiring/program.ts what': {},
  'wiring/open-store.ts line': {
    'store/private-files.ts': /: `([^`]+)`/g,
    'store/redis.ts': /notWrittenAnew =\s*'([^']+)'/g,
    'store/redis-connection.ts': /(?:say\('\w+', '|say\(\s*'settings',\s*`|undefined : ['`])([^'`]+(?:'，'\)\})?)['`]/g,
  },
}
const linesOf = (platforms: readonly (object | undefined)[]): string[] =>
  platforms.flatMap((outcome) => (outcome && 'line' in outcome ? [String(outcome.line)] : []))
const codesOf = (table: typeof wecomErrorCodes): string[] => table.flatMap(({ codes }) => listed(codes))
/** The lines about settings of a platform, as the codes of its table bring them about. */
const aboutSettings = [
  ...linesOf(codesOf(wecomErrorCodes).map((code) => wecomOutcome({ kind: 'no', errcode: Number(code), from: '…' }))),
  ...linesOf([wecomOutcome({ kind: 'stranger', code: 'http-404' })]),
  ...codesOf(wecomErrorCodes).flatMap((code) => configurationLine(Number(code)) ?? []),
  ...linesOf(
    codesOf(dingtalkErrorCodes).map((code) => dingtalkOutcome({ kind: 'no', code, message: '[Card.Instance.Write]' })),
  ).map((line) => line.replace(' Card.Instance.Write', '…')),
]

const logged = new Set([
  ...[...sources.values()].flatMap((source) => [
    ...[...source.matchAll(spoken)].map(([, , line = '']) => written(line)),
    ...[...source.matchAll(/#quietly\('([\w-]+)'/g)].map(([, what = '']) => what),
  ]),
  ...Object.values(elsewhere).flatMap((places) =>
    Object.entries(places).flatMap(([file, words]) => {
      const lines = [...(sources.get(file) ?? '').matchAll(words)].map(([, line = '']) => written(line))
      if (lines.length === 0) throw new Error(`no line of the log is found in ${file}`)
      return lines
    }),
  ),
  ...aboutSettings,
])
const metrics = new Set(
  [...sources.values()].flatMap((source) => [...source.matchAll(/'(dangjian_\w+)'/g)].map(([, name = '']) => name)),
)

describe('docs/operations.md', () => {
  it('tells of every line of the log that warns, in the very words, and of no other', () => {
    const told = namesBelow('日志里的话和怎么办')
    expect([...logged].filter((line) => !told.includes(line))).toEqual([])
    expect(told.filter((line) => !logged.has(line))).toEqual([])
    expect(logged.size).toBeGreaterThan(70)
  })

  it('knows where every line stands that the code passes on to the log', () => {
    const found = [...sources].flatMap(([file, source]) =>
      [...source.matchAll(passedOn)].map(([, expression = '']) => `${file} ${expression}`),
    )
    expect(found.filter((one) => elsewhere[one] === undefined)).toEqual([])
    expect(Object.keys(elsewhere).filter((one) => !found.includes(one))).toEqual([])
  })

  it('tells of every metric, and of no other', () => {
    const told = namesBelow('指标 `/metrics`')
    expect(told.toSorted()).toEqual([...metrics].toSorted())
  })
})
