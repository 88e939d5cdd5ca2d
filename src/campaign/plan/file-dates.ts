import { Temporal } from 'temporal-polyfill'
import { type Dates, readDeadline, type Span } from '../calendar/deadline.ts'
import type { CampaignFile, Finding } from './campaign-file.ts'

/** The days of a file's deadlines. `tasks` keep the order of the task list. */
export type FileDates = {
  span: Span
  tasks: readonly (Dates | 'all-year')[]
  /** As many as the plan has periods of grading, ascending. */
  grading: Dates
  /** The days on which these periods open; empty if the plan grades once. */
  opens: Dates
  liaisonReport: Dates
  quarterlyReport: Dates
  conversion: Temporal.PlainDate
  /** By the form's name. `all-year` if the file gives no deadline. */
  forms: Readonly<Record<string, Dates | 'all-year'>>
}

/** Reads every deadline of the file, or reports those that cannot be read or cannot occur. */
export function datesOf(file: CampaignFile): { dates: FileDates } | { findings: Finding[] } {
  const findings: Finding[] = []
  const refuse = (place: string, sentence: string): undefined => {
    findings.push({ level: '错误', place, sentence })
  }
  const span = { starts: Temporal.PlainDate.from(file.starts), ends: Temporal.PlainDate.from(file.ends) }
  if (Temporal.PlainDate.compare(span.starts, span.ends) > 0) {
    refuse('ends', `结束日期${file.ends}早于开始日期${file.starts}，请改正。`)
    return { findings }
  }

  const { any, dated, one } = reading(span, refuse)
  const { grading, 'liaison-report': liaison, 'quarterly-report': quarterly } = file.duties
  const tasks = file.taskList.tasks.flatMap(({ deadline }, i) => {
    const dates = any(`taskList.tasks[${i}].deadline`, deadline)
    return dates ? [dates] : []
  })
  const forms = Object.entries(file.forms).flatMap(([name, { deadline = '全年' }]) => {
    const dates = any(`forms.${name}.deadline`, deadline)
    return dates ? [[name, dates] as const] : []
  })
  const read = {
    grading: (grading.periods ? dated : one)('duties.grading.deadline', grading.deadline),
    liaisonReport: dated('duties.liaison-report.deadline', liaison.deadline),
    quarterlyReport: dated('duties.quarterly-report.deadline', quarterly.deadline),
    conversion: one('conversion.deadline', file.conversion.deadline),
  }
  const opens = (grading.periods ?? []).flatMap((period, i) => {
    const place = `duties.grading.periods[${i}].opens`
    if (i === 0 && period.opens === undefined) return [span.starts]
    return (
      (period.opens === undefined
        ? refuse(place, '请写明从哪天起收这一次的评分，如 11月1日。')
        : one(place, period.opens)) ?? []
    )
  })
  if (findings.length === 0 && read.grading && grading.periods)
    findings.push(...periodErrors(grading.periods, read.grading, opens))
  if (findings.length > 0 || !read.grading || !read.liaisonReport || !read.quarterlyReport || !read.conversion)
    return { findings }
  const [conversion] = read.conversion
  const { grading: gradingDays, liaisonReport, quarterlyReport } = read
  if (!conversion) return { findings }
  return {
    dates: {
      span,
      tasks,
      grading: gradingDays,
      opens,
      liaisonReport,
      quarterlyReport,
      conversion,
      forms: Object.fromEntries(forms),
    },
  }
}

type Refuse = (place: string, sentence: string) => undefined

/** Reads one deadline of the file by its place: any, one that has days, or one that has a single day. */
function reading(span: Span, refuse: Refuse) {
  const any = (place: string, words: string): Dates | 'all-year' | undefined => {
    const read = readDeadline(words, span)
    if ('milestones' in read) return read.milestones
    return 'none' in read
      ? refuse(
          place,
          `“${read.none}”不会到来：${span.starts.toString()}至${span.ends.toString()}之间没有这一天，请改期限或活动起止日期。`,
        )
      : refuse(place, `读不懂期限“${read.unread}”，请写成4月底、6月15日、5月/12月、年底、每月月底、每季度或全年。`)
  }
  const dated = (place: string, words: string): Dates | undefined => {
    const read = any(place, words)
    return read === 'all-year' ? refuse(place, '这项工作要有具体日期，不能写“全年”。') : read
  }
  const one = (place: string, words: string): Dates | undefined => {
    const dates = dated(place, words)
    return dates && dates.length > 1 ? refuse(place, '这里只能有一个日期，请只写一个。') : dates
  }
  return { any, dated, one }
}

/** Periods of grading that no year can have: as many as deadlines, each opening after the one before is due. */
function periodErrors(periods: readonly { name: string }[], deadlines: Dates, opens: Dates): Finding[] {
  const error = (place: string, sentence: string): Finding => ({ level: '错误', place, sentence })
  if (periods.length !== deadlines.length)
    return [
      error('duties.grading.periods', `期限有${deadlines.length}个日子，这里写了${periods.length}次，请改成一样多。`),
    ]
  return periods.flatMap(({ name }, i) => {
    const [begins, before, due] = [opens[i], deadlines[i - 1], deadlines[i]]
    const place = `duties.grading.periods[${i}]`
    if (periods.some((other, at) => at < i && (other.name.startsWith(name) || name.startsWith(other.name))))
      return [error(`${place}.name`, `“${name}”与前面的叫法分不清，请换一个。`)]
    if (begins && before && Temporal.PlainDate.compare(begins, before) <= 0)
      return [error(`${place}.opens`, `上一次${day(before)}才到期，这一次应在那以后开始，请改正。`)]
    return begins && due && Temporal.PlainDate.compare(begins, due) > 0
      ? [error(`${place}.opens`, `这一次${day(due)}到期，应在那以前开始，请改正。`)]
      : []
  })
}

const day = (date: Temporal.PlainDate): string => `${date.month}月${date.day}日`
