import { z } from 'zod'
import type { Handler, Tap } from '../../src/bot/turn/handler.ts'
import { department, secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { type MemberDeed, type MemberSaid, readMembers } from '../../src/campaign/members/read-members.ts'
import { type Branch, branchName } from '../../src/campaign/roster/roster.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { choose, chosenId, tapBy } from '../../src/forms/choose.ts'
import { daysOf } from '../../src/forms/fields.ts'
import { cancels, focusIn } from '../../src/forms/focus.ts'
import { branchesSeen, ownBranches } from '../../src/forms/own-units.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { add, change, example, notListed, takeBack, whichKind } from './act.ts'
import { type Listed, memberLine, membersIn, mobileMembers } from './members.ts'
import { overview } from './overview.ts'

const name = 'mobile-members'
/**
 * Words that wait: for their branch, for which of two members with one name is meant, or (`lacks`) for what is missing, which is added to
 * them. `more`: lines that are asked about next.
 */
const Waiting = z.strictObject({
  text: z.string(),
  branch: z.string().exactOptional(),
  lacks: z.literal(true).exactOptional(),
  more: z.array(z.string()).exactOptional(),
})
type Waiting = z.infer<typeof Waiting>

/** J11: a branch keeps in touch with its mobile members. `isEncrypted` says whether names are unreadable at rest. */
export const mobileMembersKeeping = (isEncrypted: boolean): Handler => {
  const clear = isEncrypted ? '' : '\n管理员没有设置 DATA_KEY，姓名在服务器上以明文保存。'
  return {
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
        run: (turn, argument) => said(turn, argument.trim(), { clear }),
      },
    ],
    async answers(turn, text) {
      const waiting = focusIn(turn, name, Waiting)
      if (!waiting) return false
      if (cancels(turn, text)) return true
      const tap = tapBy(turn, { handler: name, action: waiting.branch ? 'member' : 'branch' }, text)
      if (tap && !waiting.lacks) return tapped(turn, tap, clear).then(() => true)
      return waiting.lacks === true && completed(turn, { waiting, text, clear })
    },
    taps: (turn, tap) => tapped(turn, tap, clear),
  }
}

async function tapped(turn: Turn, tap: Tap, clear: string): Promise<void> {
  const waiting = focusIn(turn, name, Waiting)
  if (!waiting) return turn.say('这张卡片已过期，没有改动任何内容。请重新说“流动党员 …”。')
  turn.rest()
  const id = chosenId(tap)
  if (tap.action === 'branch') return said(turn, waiting.text, { clear, branchId: id })
  const branch = ownBranches(turn).find((one) => one.id === waiting.branch)
  if (branch) await onMembers(turn, [waiting.text, ...(waiting.more ?? [])], { branch, clear, id })
}

/** The answer to a question completes the words that wait. Undone if it does not: then it is no answer. */
async function completed(
  turn: Turn,
  { waiting, text, clear }: { waiting: Waiting; text: string; clear: string },
): Promise<boolean> {
  const branch = ownBranches(turn).find(({ id }) => id === waiting.branch)
  if (!branch || Array.from(text).length > longestAnswer) return false
  const whole = `${waiting.text}，${text.trim()}`
  const { all, read } = await listOf(turn, branch)
  const question = (of: string): unknown => {
    const [one] = read(of)
    return one && questionOf(one, targetsOf(one, all))
  }
  const left = question(whole)
  if (left !== undefined && left === question(waiting.text)) return false
  turn.rest()
  await onMembers(turn, [whole, ...(waiting.more ?? [])], { branch, clear })
  return true
}
const longestAnswer = 60

async function said(
  turn: Turn,
  text: string,
  { clear, branchId }: { clear: string; branchId?: string },
): Promise<void> {
  const own = ownBranches(turn)
  if (text === '') return turn.say(await overview(turn, own))
  const looked = branchIn(turn, text, [...new Set([...own, ...branchesSeen(turn)])])
  if (looked.branch && looked.rest.trim() === '') return turn.say(await overview(turn, own, looked.branch))
  if (own.length === 0) return turn.say('流动党员由支部书记登记。各支部人数请回复“流动党员”。')
  const named = branchId === undefined ? branchIn(turn, text, own) : undefined
  const branch = own.find(({ id }) => id === branchId) ?? named?.branch ?? (own.length === 1 ? own[0] : undefined)
  const rest = named?.branch ? named.rest.trim() : text
  if (branch) return onMembers(turn, [rest], { branch, clear })
  turn.focus(name, { text })
  const options = own.map((one) => ({ id: one.id, text: branchName(turn.roster, one) }))
  choose(turn, '是哪个支部的', { options, offered: { handler: name, action: 'branch' } })
}

/** The members of a branch, and how a text about them is read. */
async function listOf(turn: Turn, branch: Branch) {
  const every = membersIn(await snapshotIn(turn, [mobileMembers]))
  const all = every.filter((one) => one.branch === branch.id)
  const known = all.map(({ member }) => member.name)
  const days = daysOf(turn, { anyTime: true })
  return { all, read: (text: string): MemberSaid[] => readMembers(text, { days, known }) }
}

