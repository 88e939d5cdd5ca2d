/** Reads what a secretary says of mobile members: names, days, and what happened on each. Contract, part two: 流动党员. */
import { listNumberAt } from '../reading/list-number.ts'
import { type DayRules, dayProblem, readDay, type SaidDay } from '../reading/said-day.ts'
import { trimMarks } from '../reading/trim-marks.ts'
import { type MemberKind, memberKinds } from './mobile-member.ts'

type Deed =
  | { deed: 'away'; kind: MemberKind | undefined }
  | { deed: 'contact'; words: string; tookPart: boolean }
  | { deed: 'transferred' }
/** `day`: ISO. `away`: on the list from that day on. */
export type MemberDeed = { day: string } & Deed
/**
 * What was said of one member. `asks`: the question about a piece that cannot be taken; then nothing of this member is taken. `rest`: the
 * words that the answer is added to; empty if the question needs no answer.
 */
export type MemberSaid = { name: string; deeds: MemberDeed[]; asks?: string; rest: string }

const kindsSaid: readonly [MemberKind, readonly string[]][] = [
  ['实习学生', ['实习', '顶岗']],
  ['离职未转', ['离职']],
  ['其他', ['其他', '其它', '外出', '务工', '出国', '境外', '休学', '借调', '挂职', '创业']],
]
const took =
  /参加|参会|参与|到会|出席|列席|[听上](?:了|过)?[^，,。；;]{0,8}党课|过(?:了)?(?:双重)?组织生活|视频参|线上学习/u
const tookFor = /参加[了过]|已经?参加|到会|出席|参[会与][了过]/u
const asked = /通知|提醒|邀请|请[他她其]|要求|让[他她其]|叫[他她其]|动员|答应|打算|准备|计划|将|约定/u
const denied =
  /(?:没有?|未|不)(?:能|有)?(?:参加|参会|到会|出席|联系|打通|接通|接|来|到|回复|回应|露面)|(?:联系|打)不[上通]|[没无]人接|失联|关机|停机|空号/u
const gathering = /党课|党日|大会|支委会|组织生活|小组会|党员会|学习会|民主评议/u
const touched =
  /联系|电话|微信|视频|短信|QQ|qq|邮件|信息|走访|看望|谈话|谈心|慰问|沟通|见面|当面|家访|座谈|通话|打了|聊|寄|探望|了解|询问|问候|通知|提醒/u
const moved = /转出|转走|转到|转往|转至|转接|转回|迁出|组织关系[^，,。；;]{0,6}转/u
const notMoved =
  /(?:未|没有?|不|尚未|拟|准备|打算|要|申请|正在|等待|待)[^，,。；;]{0,6}(?:转|迁)|(?:转|迁)[^，,。；;]{0,6}(?:办理中|手续中)/u
const begun = /起|开始|以来/u

const marks = ' 　,，:：;；、。\t\n'
const trimmed = (text: string): string => trimMarks(text, marks)

/** What ends a name that runs on into other words. */
const afterName = [
  ...kindsSaid.flatMap(([, words]) => words),
  '参加',
  '参会',
  '线上',
  '到会',
  '出席',
  '转出',
  '转走',
  '组织关系',
  '今天',
  '昨天',
  '前天',
  '上周',
  '本周',
  '今年',
  '去年',
  '电话',
  '微信',
  '视频',
  '短信',
  '当面',
  '联系',
  '没有',
  '从20',
  '自20',
  '另一',
  '已经',
]

