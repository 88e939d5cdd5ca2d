import { Temporal } from 'temporal-polyfill'
import { type Dates, readDeadline, type Span } from '../calendar/deadline.ts'
import type { CampaignFile, Finding } from './campaign-file.ts'

/** The days that a file's deadlines mean. `tasks` in the order of the task list. */
export type FileDates = {
  span: Span
  tasks: readonly (Dates | 'all-year')[]
  grading: Temporal.PlainDate
  liaisonReport: Dates
  quarterlyReport: Dates
  conversion: Temporal.PlainDate
  /** By the form's name; all the year where the file gives no deadline. */
  forms: Readonly<Record<string, Dates | 'all-year'>>
}

/** Reads every deadline of the file, or tells which cannot be read or cannot occur. */
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

  const any = (place: string, words: string): Dates | 'all-year' | undefined => {
    const read = readDeadline(words, span)
    if ('milestones' in read) return read.milestones
    return 'none' in read
      ? refuse(place, `“${read.none}”不会到来：${file.starts}至${file.ends}之间没有这一天，请改期限或活动起止日期。`)
      : refuse(place, `读不懂期限“${read.unread}”，请写成4月底、6月15日、5月/12月、年底、每月月底、每季度或全年。`)
  }
  const dated = (place: string, words: string): Dates | undefined => {
    const read = any(place, words)
    return read === 'all-year' ? refuse(place, '这项工作要有具体日期，不能写“全年”。') : read
  }
  const single = (place: string, words: string): Temporal.PlainDate | undefined => {
    const [date, ...more] = dated(place, words) ?? []
    return more.length > 0 ? refuse(place, '这里只能有一个日期，请只写一个。') : date
  }

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
    grading: single('duties.grading.deadline', grading.deadline),
    liaisonReport: dated('duties.liaison-report.deadline', liaison.deadline),
    quarterlyReport: dated('duties.quarterly-report.deadline', quarterly.deadline),
    conversion: single('conversion.deadline', file.conversion.deadline),
  }
  if (findings.length > 0 || !read.grading || !read.liaisonReport || !read.quarterlyReport || !read.conversion)
    return { findings }
  const { grading: gradingDay, liaisonReport, quarterlyReport, conversion } = read
  return {
    dates: {
      span,
      tasks,
      grading: gradingDay,
      liaisonReport,
      quarterlyReport,
      conversion,
      forms: Object.fromEntries(forms),
    },
  }
}
