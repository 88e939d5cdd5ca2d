import { saysNone } from '../campaign/reading/read-report.ts'
import type { LiaisonReport } from '../campaign/reports/report.ts'
import { type Block, body, document, heading, subheading, title } from './paper.ts'

/** `report` is absent where none was submitted. `branches`: full names. */
export type MemberReport = { name: string; post: string; report?: LiaisonReport; branches: readonly string[] }
export type ReportsPaper = { college: string; month: string; members: readonly MemberReport[] }

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
/** 一 … 九十九. */
export const numeral = (n: number): string =>
  n <= 10
    ? (numerals[n - 1] ?? '')
    : `${n >= 20 ? (numerals[Math.floor(n / 10) - 1] ?? '') : ''}十${n % 10 ? (numerals[(n % 10) - 1] ?? '') : ''}`

const parts = [
  ['noVisit', '未走访原因'],
  ['seen', '情况'],
  ['solved', '解决的问题'],
  ['hard', '难点、堵点、热点'],
  ['advice', '建议'],
] as const

/** The month's liaison reports in the order of the committee; hard issues collected at the end for the committee meeting. */
export function reportsDocument({
  college,
  month,
  members,
}: ReportsPaper): Promise<{ name: string; data: Uint8Array }> {
  const blocks: Block[] = members.flatMap((member, i) => reportOf(member, i + 1))
  const hard = members.flatMap(({ name, report, branches }) =>
    report?.hard !== undefined && !saysNone(report.hard) ? [{ name, branches, words: report.hard }] : [],
  )
  const done = members.filter(({ report }) => report).length
  return document(
    `${month}联系支部工作报告汇总`,
    [
      [
        ...title(`${month}党委委员联系支部工作报告汇总`),
        ...body(`${college}应交${members.length}份，已交${done}份。`),
        ...blocks,
        heading(`${numeral(members.length + 1)}、提交党委会研究的难点、堵点、热点问题`),
        ...(hard.length === 0
          ? body('本月没有提出。')
          : hard.flatMap(({ name, branches, words }, i) =>
              body(`${i + 1}. ${words}（${[name, ...branches].join('，')}）`),
            )),
      ],
    ],
    { grid: true },
  )
}

function reportOf({ name, post, report, branches }: MemberReport, n: number): Block[] {
  const head = heading(`${numeral(n)}、${post} ${name}`)
  if (!report) return [head, ...body('未提交。')]
  const late = report.late ? `（逾期${report.late}个工作日提交）` : ''
  return [
    head,
    ...body(`联系支部：${branches.join('、') || '本月未走访'}${late}`),
    ...parts.flatMap(([part, label], i) => {
      const words = report[part]
      return words === undefined ? [] : [subheading(`（${numeral(i + 1)}）${label}`), ...body(words)]
    }),
  ]
}