/** The name at the beginning of a text: a known one, or the words up to a blank, a mark, a digit or a word of a deed. */
export function nameIn(text: string, known: readonly string[] = []): { name: string; rest: string } {
  const said = trimmed(text)
  const listed = known
    .filter((name) => said.startsWith(name))
    .toSorted((one, other) => other.length - one.length)
    .at(0)
  let end = listed?.length ?? 0
  while (listed === undefined && end < said.length && end < 20) {
    const char = said[end] ?? ''
    if (marks.includes(char) || /[\d（(]/.test(char)) break
    if (end >= 2 && afterName.some((word) => said.startsWith(word, end))) break
    end++
  }
  return { name: said.slice(0, end), rest: said.slice(end) }
}

/** `钱一、钱二 …`: the names for which the same words are said. */
function namesIn(text: string, known: readonly string[]): { names: string[]; rest: string } {
  const { name, rest: behind } = nameIn(text, known)
  const names = [name]
  let rest = behind
  for (;;) {
    const joint = /^\s?(?:[、和及与]|以及)\s?/u.exec(rest)?.[0]
    const next = joint === undefined ? undefined : nameIn(rest.slice(joint.length), known)
    if (joint === undefined || !next || !/^[\p{Script=Han}·]{2,6}$/u.test(next.name)) break
    if (afterName.some((word) => next.name.startsWith(word))) break
    names.push(next.name)
    rest = next.rest
  }
  return { names, rest: trimmed(rest) }
}

type Rules = { days: DayRules; known: readonly string[] }

/** All members that a text is about, in its order. A line that begins with a day goes on about the one before. */
export function readMembers(text: string, { days, known }: Rules): MemberSaid[] {
  const lines: string[] = []
  for (const piece of text.split(/[\n；;]/u)) {
    const line = trimmed(piece).slice(listNumberAt(trimmed(piece), 0)?.end ?? 0)
    if (line === '') continue
    if (lines.length > 0 && readDay(line, days)?.start === 0) lines.push(`${lines.pop() ?? ''}，${line}`)
    else lines.push(line)
  }
  return lines.flatMap((line) => {
    const { names, rest } = namesIn(line, known)
    return names.map((name) => ({ name, ...deedsIn(name, rest, days) }))
  })
}

type Part = { words: string; day?: SaidDay }

/** The days of a text, each with the words about it. Words without a day belong to the day before them, or to the first. */
function partsIn(text: string, days: DayRules): Part[] {
  const parts: Part[] = []
  let loose = ''
  for (const clause of text.split(/[，,。]/u)) {
    let rest = clause
    let day = readDay(rest, days)
    if (!day) {
      const last = parts.at(-1)
      if (last) last.words = `${last.words}，${rest}`
      else loose = `${loose} ${rest}`
    }
    while (day) {
      const behind = rest.slice(day.end)
      const next = readDay(behind, days)
      const own = next ? behind.slice(0, next.start) : behind
      parts.push({ words: `${loose} ${rest.slice(0, day.start)} ${own}`, day })
      loose = ''
      rest = next ? behind.slice(next.start) : ''
      day = next && readDay(rest, days)
    }
  }
  return parts.length > 0 ? parts : loose.trim() === '' ? [] : [{ words: loose }]
}

function deedsIn(name: string, text: string, days: DayRules): Omit<MemberSaid, 'name'> {
  const deeds: MemberDeed[] = []
  for (const { words: typed, day } of partsIn(text, days)) {
    const words = trimmed(typed)
    if (day && 'problem' in day) return { deeds, asks: dayProblem(day), rest: `${name} ${without(text, day.words)}` }
    const asks = (question: string) => ({ deeds, asks: question, rest: `${name} ${text}` })
    if (!day) return asks(`${name}：请写明日期，如“流动党员 ${name} 4月12日 电话联系”。`)
    const deed = deedIn(words)
    if ('ask' in deed) return { ...asks(`${name}：${deed.ask}`), ...(deed.ends ? { rest: '' } : {}) }
    deeds.push({ day: day.day.toString(), ...deed })
  }
  return { deeds, rest: `${name} ${text}` }
}
const without = (text: string, piece: string): string => trimmed(text.replace(piece, ''))

/** The deed that the words beside a day tell, or the question about it. */
function deedIn(typed: string): Deed | { ask: string; ends?: true } {
  const words = trimmed(typed.replace(/^(?:从|自|于|在)\s?/u, ''))
  const kind = kindsSaid.find(([, names]) => names.some((one) => words.includes(one)))?.[0]
  const isKindAlone = memberKinds.some((one) => words === one) || /^(?:实习生?|离职|外出|外出务工)$/u.test(words)
  if (isKindAlone || begun.test(words)) return { deed: 'away', kind }
  if (moved.test(words) && !notMoved.test(words)) return { deed: 'transferred' }
  if (notMoved.test(words))
    return { ask: `“${words}”还没有转出，没有记。转出以后请说“转出 …月…日”；联系了请说“…月…日 电话联系”。`, ends: true }
  if (denied.test(words))
    return { ask: `“${words}”没有联系上或没有参加，没有记。联系上或参加了以后，请写明日期再说一次。`, ends: true }
  const tookPart = tookFor.test(words) || (took.test(words) && !asked.test(words))
  if (tookPart || touched.test(words)) return { deed: 'contact', words, tookPart }
  if (gathering.test(words)) return { ask: `“${words}”是参加了，还是只联系过？请回复“参加了”或“联系过”。` }
  return { ask: '请写明是联系、参加了什么，还是转出，如“4月12日 电话联系”。' }
}
