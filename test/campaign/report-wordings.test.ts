import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { emptyReport, missingParts, type Report } from '../../src/campaign/reading/read-liaison-report.ts'
import { takenUp } from '../../src/campaign/reports/draft.ts'
import type { Named } from '../../src/campaign/roster/names.ts'

/** A line of a corpus of wordings. The docs of the acceptance's cases explain its keys. */
const Line = z.object({
  kind: z.string(),
  text: z.array(z.string()),
  branches: z.array(z.string()).nullable(),
  visit: z.boolean().nullable(),
  hard: z.array(z.string()).nullable(),
  notHard: z.array(z.string()),
  kept: z.array(z.string()),
  notKept: z.array(z.string()).default([]),
  once: z.array(z.string()).default([]),
  ask: z.enum(['may', 'must']).optional(),
})
type Line = z.infer<typeof Line>
const lines = (file: string): Line[] =>
  readFileSync(new URL(`wordings/${file}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)))

const named = (generalName: string, ...names: string[]): Named[] =>
  names.map((name) => ({ id: name, name, generalName }))
const own = named('机电工程学院党总支', '机电教工第一党支部', '机电教工第二党支部', '机电学生党支部')
const others = named(
  '人文学院党总支',
  '会计教研室党支部',
  '艺术设计党支部',
  '网络教研室党支部',
  '经管学生党支部',
  '经管教工第一党支部',
)
const elsewhere = ['航空', '汽车'].flatMap((one) =>
  named(`${one}学院党总支`, `${one}教工第一党支部`, `${one}教工第二党支部`, `${one}学生党支部`),
)
const known = { own, all: [...elsewhere, ...own, ...others] }

/** The report after all messages of a line. 月报 itself is the command. */
const told = ({ text }: Line): Report => {
  const said = text.map((one) => one.replace(/^月报\s*(?:5月)?\s*/, '')).filter(Boolean)
  return said.reduce((report, one) => takenUp(report, one, known).report, emptyReport)
}
const isAsked = (report: Report): boolean => report.unclearBranches !== undefined || missingParts(report).length > 0

/** The recorded parts that were not meant. */
function wrong(line: Line, report: Report): string[] {
  const found: string[] = []
  for (const { id } of own) {
    const isRight = line.branches === null || line.branches.includes(id) || line.ask === 'must'
    if (report.branches.includes(id) && !isRight) found.push(`${id} was not visited`)
    if (!report.branches.includes(id) && line.branches?.includes(id) && !isAsked(report)) found.push(`${id} is missing`)
  }
  const hard = report.hard ?? ''
  if (!isAsked(report) && line.hard) {
    for (const issue of line.hard)
      if (!issue.split('|').some((one) => hard.includes(one))) found.push(`${issue} is no issue`)
    if (line.hard.length === 0 && report.noVisit === undefined && hard !== '无') found.push(`issue ${hard}`)
  }
  for (const words of line.notHard) if (hard.includes(words)) found.push(`issue ${words}`)
  for (const words of line.kept) if (!report.text.includes(words)) found.push(`${words} is lost`)
  for (const words of line.notKept) if (report.text.includes(words)) found.push(`${words} only steers`)
  for (const words of line.once) if (report.text.split(words).length !== 2) found.push(`${words} is not there once`)
  if (line.ask === 'must' && !isAsked(report)) found.push('not asked')
  return found
}

describe.each(['given-reports', 'reports'])('%s', (file) => {
  const all = lines(file)
  it.each(all.map((line) => [line.text.join(' ⏩ '), line] as const))('%s', (_, line) => {
    const report = told(line)
    expect({ wrong: wrong(line, report), report }).toEqual({ wrong: [], report })
  })
  it('at most one in five complete reports is asked about', () => {
    const complete = all.filter(({ ask }) => ask === undefined)
    expect(complete.filter((line) => isAsked(told(line))).length / complete.length).toBeLessThanOrEqual(0.2)
  })
})
