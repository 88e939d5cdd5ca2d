import type { Turn } from '../../src/bot/turn/turn.ts'
import { type MobileMember, memberKinds } from '../../src/campaign/members/mobile-member.ts'
import { type MemberDeed, nameIn } from '../../src/campaign/members/read-members.ts'
import { dayProblem, readDay } from '../../src/campaign/reading/said-day.ts'
import type { Branch } from '../../src/campaign/roster/roster.ts'
import { daysOf } from '../../src/forms/fields.ts'
import { newId, record, withdraw } from '../../src/forms/record.ts'
import { type Listed, memberLine, mobileMembers } from './members.ts'

/** The deeds on a member's record. Each returns the line with which it is answered. */

export const example =
  '“流动党员 姓名 实习学生 4月1日起”，或“流动党员 姓名 4月12日 电话联系”“… 参加网络党课”“… 转出 …”。'

/** Begins a record; the first deed says since when the member is away. */
export async function add(
  turn: Turn,
  branch: Branch,
  { name, deeds, note }: { name: string; deeds: readonly MemberDeed[]; note: string },
): Promise<string> {
  const away = deeds.find((one) => one.deed === 'away')
  if (!away?.kind) return ''
  const today = turn.now.toPlainDate()
  const fresh: MobileMember = { name, kind: away.kind, since: away.day, entered: today.toString(), contacts: [] }
  const content = after(fresh, deeds)
  const id = newId(turn, `${branch.id} ${name}`)
  await record(turn, mobileMembers, { ids: [branch.id, id], content, what: '登记' })
  return `已记下：${memberLine(content, today)}。名字只有您看得到。${note}`
}

/** Adds the deeds to a record. */
export async function change(
  turn: Turn,
  { branch, id, member }: Listed,
  deeds: readonly MemberDeed[],
): Promise<string> {
  const next = after(member, deeds)
  await record(turn, mobileMembers, { ids: [branch, id], content: next, what: wordOf(deeds) })
  return `已记下：${memberLine(next, turn.now.toPlainDate())}`
}

function wordOf(deeds: readonly MemberDeed[]): string {
  const done = deeds.map(({ deed }) => deed)
  if (done.includes('transferred')) return '转出'
  if (done.includes('away')) return '更正'
  return deeds.some((one) => one.deed === 'contact' && one.tookPart) ? '参加' : '联系'
}

const after = (member: MobileMember, deeds: readonly MemberDeed[]): MobileMember => deeds.reduce(afterOne, member)

function afterOne(member: MobileMember, deed: MemberDeed): MobileMember {
  if (deed.deed === 'transferred') return { ...member, transferred: deed.day }
  const { transferred: _, ...stays } = member
  if (deed.deed === 'away') return { ...stays, kind: deed.kind ?? member.kind, since: deed.day }
  const { day, words, tookPart } = deed
  const others = member.contacts.filter((one) => one.day !== day || one.words !== words)
  return { ...stays, contacts: [...others, { day, words, tookPart }] }
}

/** Takes a member off the list, or what the words before the reason name: a contact of a day, or the transfer. */
export async function takeBack(turn: Turn, own: readonly Listed[], text: string): Promise<string> {
  const said = nameIn(
    text,
    own.map(({ member }) => member.name),
  )
  const { name } = said
  const rest = said.rest.replace(/^[\s，,：:]+/u, '')
  const same = own.filter(({ member }) => member.name === name)
  const [only] = same
  if (!only) return `名单里没有${name}。名单请回复“流动党员”。`
  if (same.length > 1) return `有${same.length}位${name}，请先用“流动党员 ${name}”核对，再转出其中一位。`
  const day = readDay(rest, daysOf(turn, { anyTime: true }))
  if (/^转[出走]/u.test(rest)) return takeBackTransfer(turn, only, rest)
  if (day?.start === 0) {
    if ('problem' in day) return dayProblem(day)
    const isTransfer = only.member.transferred === day.day.toString()
    const isContact = only.member.contacts.some((one) => one.day === day.day.toString())
    const behind = rest.slice(day.end).replace(/^[\s，,：:的]+/u, '')
    if (/^转[出走]/u.test(behind) || (isTransfer && !isContact)) return takeBackTransfer(turn, only, behind)
    return takeBackContact(turn, only, { day: day.day.toString(), words: day.words, rest: rest.slice(day.end) })
  }
  if (!rest) return `请写明原因：“流动党员 撤销 ${name} 原因”。`
  await withdraw(turn, mobileMembers, { ids: [only.branch, only.id], reason: rest })
  return `已撤销：${name}。原因：${rest}。`
}

/** The member belongs to the branch again. */
async function takeBackTransfer(turn: Turn, { branch, id, member }: Listed, words: string): Promise<string> {
  const { name } = member
  const { transferred, ...stays } = member
  if (transferred === undefined) return `${name}没有转出的记录，没有改动。`
  const behind = words.replace(/^转[出走]了?(?:的?记录)?[\s，,：:]*/u, '')
  const day = readDay(behind, daysOf(turn, { anyTime: true }))
  const reason = behind
    .slice(day?.start === 0 ? day.end : 0)
    .replace(/^[\s，,：:]+/u, '')
    .trim()
  if (reason === '') return `请写明原因：“流动党员 撤销 ${name} 转出 原因”。`
  await record(turn, mobileMembers, { ids: [branch, id], content: stays, what: '撤销', reason })
  return `已撤销：${name}转出。原因：${reason}。\n${memberLine(stays, turn.now.toPlainDate())}`
}

async function takeBackContact(
  turn: Turn,
  { branch, id, member }: Listed,
  { day, words, rest }: { day: string; words: string; rest: string },
): Promise<string> {
  const { name } = member
  const there = member.contacts.filter((one) => one.day === day)
  if (there.length === 0)
    return `${name}${words}没有联系或参加的记录，没有改动。要从名单里撤销请说“流动党员 撤销 ${name} 原因”。`
  const what = there.map((one) => one.words)
  const reason = what
    .reduce((left, one) => left.replace(one, ''), rest)
    .replace(/^(?:的?(?:联系|记录|那次|那条))?[\s，,：:]+/u, '')
    .trim()
  if (reason === '') return `请写明原因：“流动党员 撤销 ${name} ${words} 原因”。`
  const content = { ...member, contacts: member.contacts.filter((one) => one.day !== day) }
  await record(turn, mobileMembers, { ids: [branch, id], content, what: '撤销', reason })
  return `已撤销：${name}${words}的记录（${what.join('、')}）。原因：${reason}。\n${memberLine(content, turn.now.toPlainDate())}`
}

/** The question about a name that is not on the list. */
export const notListed = (name: string): string =>
  `名单里还没有${name}。请先登记：“流动党员 ${name} 实习学生 4月1日起”（${memberKinds.join('、')}）。`
/** The question about the kind of a member. */
export const whichKind = (name: string): string =>
  `${name}属于哪一类？请回复${memberKinds.map((kind) => `“${kind}”`).join('')}。`
