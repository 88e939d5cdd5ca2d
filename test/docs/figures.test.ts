import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Numbers that a page tells and the code decides: each is read from both. */
const figures: readonly (readonly [page: string, told: RegExp, source: string, decided: RegExp])[] = [
  ['wecom', /每分钟最多 ([\d,]+) 条/, 'platforms/wecom/requests', /bucket: member, count: ([\d_]+)/],
  ['wecom', /每小时 ([\d,]+) 条/, 'platforms/wecom/requests', /hour`, count: ([\d_]+)/],
  ['dingtalk', /每月 ([\d,]+) 次调用/, 'config', /default\('(\d+)\/\d+'\)/],
  ['dingtalk', /、([\d,]+) 次推送/, 'config', /default\('\d+\/(\d+)'\)/],
  ['redis', /(\d+) 秒内没有续/, 'delivery/lease', /leaseMs = (\d+)_000/],
  ['backup', /整点过 (\d+) 分/, 'wiring/program', /backUpAt = '(\d+) /],
  ['security', /over ([\d,]+) characters/, 'bot/turn/router', /longest = ([\d_]+)/],
  ['security', /(\d+) MB in all/, 'bot/connections/bodies', /allBodies = (\d+) \* longestBody/],
]
const number = (text = ''): number => Number(text.replace(/[,_]/g, ''))

it.each(figures)('docs/%s.md: %s is what src/%s.ts says', (page, told, source, decided) => {
  const [, written] = told.exec(readFileSync(`docs/${page}.md`, 'utf8')) ?? []
  const [, meant] = decided.exec(readFileSync(`src/${source}.ts`, 'utf8')) ?? []
  expect(number(written)).toBeGreaterThan(0)
  expect(number(written)).toBe(number(meant))
})
