import { z } from 'zod'
import type { Handler } from '../../src/bot/turn/handler.ts'
import { department, secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import {
  deedIn,
  type MemberDeed,
  type MobileMember,
  memberKinds,
  monthsWithout,
  nameIn,
} from '../../src/campaign/members/mobile-member.ts'
import { dayProblem, readDay } from '../../src/campaign/reading/said-day.ts'
import { type Branch, branchName, holds } from '../../src/campaign/roster/roster.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { choose, chosenId } from '../../src/forms/choose.ts'
import { focusIn } from '../../src/forms/focus.ts'
import { branchesSeen, ownBranches } from '../../src/forms/own-units.ts'
import { newId, record, withdraw } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { awayIn, type Listed, memberLine, membersIn, mobileMembers } from './members.ts'

const name = 'mobile-members'
/** A text that waits for its branch, or for which of two members with one name is meant. */
const Waiting = z.strictObject({ text: z.string() })

/** J11: a branch keeps in touch with its mobile members. `isEncrypted` says whether names are unreadable at rest. */
export const mobileMembersKeeping = (isEncrypted: boolean): Handler => ({
  name,
  records: [mobileMembers],
  commands: [
    {
      word: '流动党员',
      by: [...secretaries, ...department],
      use: '流动党员的联系和组织生活',
      whose: '流动党员由党支部书记登记，党总支书记和组织部查看人数',
      fits: () => true,
      amid: () => true,
      asks: true,
      run: (turn, argument) => said(turn, argument.trim(), { isEncrypted }),
    },
  ],
  async taps(turn, tap) {
    const waiting = focusIn(turn, name, Waiting)
    if (!waiting) return turn.say('这张卡片已过期，没有改动任何内容。请重新说“流动党员 …”。')
    turn.rest()
    const id = chosenId(tap)
    if (tap.action === 'branch') return said(turn, `${id} ${waiting.text}`, { isEncrypted, branchId: id })
    await onMember(turn, waiting.text, { id, isEncrypted })
  },
})

async function said(
  turn: Turn,
  text: string,
  { isEncrypted, branchId }: { isEncrypted: boolean; branchId?: string | undefined },
): Promise<void> {
  const own = ownBranches(turn)
  if (text === '') return turn.say(await overview(turn, own))
  if (own.length === 0) return turn.say('流动党员由支部书记登记。各支部人数请回复“流动党员”。')
  const named = own.length > 1 && branchId === undefined ? branchIn(turn, text, own) : undefined
  const branch = own.find(({ id }) => id === branchId) ?? named?.branch ?? (own.length === 1 ? own[0] : undefined)
  if (!branch) {
    turn.focus(name, { text })
    const options = own.map((one) => ({ id: one.id, text: branchName(turn.roster, one) }))
    return choose(turn, '是哪个支部的', { options, offered: { handler: name, action: 'branch' } })
  }
  const rest = named?.branch ? named.rest : branchId === undefined ? text : text.slice(branchId.length).trim()
  await onMember(turn, rest, { branch, isEncrypted })
}

type Which = { branch?: Branch; id?: string; isEncrypted: boolean }

/** Acts on one member at once. The answer is the member's new line. */
async function onMember(turn: Turn, text: string, which: Which): Promise<void> {
  const all = membersIn(await snapshotIn(turn, [mobileMembers]))
  const own = all.filter(({ branch }) => ownBranches(turn).some(({ id }) => id === branch))
  if (text.startsWith('撤销')) return takeBack(turn, own, text.slice(2))
  const { name: member, rest } = nameIn(text)
  if (member === '') return turn.say(`没有读懂“${text}”是哪一位。请这样说：${example}`)
  const same = own.filter((one) =>
    which.id === undefined ? one.member.name === member && one.branch === which.branch?.id : one.id === which.id,
  )
  const today = turn.now.toPlainDate()
  const day = readDay(rest, { today, ...turn.campaign, happened: true, anyTime: true })
  if (day && 'problem' in day) return turn.say(dayProblem(day))
  const words = day ? `${rest.slice(0, day.start)} ${rest.slice(day.end)}` : rest
  const deed = deedIn(words)
  const [only] = same
  if (!deed && !day) return turn.say(only ? same.map((one) => memberLine(one.member, today)).join('\n') : ask(member))
  if (!deed || !day)
    return turn.say(
      `${member}：请写明${day ? '是联系、参加了什么，还是转出' : '日期'}，如“流动党员 ${member} 4月12日 电话联系”。`,
    )
  const isNew = which.id === another
  const unclear = which.id === undefined && (same.length > 1 || (only && isAnother(only, deed, day.day.toString())))
  if (unclear) return whichOne(turn, text, { same, mayBeNew: deed.deed === 'away' })
  if (!only) {
    const branch = which.branch ?? (isNew ? ownBranches(turn)[0] : undefined)
    return add(turn, { member, deed, day: day.day.toString() }, { ...which, ...(branch ? { branch } : {}) })
  }
  await noteDeed(turn, only, { deed, day: day.day.toString() })
}

const example = '“流动党员 姓名 实习学生 4月1日起”，或“流动党员 姓名 4月12日 电话联系”“… 参加网络党课”“… 转出 …”。'
const ask = (member: string): string =>
  `名单里还没有${member}。请先登记：“流动党员 ${member} 实习学生 4月1日起”（${memberKinds.join('、')}）。`

const another = 'another'
/** Whether a member on the list has this name with another kind or day: it may be a correction or another person. */
const isAnother = ({ member }: Listed, deed: MemberDeed, day: string): boolean =>
  deed.deed === 'away' && (member.since !== day || (deed.kind !== undefined && member.kind !== deed.kind))

function whichOne(turn: Turn, text: string, { same, mayBeNew }: { same: readonly Listed[]; mayBeNew: boolean }): void {
  turn.focus(name, { text })
  const today = turn.now.toPlainDate()
  const options = same.map(({ id }, i) => ({ id, text: `${mayBeNew ? '更正' : ''}第${i + 1}位` }))
  if (mayBeNew) options.push({ id: another, text: '另一位' })
  const lines = same.map(({ member }, i) => `${i + 1}. ${memberLine(member, today)}`)
  choose(turn, '是哪一位', { options, offered: { handler: name, action: 'member', text: lines.join('\n') } })
}

type New = { member: string; deed: MemberDeed; day: string }
async function add(turn: Turn, { member, deed, day }: New, { branch, isEncrypted }: Which): Promise<void> {
  if (!branch || deed.deed !== 'away') return turn.say(ask(member))
  if (!deed.kind)
    return turn.say(`${member}属于哪一类？请再说一次：“流动党员 ${member} 实习学生 …起”（${memberKinds.join('、')}）。`)
  const entered = turn.now.toPlainDate().toString()
  const content: MobileMember = { name: member, kind: deed.kind, since: day, entered, contacts: [] }
  const id = newId(turn, `${branch.id} ${member}`)
  await record(turn, mobileMembers, { ids: [branch.id, id], content, what: '登记' })
  const clear = isEncrypted ? '' : '\n管理员没有设置 DATA_KEY，姓名在服务器上以明文保存。'
  turn.say(`已记下：${memberLine(content, turn.now.toPlainDate())}。名字只有您看得到。${clear}`)
}

async function noteDeed(
  turn: Turn,
  { branch, id, member }: Listed,
  { deed, day }: { deed: MemberDeed; day: string },
): Promise<void> {
  const { transferred: _, ...stays } = member
  const next: MobileMember =
    deed.deed === 'transferred'
      ? { ...member, transferred: day }
      : deed.deed === 'away'
        ? { ...stays, kind: deed.kind ?? member.kind, since: day }
        : {
            ...stays,
            contacts: [
              ...member.contacts.filter((one) => one.day !== day || one.words !== deed.words),
              { day, words: deed.words, tookPart: deed.tookPart },
            ],
          }
  const what = deed.deed === 'transferred' ? '转出' : deed.deed === 'away' ? '更正' : deed.tookPart ? '参加' : '联系'
  await record(turn, mobileMembers, { ids: [branch, id], content: next, what })
  turn.say(`已记下：${memberLine(next, turn.now.toPlainDate())}`)
}

async function takeBack(turn: Turn, own: readonly Listed[], text: string): Promise<void> {
  const { name: member, rest } = nameIn(text)
  const same = own.filter((one) => one.member.name === member)
  const [only] = same
  if (!only) return turn.say(`名单里没有${member}。名单请回复“流动党员”。`)
  if (same.length > 1) return turn.say(`有${same.length}位${member}，请先用“流动党员 ${member}”核对，再转出其中一位。`)
  if (!rest) return turn.say(`请写明原因：“流动党员 撤销 ${member} 原因”。`)
  await withdraw(turn, mobileMembers, { ids: [only.branch, only.id], reason: rest })
  turn.say(`已撤销：${member}。原因：${rest}。`)
}

async function overview(turn: Turn, own: readonly Branch[]): Promise<string> {
  const snapshot = await snapshotIn(turn, [mobileMembers])
  const today = turn.now.toPlainDate()
  const away = awayIn(snapshot)
  const lists = own.map((branch) => {
    const mine = membersIn(snapshot).filter((one) => one.branch === branch.id)
    const lines = mine.map(({ member }) => memberLine(member, today))
    return [
      `${branchName(turn.roster, branch)}流动党员${mine.filter(({ member }) => !member.transferred).length}人`,
      ...lines,
    ].join('\n')
  })
  const counted = branchesSeen(turn).filter((branch) => !own.some(({ id }) => id === branch.id))
  const lines = counted.flatMap((branch) => {
    const of = away.filter((one) => one.branch === branch.id)
    return of.length > 0 ? [`${branchName(turn.roster, branch)} ${of.length}人`] : []
  })
  const counts =
    counted.length > 0 ? [[`流动党员${lines.length > 0 ? '人数' : '：各支部没有登记'}`, ...lines].join('\n')] : []
  const how = own.length > 0 ? [`登记和联系请说：${example}`] : []
  return [...lists, ...counts, ...longAway(turn, away), ...how].join('\n\n')
}

/** Names the members of six months and more to the organization department, for the lawful steps. */
function longAway(turn: Turn, away: readonly Listed[]): string[] {
  if (!holds(turn.who, 'organization-department')) return []
  const today = turn.now.toPlainDate()
  const { lawfulStepsAfterMonths } = turn.campaign.mobileMembers
  const long = away.filter(({ member }) => monthsWithout(member, today) >= lawfulStepsAfterMonths)
  if (long.length === 0) return []
  const nameOf = (id: string): string => {
    const branch = turn.roster.branches.find((one) => one.id === id)
    return branch ? branchName(turn.roster, branch) : ''
  }
  const lines = long.map(({ branch, member }) => `${nameOf(branch)} ${member.name} ${monthsWithout(member, today)}个月`)
  return [[`满${lawfulStepsAfterMonths}个月未参加组织生活的：`, ...lines].join('\n')]
}
