import type { Temporal } from 'temporal-polyfill'
import { type Bands, bandNames } from '../scores/rubric.ts'
import { type DayRules, dayProblem, readDay } from './said-day.ts'

/** A decision as a person said it. `on` is the day of the decision, if the person named one. */
export type ApprovalSaid =
  | { kind: 'agreed'; on?: Temporal.PlainDate }
  | { kind: 'band'; band: string; reason: string; on?: Temporal.PlainDate }
  | { kind: 'back'; reason: string }
  | { kind: 'unread'; why: string }

const marks = /^[\s,，。.:：;；、]+/u
const end = /[。.]$/u
const agreed = /^同意(?:(?:党?总支)?的?(?:意见|建议|提议|结果))?/u
const back = /^退回/u
const changing = /^(?:改定为|定为|改为)/u
/** `四星级党支部`. */
const called = /^级?(?:党?支部)?/u
const reasoned = /^(?:理由|原因|因为|因)(?:是|为)?[:：]?/u

/**
 * Reads a decision: `同意`, `10月12日同意`, `四星 品牌还不够`, `退回 第3项请核实`. A day counts as the day of the decision only at the beginning
 * of the text, or alone after 同意; anywhere else it is part of the reason. Any other text is `unread`. `why` then says what was not
 * understood; it is empty if the text is empty.
 */
export function readApproval(text: string, bands: Bands, days: DayRules): ApprovalSaid {
  const said = text.trim()
  if (back.test(said)) return { kind: 'back', reason: said.replace(back, '').replace(marks, '').replace(end, '') }
  const first = dayAt(said, days)
  if ('why' in first) return { kind: 'unread', why: first.why }
  const { rest, on } = first
  if (agreed.test(rest)) {
    const last = dayAt(rest.replace(agreed, '').replace(marks, ''), days)
    if ('why' in last) return { kind: 'unread', why: last.why }
    if (last.rest) return { kind: 'unread', why: `“${last.rest}”没有读懂` }
    const day = on ?? last.on
    return { kind: 'agreed', ...(day ? { on: day } : {}) }
  }
  const named = rest.replace(changing, '').trimStart()
  const band = bandNames(bands)
    .toSorted((a, b) => b.length - a.length)
    .find((name) => named.startsWith(name))
  if (band === undefined) return { kind: 'unread', why: rest ? `“${rest}”没有读懂` : '' }
  const behind = named.slice(band.length).replace(called, '').replace(marks, '')
  const reason = behind.replace(reasoned, '').replace(marks, '').replace(end, '').trim()
  return { kind: 'band', band, reason, ...(on ? { on } : {}) }
}

/** Reads a day at the beginning of a text. `rest` is the text after it. */
function dayAt(text: string, days: DayRules): { on?: Temporal.PlainDate; rest: string } | { why: string } {
  const found = readDay(text, days)
  if (!found || found.start !== 0) return { rest: text }
  if ('problem' in found) return { why: dayProblem(found) }
  return { on: found.day, rest: text.slice(found.end).replace(marks, '').trim() }
}
