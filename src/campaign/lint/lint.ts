import type { Temporal } from 'temporal-polyfill'
import { type Calendar, calendarOf, isAnnounced, isWorkingDay } from '../calendar/calendar.ts'
import type { Dates } from '../calendar/deadline.ts'
import type { CampaignFile, Finding } from '../plan/campaign-file.ts'
import { checkedFile } from '../plan/errors.ts'
import type { FileDates } from '../plan/file-dates.ts'
import type { NumberOf } from '../plan/forms.ts'
import { reachOf, rubricsIn } from '../plan/rubric-errors.ts'
import type { Terms } from '../plan/terms.ts'
import { bandWarnings } from './lint-bands.ts'
import { uncheckedWarnings } from './lint-unchecked.ts'
import { wordWarnings } from './lint-words.ts'

/**
 * All findings about a campaign file: its errors, or if it has none, its warnings. A warning says where the plan's words leave something
 * open, say it twice, or differ from the values beside them. It is computed from the words, `terms` and the calendar. Never throws.
 */
export function lintCampaign(text: string, terms: Terms): Finding[] {
  const checked = checkedFile(text)
  if ('findings' in checked) return checked.findings
  const { file, dates } = checked
  const calendar = calendarOf(file.calendar.overrides)
  return [
    ...uncheckedWarnings(text),
    ...bandWarnings(file),
    ...wordWarnings(file, terms),
    ...numberWarnings(file),
    ...agreementWarnings(file, dates),
    ...dayOffWarnings(file, dates, calendar),
    ...yearWarnings(dates, calendar),
    ...taskWarnings(file),
    ...pushWarnings(file),
  ]
}

const warning = (place: string, sentence: string): Finding => ({ level: '警告', place, sentence })

const inPercent = (share: number): number => Number((share * 100).toFixed(6))

/** The values that a section's words should give: the most that it can have, or how much it takes off. */
function valuesIn(section: CampaignFile['rubric']['sections'][number]): number[] {
  const offs = section.items.flatMap(({ deduct }) => deduct ?? [])
  return offs.length === section.items.length
    ? [Math.min(...offs.map(({ from }) => from)), Math.max(...offs.map(({ to }) => to))]
    : [Number(reachOf(section).toFixed(6))]
}

/** If the words give numbers beside a value, the value must be one of them. */
function numberWarnings(file: CampaignFile): Finding[] {
  const { bands, conversion, liaison, forms, result } = file
  const check = (place: string, words: string, ...values: number[]): Finding[] => {
    const said = [...words.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number))
    return said.length === 0 || values.every((value) => said.includes(value))
      ? []
      : [warning(place, `原文“${words}”与这里的${values.join('、')}不一致，请核对。`)]
  }
  const posts = ['committee-secretary', 'deputy-secretary', 'committee-member'] as const
  return [
    ...rubricsIn(file).flatMap(({ rubric, place }) => [
      ...rubric.sections.flatMap((section, i) => check(`${place}.sections[${i}]`, section.words, ...valuesIn(section))),
      ...check(`${place}.total`, rubric.total.words, rubric.total.points),
    ]),
    ...(result?.shares
      ? check('result.shares', result.words, ...result.shares.map(({ share }) => inPercent(share)))
      : []),
    ...bands.flatMap(({ atMost, orBelow }, i) => [
      ...(atMost ? check(`bands[${i}].atMost`, atMost.words, inPercent(atMost.share)) : []),
      ...(orBelow ? check(`bands[${i}].orBelow`, orBelow.words, inPercent(orBelow.share)) : []),
    ]),
    ...check('conversion.goal', conversion.words, inPercent(conversion.goal)),
    ...posts.flatMap((post) => {
      const { branches, words } = liaison[post]
      return branches === 'all' ? [] : check(`liaison.${post}`, words, branches.from, branches.to)
    }),
    ...check('forms.brand', forms['brand']?.words ?? '', ...Object.values(forms['brand']?.numbers ?? {})),
    ...check('liaison.visitsAMonth', liaison.visitsAMonth.words, liaison.visitsAMonth.branches),
  ]
}

