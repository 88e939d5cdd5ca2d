/** What people read about a liaison report while they write it. */

import { shortened } from '../cut.ts'
import { type Missing, missingParts, type Report, saysNone } from '../reading/read-liaison-report.ts'
import { fullNames } from '../roster/branch-names.ts'
import { type Branch, branchName, type Roster } from '../roster/roster.ts'

/** The parts that can be rewritten separately. */
export const reportParts = [
  { id: 'branch', label: '联系支部' },
  { id: 'hard', label: '难点堵点热点' },
  { id: 'text', label: '全文' },
]

/** Hard issues as they will stand on the agenda. Several are numbered. */
function issues(hard: string): string {
  if (saysNone(hard)) return '无'
  const lines = hard.split('\n')
  return lines.length === 1 ? hard : lines.map((line, i) => `\n${i + 1}. ${line}`).join('')
}

/** The parts that were understood, one on each line. */
export function understood(roster: Roster, report: Report): string[] {
  const names = fullNames(roster, report.branches)
  const gone = names.length > 0 ? names.join('、') : report.noVisit === undefined ? undefined : '本月未走访'
  return [
    ...(gone === undefined ? [] : [`联系支部：${gone}`]),
    ...(report.hard === undefined ? [] : [`难点堵点热点：${issues(report.hard)}`]),
  ]
}

/** The parts that were understood, and then the whole text. */
export const wholeReport = (roster: Roster, report: Report): string[] => [
  ...understood(roster, report),
  ...(report.text ? [`全文：${report.text}`] : []),
]

const questions: { [missing in Missing]: string } = {
  branch: '到了哪个支部',
  reason: '本月没有走访的原因',
  seen: '看到的情况',
  solved: '帮助解决了什么问题',
  hard: '有什么难点、堵点、热点',
}
const longest = 120

/** The questions about a report. `own` are the branches whose visits are reported; `left` is last month's hard issue, if there was one. */
type Asked = { title: string; own: readonly Branch[]; left: string | undefined }

/** Asks which branch was meant, or else puts one question for all missing parts. Undefined if nothing is missing. */
export function reportQuestion(
  roster: Roster,
  report: Report,
  { title, own: branches, left }: Asked,
): { title: string; text: string; options: { id: string; text: string }[] } | string | undefined {
  const own = branches.map((one) => ({ id: one.id, text: branchName(roster, one) }))
  const { unclearBranches, doubt } = report
  if (unclearBranches) {
    const options = own.filter(({ id }) => unclearBranches.ids.includes(id))
    return { title: '是哪个支部', text: `“${unclearBranches.words}”可能是：`, options }
  }
  const missing = missingParts(report)
  if (missing.length === 0) return undefined
  const asks = missing.map((one) => questions[one]).join('、')
  const mayBeNone = missing.includes('hard') || missing.includes('solved') ? '（没有请回复“无”）' : ''
  const noted = report.branches.length > 0 || report.text !== ''
  return [
    `${title}：${noted ? `已记下。还差${asks}` : `请告诉我${asks}`}${mayBeNone}。`,
    ...(missing.includes('branch') && own.length > 0
      ? [`您联系的支部：${own.map(({ text }) => text).join('、')}。本月没有走访请说明原因。`]
      : []),
    ...(missing.includes('hard') && doubt !== undefined
      ? [`“${shortened(doubt, longest)}”要列入议题吗？列入请回复“列入”，不列入请回复“无”。`]
      : []),
    ...(missing.includes('hard') && left
      ? [`上月留下的问题：${left}。还没解决请回复“上月问题仍未解决”，不用重打；解决了请回复“上月问题已解决”。`]
      : []),
    '请直接回复，一条消息即可。',
  ].join('\n')
}
