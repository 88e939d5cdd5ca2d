import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { adviceOn, type ErrorCodes, listed } from '../../src/bot/messages/error-codes.ts'
import { dingtalkErrorCodes } from '../../src/platforms/dingtalk/error-codes.ts'
import { wecomErrorCodes } from '../../src/platforms/wecom/error-codes.ts'

/** Every code that the platforms' own references name. */
const reference = z
  .record(z.enum(['wecom', 'dingtalk']), z.array(z.string()))
  .parse(JSON.parse(await readFile('test/platforms/reference-codes.json', 'utf8')))
const tables = { wecom: wecomErrorCodes, dingtalk: dingtalkErrorCodes }
const names = ['wecom', 'dingtalk'] as const

it.each(names)('%s: every code of the reference says what to do, and none twice', (name) => {
  expect(reference[name].filter((code) => adviceOn(tables[name], code) === undefined)).toEqual([])
  const codes = tables[name].flatMap((row) => listed(row.codes))
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([])
  expect(reference[name].length).toBeGreaterThan(80)
})

it.each([
  ['wecom', 'src/platforms/wecom/answers.ts'],
  ['wecom', 'src/platforms/wecom/aibot/codes.ts'],
  ['dingtalk', 'src/platforms/dingtalk/answers.ts'],
] as const)('%s: whatever code %s sorts says what to do', async (name, file) => {
  const source = await readFile(file, 'utf8')
  const sorted = [...source.matchAll(/^ {2}'?(\[-1\]|-1|\d{4,6}|[a-z]+(?:[.A-Z]\w+)+)'?: /gm)].map(([, code = '']) =>
    code.replace('[-1]', '-1'),
  )
  expect(sorted.length).toBeGreaterThan(1)
  expect(sorted.filter((code) => adviceOn(tables[name], code) === undefined)).toEqual([])
})

const rows = (table: readonly ErrorCodes[]): string[] => [
  '| 错误码 | 意思 | 怎么办 |',
  '|---|---|---|',
  ...table.map(
    ({ codes, means, todo }) =>
      `| ${listed(codes)
        .map((code) => `\`${code}\``)
        .join(' ')} | ${means} | ${todo} |`,
  ),
]

it('the page of error codes is these tables', async () => {
  const page = [
    '# 错误码',
    '',
    '日志里的 `code` 是平台给出的错误码。`npm run doctor -- 60020` 说明一个码；全部如下（由程序里的表生成，测试核对）。',
    '',
    '## 企业微信',
    '',
    ...rows(wecomErrorCodes),
    '',
    '## 钉钉',
    '',
    '新接口的错误码是词，旧接口的是数字；`88/60011` 看 `60011`。',
    '',
    ...rows(dingtalkErrorCodes),
    '',
  ].join('\n')
  await expect(page).toMatchFileSnapshot('../../docs/error-codes.md')
})
