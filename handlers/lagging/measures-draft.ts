import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { SaidMeasure } from '../../src/campaign/reading/read-measures.ts'
import type { Measure } from '../../src/campaign/scores/measures.ts'

const Given = z.strictObject({
  number: z.number(),
  what: z.string().exactOptional(),
  who: z.string().exactOptional(),
  by: z.string().exactOptional(),
})
export type Given = z.infer<typeof Given>
/** `all`: they replace all measures that exist. */
export const Fields = z.strictObject({ items: z.array(Given), all: z.boolean() })
export type Fields = z.infer<typeof Fields>

/** The measure that a piece is about: its number says it. Without a number it completes the present measure, or begins the next one. */
export function placed({ number, ...one }: SaidMeasure, items: readonly Given[], base: number): Given | string {
  const next = Math.max(base, ...items.map((item) => item.number)) + 1
  if (number !== undefined)
    return number <= next
      ? { number, ...one }
      : `现在有${next - 1}条措施，新的应是第${next}条，您写的是第${number}条。请再发一次。`
  const lacking = items.filter((item) => (['what', 'who', 'by'] as const).some((key) => item[key] === undefined))
  const [only, ...others] = lacking
  if (!only) return { number: next, ...one }
  const { what, ...rest } = one
  const isWho = what !== undefined && only.who === undefined && only.what !== undefined && isName(what)
  const piece: Omit<Given, 'number'> = isWho ? { ...rest, who: what } : one
  if (others.length === 0 && (piece.what === undefined || only.what === undefined))
    return { number: only.number, ...piece }
  return piece.what === undefined
    ? '有几条还没写全，请说明是第几条，如“1 负责人…，…月…日前”。'
    : { number: next, ...one }
}
const isName = (text: string): boolean => /^\p{Script=Han}[\p{Script=Han}·、]{1,9}$/u.test(text)

/** New words for an existing measure keep its person and date, unless the words give them. */
export const withKnown = (given: Given, there: Measure | undefined): Given =>
  there && there.withdrawn === undefined ? { who: there.who, by: there.by, ...given } : given

const labels = { what: '做什么', who: '负责人', by: '完成时间' } as const
/** The one question for everything that the measures lack, or undefined if they are complete. */
export function asksMeasures({ items }: Fields): string | undefined {
  if (items.length === 0)
    return '请告诉我措施：做什么、负责人、完成时间，一条消息即可，如“1.…，负责人…，…月…日前；2.…”。'
  const open = items.flatMap(({ number, ...given }) => {
    const missing = (['what', 'who', 'by'] as const).filter((key) => given[key] === undefined)
    return missing.length > 0 ? [`第${number}条还差${missing.map((key) => labels[key]).join('和')}`] : []
  })
  const [first] = items.filter((item) => item.who === undefined || item.by === undefined || item.what === undefined)
  return open.length > 0 ? `${open.join('；')}。请直接补充，如“${first?.number} 负责人…，…月…日前”。` : undefined
}

export const lineOf = ({ number, what = '', who = '（未写）', by }: Given): string => {
  const day = by === undefined ? undefined : Temporal.PlainDate.from(by)
  return `${number} ${what}，负责人${who}，${day ? `${day.month}月${day.day}日前` : '（未写时间）'}`
}
