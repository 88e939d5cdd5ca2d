/** What people see while reporting. */

import type { Button, Card } from '../../src/bot/messages/message.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import { type Doubt, type Missing, type Report, saysNone } from '../../src/campaign/reading/read-report.ts'
import type { LiaisonReport } from '../../src/campaign/reports/report.ts'
import { monthWords, name } from './month.ts'

export const partNames = {
  branch: '联系支部',
  noVisit: '未走访原因',
  visit: '走访',
  seen: '情况',
  solved: '解决的问题',
  hard: '难点堵点热点',
  advice: '建议',
} as const
const shownParts = ['noVisit', 'visit', 'seen', 'solved', 'hard', 'advice'] as const

/** The whole report, a line a part. */
export const content = (report: Report | LiaisonReport, names: readonly string[]): string =>
  [
    ...(names.length > 0 ? [`${partNames.branch}：${names.join('、')}`] : []),
    ...(names.length === 0 && report.noVisit !== undefined ? ['本月未走访'] : []),
    ...shownParts.flatMap((part) => {
      const words = part === 'visit' ? ('visit' in report ? report.visit : undefined) : report[part]
      return words === undefined ? [] : [`${partNames[part]}：${words}`]
    }),
  ].join('\n')

const fits = 150

/** What does not fit on the card stands in a text before it. */
export function confirmation(
  month: string,
  stamp: string,
  report: Report,
  names: readonly string[],
  note: string,
): { before?: string; card: Card } {
  const whole = content(report, names)
  const long = Array.from(whole).length > fits
  const buttons: Button[] = [
    { text: '提交', key: buttonKey(name, 'submit', month, stamp), style: 'primary' },
    { text: '修改', key: buttonKey(name, 'edit', month) },
  ]
  const title = `${monthWords(month)}联系支部报告`
  return {
    ...(long ? { before: `${title}\n${whole}` } : {}),
    card: {
      title,
      ...(note ? { desc: note } : {}),
      text: long ? `全文见上一条。联系支部：${names.join('、') || '本月未走访'}` : whole,
      ask: { kind: 'buttons', buttons },
      words: '确认无误请回复“提交”；还有要补充的直接发来即可。',
    },
  }
}

const questions: { [missing in Missing]: string } = {
  branch: '到了哪个支部',
  reason: '本月没有走访的原因',
  seen: '看到的情况',
  solved: '帮助解决了什么问题（没有请回复“无”）',
  hard: '有什么难点、堵点、热点（没有请回复“无”）',
}

/**
 * One question for all that is missing. `own`: names of the person's branches; `others`: of branches just named that are not theirs;
 * `left`: last month's hard issue; `noted`: something is written down already.
 */
export function askMissing(
  month: string,
  missing: readonly Missing[],
  { own, others, left, noted }: { own: string[]; others: string[]; left: string | undefined; noted: boolean },
): string {
  const asks = missing.map((one) => questions[one]).join('、')
  return [
    `${monthWords(month)}联系支部报告：${noted ? `已记下。还差${asks}` : `请告诉我${asks}`}。`,
    ...(others.length > 0 ? [`${others.join('、')}不是您联系的支部。`] : []),
    ...(missing.includes('branch') && own.length > 0
      ? [`您联系的支部：${own.join('、')}。本月没有走访请说明原因。`]
      : []),
    ...(missing.includes('hard') && left
      ? [`上月留下的问题：${left}。还没解决请回复“上月问题仍未解决”，不用重打；解决了请回复“上月问题已解决”。`]
      : []),
    '请直接回复，一条消息即可。',
  ].join('\n')
}

/** Words that may belong to several parts: kept, and asked about. */
export const askDoubt = (month: string, { words, parts }: Doubt): Card => ({
  title: '这句话属于哪部分',
  text: Array.from(words).length > 150 ? `${Array.from(words).slice(0, 150).join('')}…` : words,
  ask: {
    kind: 'buttons',
    buttons: [
      ...parts.map((part): Button => ({ text: partNames[part], key: buttonKey(name, 'part', month, part) })),
      ...(saysNone(words) ? [{ text: '都没有', key: buttonKey(name, 'part', month, 'all') }] : []),
    ],
  },
})

export const whichBranch = (month: string, words: string, branches: readonly { id: string; name: string }[]): Card => ({
  title: '是哪个支部',
  text: `“${words}”可能是：`,
  ask:
    branches.length <= 6
      ? {
          kind: 'buttons',
          buttons: branches.map((branch) => ({ text: branch.name, key: buttonKey(name, 'branch', month, branch.id) })),
        }
      : {
          kind: 'list',
          question: 'branch',
          options: branches.slice(0, 20).map((branch) => ({ id: branch.id, text: branch.name })),
          submit: { text: '确定', key: buttonKey(name, 'branch', month), style: 'primary' },
        },
})

export const whichPart = (month: string, report: Report): Card => ({
  title: '改哪一部分',
  ask: {
    kind: 'buttons',
    buttons: (report.noVisit !== undefined && report.branches.length === 0
      ? (['branch', 'noVisit'] as const)
      : (['branch', 'seen', 'solved', 'hard', 'advice'] as const)
    ).map((part) => ({ text: partNames[part], key: buttonKey(name, 'replace', month, part) })),
  },
})
