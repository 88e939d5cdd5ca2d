import { Temporal } from 'temporal-polyfill'

/** Calendar days, ascending. */
export type Dates = readonly Temporal.PlainDate[]
export type Span = { starts: Temporal.PlainDate; ends: Temporal.PlainDate }

/** `none`: the words give a date that the campaign does not have. `unread`: the words are no deadline that we know. */
export type ReadDeadline = { milestones: Dates | 'all-year' } | { none: string } | { unread: string }

const monthEnd = (date: Temporal.PlainDate): Temporal.PlainDate => date.with({ day: date.daysInMonth })

/** The last calendar days of the months that end within the span. */
export function monthEnds({ starts, ends }: Span): Temporal.PlainDate[] {
  const found: Temporal.PlainDate[] = []
  for (let end = monthEnd(starts); Temporal.PlainDate.compare(end, ends) <= 0; end = monthEnd(end.add({ days: 1 })))
    found.push(end)
  return found
}

/** The last days of the quarters. The first one counts only if it ends more than a month after the start (decision 5). */
export function quarterEnds(span: Span): Temporal.PlainDate[] {
  const month = span.starts.add({ months: 1 })
  return monthEnds(span).filter((end) => end.month % 3 === 0 && Temporal.PlainDate.compare(end, month) > 0)
}

/** The date in the first year of the span in which it lies within the span. */
function within(span: Span, month: number, day: number | 'last'): Temporal.PlainDate | undefined {
  for (let year = span.starts.year; year <= span.ends.year; year++) {
    if (month < 1 || month > 12) return undefined
    const first = Temporal.PlainDate.from({ year, month, day: 1 })
    if (day !== 'last' && (day < 1 || day > first.daysInMonth)) continue
    const date = first.with({ day: day === 'last' ? first.daysInMonth : day })
    if (Temporal.PlainDate.compare(date, span.starts) >= 0 && Temporal.PlainDate.compare(date, span.ends) <= 0)
      return date
  }
  return undefined
}

const single = /^(?:(?<month>\d+)月(?:(?<day>\d+)[日号]|[月]?[底末])?|(?<year>年[底末]))[之以]?前?$/

/**
 * Reads a deadline as plans write it: `4月底`, `5月/12月`, `6月15日`, `年底`, `每月月底`, `每季度`, `全年`. A month without a day means its last calendar
 * day (decision 5). Blanks are ignored. The dates lie within the campaign's span.
 */
export function readDeadline(words: string, span: Span): ReadDeadline {
  const rule = words.replaceAll(/\s/g, '')
  if (/^全年$/.test(rule)) return { milestones: 'all-year' }
  if (/^每个?月(?:月?[底末])?前?$/.test(rule)) return some(monthEnds(span), rule)
  if (/^每个?季度?[底末]?前?$/.test(rule)) return some(quarterEnds(span), rule)
  const milestones: Temporal.PlainDate[] = []
  for (const part of rule.split(/[/／、]/)) {
    const groups = single.exec(part)?.groups
    if (!groups) return { unread: part }
    const day = groups['day'] === undefined ? 'last' : Number(groups['day'])
    const date = within(span, groups['year'] ? 12 : Number(groups['month']), day)
    if (!date) return { none: part }
    milestones.push(date)
  }
  return { milestones: milestones.sort((a, b) => Temporal.PlainDate.compare(a, b)) }
}

const some = (milestones: Dates, rule: string): ReadDeadline =>
  milestones.length > 0 ? { milestones } : { none: rule }