/** `id`: the member that was chosen for the first text, or `another`. */
type On = { branch: Branch; clear: string; id?: string }
type Open = { one: MemberSaid; question: string | Listed[] }

/** Acts at once on each member that the texts are about. What cannot be taken is asked about, one after the other. */
async function onMembers(turn: Turn, texts: readonly string[], { branch, clear, id }: On): Promise<void> {
  const { all, read } = await listOf(turn, branch)
  const [text = ''] = texts
  if (text.startsWith('撤销')) return turn.say(await takeBack(turn, all, text.slice(2)))
  const lines: string[] = []
  const open: Open[] = []
  for (const [i, one] of joined(texts.flatMap(read)).entries()) {
    const chosen = i === 0 ? id : undefined
    const targets = targetsOf(one, all, chosen)
    const question = questionOf(one, targets, chosen)
    if (question !== undefined) open.push({ one, question })
    else lines.push(await done(turn, one, { targets, branch, clear }))
  }
  if (lines.length === 0 && open.length === 0) lines.push(`没有读懂“${text}”是哪一位。请这样说：${example}`)
  ask(turn, branch, { lines, open })
}

async function done(
  turn: Turn,
  one: MemberSaid,
  { targets, branch, clear }: { targets: readonly Listed[]; branch: Branch; clear: string },
): Promise<string> {
  const today = turn.now.toPlainDate()
  if (one.deeds.length === 0) return targets.map(({ member }) => memberLine(member, today)).join('\n')
  const [target] = targets
  return target ? change(turn, target, one.deeds) : add(turn, branch, { ...one, note: clear })
}

/** What is said of one member in several lines is one change. */
function joined(said: readonly MemberSaid[]): MemberSaid[] {
  const all: MemberSaid[] = []
  for (const one of said) {
    const before = all.findIndex(({ name: other, asks }) => other === one.name && asks === undefined)
    const known = all[before]
    if (!known || one.asks !== undefined) all.push(one)
    else all[before] = { ...known, deeds: [...known.deeds, ...one.deeds], rest: `${known.rest}；${one.rest}` }
  }
  return all
}

const another = 'another'
/** The members on the list who may be meant. None: somebody new. */
function targetsOf({ name: said }: MemberSaid, all: readonly Listed[], chosen?: string): Listed[] {
  if (chosen === another) return []
  return all.filter((one) => (chosen === undefined ? one.member.name === said : one.id === chosen))
}

/** What must be asked about a member before anything is taken: a sentence, or which of these it is. */
function questionOf(one: MemberSaid, targets: Listed[], chosen?: string): string | Listed[] | undefined {
  if (one.name === '') return `没有读懂“${one.rest.trim()}”是哪一位。请这样说：${example}`
  if (one.asks !== undefined) return one.asks
  const [first] = targets
  const away = one.deeds.find(({ deed }) => deed === 'away')
  if (!first && away?.deed !== 'away') return notListed(one.name)
  if (!first) return away?.deed === 'away' && away.kind !== undefined ? undefined : whichKind(one.name)
  if (chosen !== undefined || one.deeds.length === 0) return undefined
  return targets.length > 1 || isAnother(first, away) ? targets : undefined
}

/** Whether a member on the list has this name with another kind or day: it may be a correction or another person. */
const isAnother = ({ member }: Listed, away: MemberDeed | undefined): boolean =>
  away?.deed === 'away' && (member.since !== away.day || (away.kind !== undefined && member.kind !== away.kind))

/** Says what was done, and asks the first question that has an answer. The others wait. */
function ask(turn: Turn, branch: Branch, { lines, open }: { lines: readonly string[]; open: readonly Open[] }): void {
  const ended = open.flatMap(({ one, question }) => (one.rest === '' && typeof question === 'string' ? [question] : []))
  const [first, ...others] = open.filter(({ one }) => one.rest !== '')
  const more = others.map(({ one }) => one.rest)
  const above = [...lines, ...ended]
  if (!first) return turn.say(above.join('\n'))
  const waits: Waiting = { text: first.one.rest, branch: branch.id, ...(more.length > 0 ? { more } : {}) }
  if (typeof first.question === 'string') {
    turn.focus(name, { ...waits, lacks: true })
    return turn.say([...above, first.question].join('\n'))
  }
  if (above.length > 0) turn.say(above.join('\n'))
  turn.focus(name, waits)
  whichOne(turn, first.question, first.one.deeds)
}

function whichOne(turn: Turn, same: readonly Listed[], deeds: readonly MemberDeed[]): void {
  const mayBeNew = deeds.some(({ deed }) => deed === 'away')
  const today = turn.now.toPlainDate()
  const options = same.map(({ id }, i) => ({ id, text: `${mayBeNew ? '更正' : ''}第${i + 1}位` }))
  if (mayBeNew) options.push({ id: another, text: '另一位' })
  const lines = same.map(({ member }, i) => `${i + 1}. ${memberLine(member, today)}`)
  choose(turn, '是哪一位', { options, offered: { handler: name, action: 'member', text: lines.join('\n') } })
}
