/** Reads measures as people write them: what, by whom, by when; as a list with numbers or as lines. Contract, part two: 措施. */

import { wholeNumeral } from '../numerals.ts'
import type { MeasureState } from '../scores/measures.ts'
import { listNumberAt } from './list-number.ts'
import { type Column, withoutTable } from './pasted-table.ts'
import { type DayRules, dayProblem, readDay } from './said-day.ts'

/** `by` is an ISO day. `problem` is a question about a date that is impossible. */
export type SaidMeasure = { number?: number; what?: string; who?: string; by?: string; problem?: string }
/** A deed on an existing measure, by its number. Without a number the only measure is meant. */
export type MeasureDeed = { number?: number } & (
  | { state: MeasureState; note: string }
  | { who?: string; by?: string; problem?: string }
  | { withdraw: string }
)

/** After a state that stands for itself there is a mark or nothing: `已完成一半` is not done. */
const apart = /^了?(?:$|[\s，,。；;:：、（(])/u

/** `第1条` `第一，` `一是` `1：` `1 、`: what people say in place of the number of a list. */
const spoken = /(?:第\s?)?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s?[.．、:：]|\s?[条项][.、:：，,\s]?|是(?=\D))\s*/y
const ordinal = /第\s?(\d{1,2}|[一二三四五六七八九十]{1,3})[，,]\s*/y
const bare = /(\d{1,2})[ \t　]+(?![月日年号])/y
/** After the mark of an entry: not its words but the rest of a number. */
const restOfNumber = /\d{1,2}(?![\d月年])/y
const breaks = '；;。：:\n'
const softBreaks = ' \t　，,'
/** Numbers that need no break before them: `（2）` `②`. */
const enclosed = /[（(①-⒛㈠-㈩]/u

type Mark = { at: number; end: number; number: number }

/** The places at which numbered entries begin. Their numbers rise; after a mere comma or blank they rise by exactly one. */
function marksIn(text: string): Mark[] {
  const marks: Mark[] = []
  let fresh: 'hard' | 'soft' | undefined = 'hard'
  let line = true
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    const last = marks.at(-1)
    if (enclosed.test(char)) fresh ??= 'soft'
    const found = fresh ? (markAt(text, at) ?? (line ? matchAt(bare, text, at) : undefined)) : undefined
    if (found && fits(found.number, last?.number, fresh === 'hard')) {
      marks.push({ at, ...found })
      at = found.end - 1
      fresh = undefined
      line = false
      continue
    }
    if (breaks.includes(char)) fresh = 'hard'
    else if (softBreaks.includes(char)) fresh ??= 'soft'
    else fresh = undefined
    line = '\n；;'.includes(char) || (line && softBreaks.includes(char))
  }
  return marks
}

function markAt(text: string, at: number): { end: number; number: number } | undefined {
  const found = listNumberAt(text, at) ?? matchAt(spoken, text, at) ?? matchAt(ordinal, text, at)
  restOfNumber.lastIndex = found?.end ?? 0
  return found && !restOfNumber.test(text) ? found : undefined
}

function matchAt(pattern: RegExp, text: string, at: number): { end: number; number: number } | undefined {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  if (!found) return undefined
  const said = found[1] ?? ''
  const number = /^\d/.test(said) ? Number(said) : (wholeNumeral(said) ?? 0)
  return number > 0 ? { end: at + found[0].length, number } : undefined
}

const fits = (number: number, last: number | undefined, hard: boolean): boolean =>
  last === undefined ? hard : hard ? number > last : number === last + 1

const heading = /^[^，,；;。]{0,16}(?:如下|措施|目标)\s*[:：]?$/

const columns: readonly Column[] = [
  { title: /^序号$/, write: (cell) => `${cell}.` },
  { title: /^(?:措施|整改措施|提升措施|具体措施|内容|整改内容|目标|提升目标)$/, write: (cell) => cell },
  { title: /^(?:责任人|负责人|牵头人)$/, write: (cell) => `，负责人${cell}` },
  { title: /^(?:时限|期限|完成时限|完成时间|整改时限|时间)$/, write: (cell) => `，${cell}` },
]
/** （责任人：王五，时限：6月30日）: brackets around the person or the date end the measure. */
const inBrackets = /[（(]([^（()）]{0,120})[)）]/g
const aboutWho = /责任人|负责人|牵头|时限|期限/
const opened = (text: string): string =>
  text.replace(inBrackets, (all, inside: string) => (aboutWho.test(inside) ? `，${inside}；` : all))

/** All measures of a text, in order. A piece that names only a person or a date belongs to the measure before it. */
export function readMeasures(typed: string, rules: DayRules): SaidMeasure[] {
  const text = opened(withoutTable(typed, columns))
  const marks = marksIn(text)
  const lead = text.slice(0, marks[0]?.at ?? text.length).trim()
  const numbered = marks.map(({ end, number }, i) => ({
    number,
    ...readOne(text.slice(end, marks[i + 1]?.at ?? text.length), rules),
  }))
  const loose = lead === '' || (marks.length > 0 && heading.test(lead)) ? [] : looseOnes(lead, rules)
  return [...loose, ...numbered]
}

function looseOnes(text: string, rules: DayRules): SaidMeasure[] {
  const found: SaidMeasure[] = []
  for (const piece of text.split(/[；;\n]/)) {
    const one = readOne(piece, rules)
    const last = found.at(-1)
    if (one.what === undefined && last) Object.assign(last, one)
    else if (Object.keys(one).length > 0) found.push(one)
  }
  return found
}

