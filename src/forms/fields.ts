import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Turn } from '../bot/turn/turn.ts'
import { dayWords } from '../campaign/calendar/ladder.ts'
import { shortened } from '../campaign/cut.ts'
import { numeralChars, wholeNumeral } from '../campaign/numerals.ts'
import { type DayRules, dayProblem, readDay } from '../campaign/reading/said-day.ts'

/** A value in a text with its place, or the sentence that says why it cannot be taken. */
export type Found = { start: number; end: number } & ({ value: string } | { problem: string })

/**
 * A field of a form. `labels` are the words by which people mark it besides its name (`问题`, `困难`). `none`: 无 is an answer. A field with
 * `find` is a value somewhere in a text; a field without it takes the person's own words. `alone`: the text belongs to this field only.
 * `sample` shows how to write its value; `shows` how it is read back.
 */
export type Field = {
  label: string
  labels: readonly string[]
  none?: boolean
  optional?: boolean
  find?: (text: string, on: { days: DayRules; alone: boolean }) => Found | undefined
  sample?: string
  shows?: (value: string) => string
}
export type Fields = { readonly [id: string]: Field }

/** The given words by field. `doubt` is a text that may belong to several fields, kept until the person says which. */
export const Filled = z.strictObject({ words: z.record(z.string(), z.string()), doubt: z.string().exactOptional() })
export type Filled = z.infer<typeof Filled>
export const nothingFilled: Filled = { words: {} }

/** The days that may be named: past days, or with `happened` false future ones; within the campaign, or with `anyTime` outside it too. */
export const daysOf = ({ campaign, now }: Turn, { happened = true, anyTime = false } = {}): DayRules => ({
  today: now.toPlainDate(),
  starts: campaign.starts,
  ends: campaign.ends,
  happened,
  anyTime,
})

/** A field for the person's own words. */
export const words = (
  label: string,
  { labels = [], ...more }: { labels?: readonly string[]; none?: boolean; optional?: boolean } = {},
): Field => ({ label, labels, ...more })

/** A field for a past day within the campaign, kept as an ISO date. */
export const day = (label: string, { labels = [] }: { labels?: readonly string[] } = {}): Field => ({
  label,
  labels,
  sample: '6月10日',
  shows: (value) => dayWords(Temporal.PlainDate.from(value)),
  find(text, { days }) {
    const said = readDay(text, days)
    if (!said) return undefined
    const { start, end } = said
    if ('problem' in said) return { start, end, problem: `${label}：${dayProblem(said)}` }
    const other = readDay(text.slice(end), days)
    if (other && !('problem' in other) && !other.day.equals(said.day))
      return { start, end: end + other.end, problem: `${label}收到“${said.words}”和“${other.words}”，应是哪一天？` }
    return { start, end, value: said.day.toString() }
  },
})

const numeral = new RegExp(`[\\d０-９]{1,9}|[${numeralChars}]{1,3}`, 'gu')
const numberIn = (said: string): number | undefined =>
  /^[\d０-９]/u.test(said) ? Number(said.normalize('NFKC')) : wholeNumeral(said)

/**
 * A field for a whole number with its measure (`3本`), between bounds that are both allowed. In a text of its own the measure may be left
 * out.
 */
export const number = (
  label: string,
  { labels = [], from = 0, to, measure }: { labels?: readonly string[]; from?: number; to: number; measure: string },
): Field => ({
  label,
  labels,
  sample: `${from}${measure}`,
  shows: (value) => `${value}${measure}`,
  find(text, { alone }) {
    const found = [...text.matchAll(numeral)].flatMap(({ 0: said, index: start }) => {
      const value = numberIn(said)
      const behind = text.slice(start + said.length)
      const gap = behind.length - behind.trimStart().length
      const measured = behind.trimStart().startsWith(measure)
      const end = start + said.length + (measured ? gap + measure.length : 0)
      const isMeant = measured || alone || text.trim() === said
      return value !== undefined && isMeant ? [{ value, start, end, said: text.slice(start, end) }] : []
    })
    const [first] = found
    if (!first) return undefined
    const { start, end, value } = first
    const other = found.find((one) => one.value !== value)
    if (other)
      return { start, end: other.end, problem: `${label}收到“${first.said}”和“${other.said}”，应是几${measure}？` }
    if (value < from || value > to)
      return { start, end, problem: `${label}收到“${first.said}”，应在${from}到${to}之间，是几${measure}？` }
    return { start, end, value: String(value) }
  },
})

const missingIn = (fields: Fields, given: Filled['words']): Field[] =>
  Object.entries(fields).flatMap(([id, field]) => (given[id] === undefined && !field.optional ? [field] : []))

/** How to say all of some fields in one message: `日期：6月10日，心得：…`. */
export const sampleOf = (fields: readonly Field[]): string =>
  fields.map(({ label, sample }) => (sample === undefined ? `${label}：…` : `${label}：${sample}，`)).join('')

/** The one question for what is missing. `what` names the subject of the question. */
export function asksFields(what: string, fields: Fields, { words: given, doubt }: Filled): string | undefined {
  const missing = missingIn(fields, given)
  if (missing.length === 0 && doubt === undefined) return undefined
  if (doubt !== undefined) {
    const own = (all: readonly Field[]): Field[] => all.filter(({ find }) => find === undefined)
    const open = own(missing).length > 0 ? own(missing) : own(Object.values(fields))
    const labels = open.map(({ label }) => `“${label}”`).join('或')
    return `${what}：“${shortened(doubt, 40)}”还不知道属于哪一部分，已留着。请回复${labels}；不用写进去请回复“不要”。`
  }
  const names = missing.map(({ label, none }) => `${label}${none ? '（没有请写“无”）' : ''}`).join('、')
  return `${what}：${Object.keys(given).length > 0 ? '已记下，还差' : '请告诉我'}${names}。一条消息即可，如“${sampleOf(missing)}”。`
}

/** Everything that was given, one line for each field. */
export const showsFields = (fields: Fields, { words: given }: Filled): string[] =>
  Object.entries(fields).flatMap(([id, { label, shows }]) => {
    const value = given[id]
    return value === undefined ? [] : [`${label}：${shows ? shows(value) : value}`]
  })
