import { saysNone } from '../campaign/reading/read-liaison-report.ts'
import { type LiaisonReport, textOf } from '../campaign/reports/liaison-report.ts'
import { body, chapters, document, type Part, points, sections, title } from './paper.ts'

/** `report` is absent if the member submitted none. `branches` holds full names. */
export type MemberReport = { name: string; post: string; report?: LiaisonReport; branches: readonly string[] }
/** `whose` is the name of members' post. `month` includes the year: `2022年5月`. `members` keeps the roster's order. */
export type ReportsPaper = { college: string; whose: string; month: string; members: readonly MemberReport[] }

/** The month's liaison reports: one chapter for each member. The last chapter collects the hard issues for the committee meeting. */
export function liaisonReportsDocument({
  college,
  whose,
  month,
  members,
}: ReportsPaper): Promise<{ name: string; data: Uint8Array }> {
  const hard = members.flatMap(({ name, report, branches }) =>
    report?.hard !== undefined && !saysNone(report.hard)
      ? report.hard.split('\n').map((issue) => `${issue}（${[name, ...branches].join('，')}）`)
      : [],
  )
  const done = members.filter(({ report }) => report).length
  const forTheMeeting = {
    heading: '提交党委会研究的难点、堵点、热点问题',
    blocks: hard.length === 0 ? body('本月没有提出。') : points(hard),
  }
  return document(
    `${month}联系支部工作报告汇总`,
    [
      [
        ...title(`${month}${whose}`, '联系支部工作报告汇总'),
        ...body(`${college}应交${members.length}份，已交${done}份。`),
        ...chapters([...members.map(chapterOf), forTheMeeting]),
      ],
    ],
    { grid: true },
  )
}

function chapterOf({ name, post, report, branches }: MemberReport): Part {
  const heading = `${post} ${name}`
  if (!report) return { heading, blocks: body('未提交。') }
  const late = report.late ? `（逾期${report.late}个工作日提交）` : ''
  const { hard } = report
  const parts = [
    { heading: '报告全文', blocks: body(textOf(report)) },
    ...(hard === undefined ? [] : [{ heading: '难点、堵点、热点', blocks: body(saysNone(hard) ? '无' : hard) }]),
  ]
  return { heading, blocks: [...body(`联系支部：${branches.join('、') || '本月未走访'}${late}`), ...sections(parts)] }
}