/** `时间改为8月31日前`, `改为每周一次`: that something changes is no word of the measure. */
const changes = [
  '改为',
  '改成',
  '改到',
  '调整为',
  '调整到',
  '更正为',
  '换成',
  '推迟到',
  '延期到',
  '延长到',
  '延到',
  '推到',
]
const changed = new RegExp(`^(?:${changes.join('|')})[：:，,\\s]*`, 'u')
const whoLabels = ['负责人', '责任人', '牵头人', '责任单位', '责任领导']
/** Words beside a date that say nothing else, the longer ones first. */
const fills = [
  ...changes,
  '完成时限',
  '完成时间',
  '完成',
  '办结',
  '到位',
  '落实',
  '之前',
  '以前',
  '前',
  '截止',
  '期限',
  '时限',
  '时间',
  ...Array.from('在于到至:：'),
]
const isFill = (text: string): boolean => fills.reduce((left, word) => left.replaceAll(word, ''), text).trim() === ''

/** Reads one measure. The clauses about person and date are taken out; the rest is the deed. */
function readOne(text: string, rules: DayRules): Omit<SaidMeasure, 'number'> {
  const clauses = text.split(/[，,；;。\s]/).filter(Boolean)
  const said: Omit<SaidMeasure, 'number'> = {}
  for (let i = clauses.length - 1; i >= 0 && said.by === undefined && said.problem === undefined; i--) {
    const due = dueIn(clauses[i] ?? '', rules)
    if (!due) continue
    clauses[i] = due.rest
    if ('day' in due) said.by = due.day
    else said.problem = due.problem
  }
  for (const [i, clause] of clauses.entries()) {
    const who = whoIn(clause, clauses[i + 1])
    if (!who || said.who !== undefined) continue
    said.who = who.name
    clauses[i] = who.rest
    if (who.tookNext) clauses[i + 1] = ''
  }
  const what = clauses.filter(Boolean).join('，').replace(changed, '')
  return { ...said, ...(what === '' ? {} : { what }) }
}

function dueIn(
  clause: string,
  rules: DayRules,
): { rest: string; day: string } | { rest: string; problem: string } | undefined {
  const found = readDay(clause, rules)
  if (!found) return undefined
  const before = clause.slice(0, found.start)
  const after = clause.slice(found.end)
  const alone = isFill(before) && isFill(after)
  const isDue = alone || /(?:前|止|底|末)$/.test(found.words) || /^(?:前|之前|以前|完成|止)/.test(after)
  if (!isDue) return undefined
  const rest = alone ? '' : before.replace(/(?:在|于|到)$/, '') + (isFill(after) ? '' : after)
  return 'day' in found && !('problem' in found)
    ? { rest, day: found.day.toString() }
    : { rest, problem: 'problem' in found ? dayProblem(found) : '' }
}

function whoIn(clause: string, next: string | undefined): { name: string; rest: string; tookNext?: true } | undefined {
  const label = whoLabels.find((word) => clause.includes(word))
  if (label !== undefined) {
    const at = clause.indexOf(label)
    const name = clause
      .slice(at + label.length)
      .replace(changed, '')
      .replace(/^[:：是为]/, '')
    const rest = clause.slice(0, at)
    if (name !== '') return { name, rest }
    return next === undefined || next === '' ? undefined : { name: next, rest, tookNext: true }
  }
  const found = /^由?([^由]{2,8})(?:负责|牵头)$/.exec(clause)
  return found?.[1] === undefined ? undefined : { name: found[1], rest: '' }
}

const stateWords: readonly [string, MeasureState][] = [
  ['已完成', '已完成'],
  ['已经完成', '已完成'],
  ['完成了', '已完成'],
  ['还没完成', '进行中'],
  ['还未完成', '进行中'],
  ['尚未完成', '进行中'],
  ['没有完成', '进行中'],
  ['没完成', '进行中'],
  ['未完成', '进行中'],
  ['未开始', '未开始'],
  ['没开始', '未开始'],
  ['正在进行中', '进行中'],
  ['正在进行', '进行中'],
  ['进行中', '进行中'],
]
const begin = /第?\s?(\d{1,2}|[一二三四五六七八九十]{1,2})\s?[条项]?[\s.．、:：，,]*/y

/** The number at the beginning of a deed: `2`, `第2条`, `②`. */
function numberOf(text: string): { number: number; end: number } | undefined {
  const found = listNumberAt(text, 0) ?? matchAt(begin, text, 0)
  return found && !/^[月日年号]/.test(text.slice(found.end)) && !/^\d+[.．]\d/.test(text) ? found : undefined
}

/** Reads a deed on an existing measure. Undefined if the text describes a measure. */
export function readMeasureDeed(typed: string, rules: DayRules): MeasureDeed | undefined {
  const text = typed.trim()
  const withdrawn = /^撤销\s*/.exec(text)
  const rest = withdrawn ? text.slice(withdrawn[0].length) : text
  const found = numberOf(rest)
  const number = found ? { number: found.number } : {}
  const tail = rest.slice(found?.end ?? 0).trim()
  if (withdrawn) return { ...number, withdraw: tail }
  if (found && tail.startsWith('撤销')) return { ...number, withdraw: tail.slice(2).replace(/^[\s，,：:]+/, '') }
  const state = stateWords.find(([word]) => tail.startsWith(word))
  const after = state && tail.slice(state[0].length)
  if (state?.[1] === '已完成' && after !== undefined && !apart.test(after))
    return { ...number, problem: `“${tail}”是整条已完成，还是只完成了一步？请说“已完成 …”或“进行中 …”。` }
  if (state && after !== undefined) return { ...number, state: state[1], note: after.replace(/^[\s，,：:。；;]+/, '') }
  if (!found || marksIn(text).length > 1) return undefined
  const { what, ...change } = readOne(tail, rules)
  return what === undefined && Object.keys(change).length > 0 ? { ...number, ...change } : undefined
}
