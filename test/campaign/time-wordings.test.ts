import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readWhen } from '../../src/campaign/reading/read-when.ts'

const Leave = z.object({ leaveUntil: z.string() })
const Want = z.union([z.string(), Leave])
/** A line of a corpus of wordings. The docs of the acceptance's cases explain its keys. */
const Line = z.object({ kind: z.string(), now: z.string(), text: z.string(), want: z.union([Want, z.array(Want)]) })
type Line = z.infer<typeof Line>
const lines = (file: string): Line[] =>
  readFileSync(new URL(`wordings/${file}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)))
const wants = ({ want }: Line) => (Array.isArray(want) ? want : [want])

/** The result before working days and deadlines are considered: a day and minute, the last day of a leave, or nothing. */
function told({ now, text }: Line): string {
  const at = Temporal.Instant.from(now).toZonedDateTimeISO('Asia/Shanghai')
  const when = readWhen(text, at, Temporal.PlainTime.from('09:07'))
  if (when?.kind === 'away') return `leave ${when.until.toString()}`
  return when?.kind === 'remind' ? when.from.toPlainDateTime().toString({ smallestUnit: 'minute' }) : 'ask'
}
/** The handler moves a time on a day off, at night or after the deadline. Its own tests check where to. */
const isMoved = (line: Line): boolean => /day off|last day/.test(line.kind)
function fits(line: Line, got: string): boolean {
  return wants(line).some((want) => {
    if (typeof want !== 'string') return got === `leave ${want.leaveUntil}`
    if (want === 'ask' || got === 'ask') return want === got
    const [day = '', hours] = want.split('T')
    const [from = '00:00', to] = (hours ?? '00:00/24:00').split('/')
    const time = got.slice(11)
    return got.startsWith(day) && (to === undefined ? time === from : time >= from && time <= to)
  })
}

describe.each(['given-times', 'times'])('%s', (file) => {
  const all = lines(file)
  it.each(all.filter((line) => !isMoved(line)).map((line) => [line.text, line] as const))('%s', (_, line) => {
    const got = told(line)
    const isUnderstoodOrAsked = fits(line, got) || (got === 'ask' && !line.kind.includes('not to be'))
    expect(isUnderstoodOrAsked ? 'as meant' : got).toBe('as meant')
  })
  it('at most 8 of a hundred with one reading are asked about', () => {
    const plain = all.filter(({ want }) => !Array.isArray(want) && want !== 'ask')
    expect(plain.filter((line) => told(line) === 'ask').length / plain.length).toBeLessThanOrEqual(0.08)
  })
})