/** Compares a duty with its row of the task list, if both name days. */
function agreementWarnings({ duties, taskList }: CampaignFile, dates: FileDates): Finding[] {
  const dated = [
    { name: 'grading', duty: duties.grading, days: dates.grading },
    { name: 'liaison-report', duty: duties['liaison-report'], days: dates.liaisonReport },
  ]
  return dated.flatMap(({ name, duty, days }) => {
    const at = taskList.tasks.findIndex(({ number }) => number === duty.task)
    const listed = dates.tasks[at] ?? 'all-year'
    return listed === 'all-year' || listed.join() === days.join()
      ? []
      : [
          warning(
            `duties.${name}.deadline`,
            `“${duty.deadline}”与任务清单第${duty.task}项的“${taskList.tasks[at]?.deadline ?? ''}”不是同一天，请核实。`,
          ),
        ]
  })
}

const day = (date: Temporal.PlainDate): string => `${date.month}月${date.day}日`

/** Deadlines on days off, each place once. A task with a dated duty is checked at the duty. */
function dayOffWarnings(
  { duties, taskList, conversion, forms }: CampaignFile,
  dates: FileDates,
  calendar: Calendar,
): Finding[] {
  const standing = [duties.grading.task, duties['liaison-report'].task]
  const places: { place: string; words: string; milestones: Dates | 'all-year' }[] = [
    { place: 'duties.grading.deadline', words: duties.grading.deadline, milestones: dates.grading },
    {
      place: 'duties.liaison-report.deadline',
      words: duties['liaison-report'].deadline,
      milestones: dates.liaisonReport,
    },
    {
      place: 'duties.quarterly-report.deadline',
      words: duties['quarterly-report'].deadline,
      milestones: dates.quarterlyReport,
    },
    ...taskList.tasks.flatMap(({ number, deadline }, i) =>
      standing.includes(number)
        ? []
        : [
            {
              place: `taskList.tasks[${i}].deadline`,
              words: deadline,
              milestones: dates.tasks[i] ?? ('all-year' as const),
            },
          ],
    ),
    { place: 'conversion.deadline', words: conversion.deadline, milestones: [dates.conversion] },
    ...Object.entries(forms).flatMap(([name, { deadline }]) =>
      deadline === undefined
        ? []
        : [
            {
              place: `forms.${name}.deadline`,
              words: deadline,
              milestones: dates.forms[name] ?? ('all-year' as const),
            },
          ],
    ),
  ]
  return places.flatMap(({ place, words, milestones }) => {
    const off = milestones === 'all-year' ? [] : milestones.filter((date) => !isWorkingDay(calendar, date))
    return off.length === 0
      ? []
      : [
          warning(
            place,
            `“${words}”到期的${off.map(day).join('、')}放假；提醒到之前最后一个工作日为止，请核实是否提前。`,
          ),
        ]
  })
}

/** The last days of December also depend on the next year's notice. */
function yearWarnings({ span: { starts, ends } }: FileDates, calendar: Calendar): Finding[] {
  const last = ends.add({ days: 1 }).year
  const years = Array.from({ length: last - starts.year + 1 }, (_, i) => starts.year + i).filter(
    (year) => !isAnnounced(calendar, year),
  )
  return years.map((year) =>
    warning('calendar', `${year}年的放假安排程序还不知道，暂按周一至周五上班；通知公布后请更新程序或写进 overrides。`),
  )
}

/** The tasks that records can count, by the words of their names. */
const counted: readonly (readonly [role: NumberOf<'tasks'>, name: RegExp])[] = [
  ['regulations', /制度/],
  ['development', /发展党员|党员发展/],
  ['training', /培训/],
  ['brand', /品牌|示范/],
  ['secretary-lectures', /书记.{0,4}党课/],
  ['committee-lectures', /委员.{0,4}党课/],
]

/** Tasks that look as if records could count them, where the file does not say so. */
function taskWarnings({ duties, forms, taskList }: CampaignFile): Finding[] {
  const numbers = forms['tasks']?.numbers ?? {}
  const known = new Set([
    ...Object.values(numbers),
    ...[duties.grading, duties['liaison-report'], duties.meetings].map(({ task }) => task),
  ])
  return taskList.tasks.flatMap(({ number, name }, i) => {
    const role = counted.find(([one, words]) => numbers[one] === undefined && words.test(name))?.[0]
    return role === undefined || known.has(number)
      ? []
      : [
          warning(
            `taskList.tasks[${i}]`,
            `“${name}”由责任人自己报；要由记录统计，请在 forms.tasks.numbers 里写 ${role}: ${number}。`,
          ),
        ]
  })
}

function pushWarnings({ push }: CampaignFile): Finding[] {
  return /:[03]0$/.test(push.at)
    ? [warning('push.at', `${push.at}是整点或半点，平台这时拥挤，请错开几分钟，如${push.at.slice(0, 3)}07。`)]
    : []
}
