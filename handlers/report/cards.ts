/** What people see while reporting. */

import type { Button, Card } from '../../src/bot/messages/message.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import { type Missing, type Report, saysNone } from '../../src/campaign/reading/read-report.ts'
import { type LiaisonReport, textOf } from '../../src/campaign/reports/report.ts'
import { monthWords, name, type ReplacedPart } from './month.ts'

export const partNames: { readonly [part in ReplacedPart]: string } = {
  branch: '联系支部',
  hard: '难点堵点热点',
  text: '全文',
}

/** Hard issues as they will stand on the agenda; several are numbered. */
function issues(hard: string): string {
  if (saysNone(hard)) return '无'
  const lines = hard.split('\n')
  return lines.length === 1 ? hard : lines.map((line, i) => `\n${i + 1}. ${line}`).join('')
}

/** What was understood, and then the whole text. `note`: what the person should look at. */
export const content = (report: Report | LiaisonReport, names: readonly string[], note = ''): string =>
  [
    ...understood(report, names, note),
    ...(textOf(wholeOf(report)) ? [`${partNames.text}：${textOf(wholeOf(report))}`] : []),
  ].join('\n')
const wholeOf = (report: Report | LiaisonReport) => ('version' in report ? report : { text: report.text })

function understood(report: Report | LiaisonReport, names: readonly string[], note: string): string[] {
  const gone = names.length > 0 ? names.join('、') : report.noVisit === undefined ? undefined : '本月未走访'
  return [
    ...(gone === undefined ? [] : [`${partNames.branch}：${gone}`]),
    ...(report.hard === undefined ? [] : [`${partNames.hard}：${issues(report.hard)}`]),
    ...(note ? [`请留意：${note}`] : []),
  ]
}

const fits = 150

/** What does not fit on the card stands in a text before it. */
export function confirmation(
  month: string,
  stamp: string,
  report: Report,
  names: readonly string[],
  note: string,
): { before?: string; card: Card } {
  const whole = content(report, names, note)
  const short = understood(report, names, note).join('\n')
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
      text: long
        ? `全文见上一条。\n${Array.from(short).length > fits ? `${partNames.branch}：${names.join('、') || '本月未走访'}` : short}`
        : whole,
      ask: { kind: 'buttons', buttons },
      words: '确认无误请回复“提交”；还要写什么，直接发来即可。',
    },
  }
}

const questions: { [missing in Missing]: string } = {
  branch: '到了哪个支部',
  reason: '本月没有走访的原因',
  seen: '看到的情况',
  solved: '帮助解决了什么问题',
  hard: '有什么难点、堵点、热点',
}

/** `others`: words for branches just named that are not this person's; `left`: last month's hard issue; `doubt`: what may be one. */
type Around = { own: string[]; others: string[]; left: string | undefined; noted: boolean }

/** One question for all that is missing. `own`: names of the person's branches; `noted`: something is written down already. */
export function askMissing(month: string, report: Report, missing: readonly Missing[], around: Around): string {
  const { own, others, left, noted } = around
  const asks = missing.map((one) => questions[one]).join('、')
  const mayBeNone = missing.includes('hard') || missing.includes('solved') ? '（没有请回复“无”）' : ''
  return [
    `${monthWords(month)}联系支部报告：${noted ? `已记下。还差${asks}` : `请告诉我${asks}`}${mayBeNone}。`,
    ...(others.length > 0 ? [`${others.join('、')}不是您联系的支部。`] : []),
    ...(missing.includes('branch') && own.length > 0
      ? [`您联系的支部：${own.join('、')}。本月没有走访请说明原因。`]
      : []),
    ...(missing.includes('hard') && report.doubt !== undefined
      ? [
          `“${report.doubt.length > 120 ? `${report.doubt.slice(0, 120)}…` : report.doubt}”要列入议题吗？列入请回复“列入”，不列入请回复“无”。`,
        ]
      : []),
    ...(missing.includes('hard') && left
      ? [`上月留下的问题：${left}。还没解决请回复“上月问题仍未解决”，不用重打；解决了请回复“上月问题已解决”。`]
      : []),
    '请直接回复，一条消息即可。',
  ].join('\n')
}

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

export const whichPart = (month: string): Card => ({
  title: '改哪一部分',
  ask: {
    kind: 'buttons',
    buttons: (['branch', 'hard', 'text'] as const).map((part) => ({
      text: partNames[part],
      key: buttonKey(name, 'replace', month, part),
    })),
  },
})
