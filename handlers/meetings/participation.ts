import { z } from 'zod'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { shortened } from '../../src/campaign/cut.ts'
import { kindsIn } from '../../src/campaign/meetings/meeting-kinds.ts'
import { dayShort } from '../../src/campaign/meetings/said-meetings.ts'
import { branchMentions } from '../../src/campaign/reading/branch-mentions.ts'
import { listNumberAt } from '../../src/campaign/reading/list-number.ts'
import { dayProblem, readDay } from '../../src/campaign/reading/said-day.ts'
import { namesOf } from '../../src/campaign/roster/branch-names.ts'
import { branchName, branchOf, committeePosts } from '../../src/campaign/roster/roster.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { daysOf } from '../../src/forms/fields.ts'
import type { Form, Read, Subject } from '../../src/forms/form.ts'
import { record, stands, withdraw } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { participations } from './records.ts'

/** One time of taking part. `branches` are those that may be meant, one if it is clear. `more` holds the other words. */
const Part = z.strictObject({
  words: z.string(),
  day: z.string().exactOptional(),
  doubt: z.string().exactOptional(),
  branches: z.array(z.string()),
  kinds: z.array(z.string()),
  more: z.string().exactOptional(),
})
type Part = z.infer<typeof Part>
const Draft = z.strictObject({ parts: z.array(Part) })
type Draft = z.infer<typeof Draft>

const word = '双重组织生活'
const me = (turn: Turn): Subject => ({ id: turn.who.id, label: turn.who.name })

/** The branch that a text names, and the words around it. */
function branchSaid(turn: Turn, text: string): { ids: string[]; words: string } {
  const all = namesOf(turn.roster)
  const [mention] = branchMentions(text, { own: all, all })
  if (mention) {
    const { match, from, to } = mention
    return { ids: match.kind === 'one' ? [match.id] : match.ids, words: text.slice(from, to) }
  }
  for (const piece of text.split(/[\s，,。；;参加]+/u)) {
    const { branch, near, rest } = branchIn(turn, piece, turn.roster.branches)
    if (branch) return { ids: [branch.id], words: piece.slice(0, piece.length - rest.length) }
    if (near.length > 0) return { ids: near.map(({ id }) => id), words: piece }
  }
  return { ids: [], words: '' }
}

const cut = (text: string, piece: string): string => (piece === '' ? text : text.replace(piece, ' '))

/** Each line, and a day behind a comma once there is a day, tells of another time. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (const line of text.split(/[\n；;]/u).map((one) => one.slice(listNumberAt(one, 0)?.end ?? 0)))
    for (const [i, clause] of line.split(/[，,]/u).entries()) {
      const goesOn = i > 0 && !(dated.test(clause) && dated.test(pieces.at(-1) ?? ''))
      if (goesOn) pieces.push(`${pieces.pop() ?? ''}，${clause}`)
      else pieces.push(clause)
    }
  return pieces.filter((one) => one.trim() !== '')
}
const dated =
  /^\s*(?:\d{1,2}月\d|\d{1,2}[./]\d|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]|昨天|前天|今天|上?周[一二三四五六日天]|\d{1,2}[日号])/u

function partIn(turn: Turn, text: string): Part {
  const day = readDay(text, daysOf(turn))
  const undated = day ? cut(text, day.words) : text
  const branch = branchSaid(turn, undated)
  const placed = cut(undated, branch.words)
  const kinds = kindsIn(placed, turn.campaign.duties.meetings.kinds)
  const more = (kinds ? placed.slice(0, kinds.start) + ' ' + placed.slice(kinds.end) : placed)
    .split(/[\s，,。；;]+/u)
    .filter(
      (piece) =>
        !/^(?:我|本人)?(?:以普通党员身份)?(?:去|在|到)?(?:参加|参与)?了?(?:的|活动|会议)?$|^(?:改一下|更正|应?该?是)$/u.test(
          piece,
        ),
    )
    .join('，')
  return {
    words: text.trim(),
    ...(day === undefined ? {} : 'problem' in day ? { doubt: dayProblem(day) } : { day: day.day.toString() }),
    branches: branch.ids,
    kinds: kinds?.names ?? [],
    ...(more === '' ? {} : { more }),
  }
}

const namesAll = ({ branches, kinds }: Part): boolean => branches.length > 0 && kinds.length > 0
const isOpen = ({ day, branches, kinds }: Part): boolean =>
  day === undefined || branches.length !== 1 || kinds.length === 0

/** The time to which a piece belongs: that of the same day, else the one that was asked about, else the only one. -1 means another one. */
function placeOf(parts: readonly Part[], piece: Part): number | undefined {
  const [branch] = piece.branches
  const fits = (one: Part | undefined): boolean =>
    one !== undefined && (branch === undefined || (one.branches[0] ?? branch) === branch)
  const open = parts.findIndex(isOpen)
  if (piece.day !== undefined || piece.doubt !== undefined) {
    const same = parts.findIndex((one) => one.day !== undefined && one.day === piece.day && fits(one))
    if (same >= 0) return same
    if (parts[open]?.day === undefined && fits(parts[open])) return open
    return parts.length === 1 && branch === undefined && piece.kinds.length === 0 ? 0 : -1
  }
  if (fits(parts[open])) return open
  if (parts.length === 1) return 0
  return parts.length === 0 || namesAll(piece) ? -1 : undefined
}

function merged(before: Part, { words, day, doubt, branches, kinds, more }: Part): Part {
  const { doubt: known, ...rest } = before
  const question = doubt ?? (day === undefined ? known : undefined)
  const others = [before.more, more].filter((one) => one !== undefined).join('，')
  return {
    ...rest,
    words: `${before.words}\n${words}`,
    branches: branches.length > 0 ? branches : before.branches,
    kinds: kinds.length > 0 ? kinds : before.kinds,
    ...(day === undefined ? {} : { day }),
    ...(question === undefined ? {} : { doubt: question }),
    ...(others === '' ? {} : { more: others }),
  }
}

function read(turn: Turn, text: string, { before }: { before: Draft }): Read<Draft> {
  const parts = [...before.parts]
  const saidNow = new Set<number>()
  for (const piece of piecesOf(text).map((one) => partIn(turn, one))) {
    const place = placeOf(parts, piece)
    if (place === undefined) return { fields: { parts }, say: `“${piece.words}”是哪一次的？请带上日期再发。` }
    const known = parts[place]
    // One message does not name two meetings of one time: the day of the second is missing.
    const isNext = known !== undefined && namesAll(known) && namesAll(piece) && saidNow.has(place)
    if (known && !isNext) parts[place] = merged(known, piece)
    else parts.push(piece)
    saidNow.add(known && !isNext ? place : parts.length - 1)
  }
  return { fields: { parts } }
}

function asks(turn: Turn, { parts }: Draft): string | undefined {
  if (parts.length === 0) return missing(turn, { words: '', branches: [], kinds: [] })
  const open = parts.filter(isOpen)
  const [first] = open
  const others = parts.length > 1 ? `${parts.length}条里还有${open.length}条要问，其余已记下。\n` : ''
  return first && `${others}${missing(turn, first)}`
}

/** The question about what one time lacks. */
function missing(turn: Turn, { words, day, doubt, branches, kinds }: Part): string {
  const which = words === '' ? '' : `“${shortened(words, 30)}”`
  if (doubt !== undefined) return `双重组织生活：${doubt}`
  const names = branches.map((id) => nameOf(turn, id))
  if (names.length > 1) return `双重组织生活${which}：是哪个支部？${names.join('、')}。请写全名。`
  const lacks = [
    day === undefined ? '日期' : '',
    names.length === 0 ? '哪个支部' : '',
    kinds.length === 0 ? `哪一种会（${turn.campaign.duties.meetings.kinds.map(({ name }) => name).join('、')}）` : '',
  ].filter(Boolean)
  return `双重组织生活${which}：${words === '' ? '请告诉我' : '已记下，还差'}${lacks.join('、')}。一条消息即可，如“4月12日 支部名 主题党日”。`
}

const rowsOf = async (turn: Turn) =>
  (await snapshotIn(turn, [participations])).kept
    .of(participations)
    .filter(({ ids, value }) => ids[1] === turn.who.id && stands(value))

const nameOf = (turn: Turn, id: string): string => {
  const branch = branchOf(turn.roster, id)
  return branch ? branchName(turn.roster, branch) : '（已不在名册的支部）'
}

async function overview(turn: Turn): Promise<string> {
  const rows = await rowsOf(turn)
  return [
    rows.length > 0 ? '您的双重组织生活记录：' : '还没有您的双重组织生活记录。',
    ...rows.map(
      ({ ids, value }) => `${dayShort(ids[2] ?? '')} ${nameOf(turn, ids[3] ?? '')} ${value.content.kinds.join('、')}`,
    ),
    '要记录请回复，一条消息即可：“双重组织生活 日期 支部 哪一种会”。',
  ].join('\n')
}

async function submit(turn: Turn, { parts }: Draft): Promise<string> {
  let changed = false
  for (const { day = '', branches, kinds, more } of parts) {
    const content = { kinds, ...(more === undefined ? {} : { more }) }
    const done = await record(turn, participations, { ids: [turn.who.id, day, branches[0] ?? ''], content })
    changed ||= done.changed
  }
  return changed ? '有变化请再说一次；记错了请回复“双重组织生活 撤销 日期 原因”。' : '与已有的记录相同，没有新版本。'
}

/** A row for each time; what is not said yet stands open. */
const shows = (turn: Turn, { parts }: Draft): string[] =>
  parts.map(({ day, branches: [branch], kinds, more }) =>
    [
      day === undefined ? '日期未写' : dayShort(day),
      branch === undefined ? '支部未写' : nameOf(turn, branch),
      kinds.length === 0 ? '会议种类未写' : kinds.join('、'),
      ...(more === undefined ? [] : [`其他：${more}`]),
    ].join(' '),
  )

async function acts(turn: Turn, text: string): Promise<boolean> {
  if (!text.startsWith('撤销')) return false
  const day = readDay(text, daysOf(turn))
  if (!day) turn.say('请说明撤销哪一天的、什么原因，如“双重组织生活 撤销 4月12日 记重了”。')
  else if ('problem' in day) turn.say(dayProblem(day))
  else await takeBack(turn, day.day.toString(), text.slice(day.end))
  return true
}

async function takeBack(turn: Turn, day: string, said: string): Promise<void> {
  const rows = (await rowsOf(turn)).filter(({ ids }) => ids[2] === day)
  const named = rows.length > 0 ? branchIn(turn, said.trim(), turn.roster.branches) : undefined
  const meant = named?.branch ? rows.filter(({ ids }) => ids[3] === named.branch?.id) : rows
  const reason = (named?.branch ? named.rest : said).replace(/^[\s，,。：:；;]+/u, '').trim()
  const words = dayShort(day)
  const [only, ...others] = meant
  if (!only) return turn.say(`没有${words}的双重组织生活记录，没有改动。已有的请回复“双重组织生活”查看。`)
  if (others.length > 0)
    return turn.say(`${words}有${meant.length}条记录，请带上支部：“双重组织生活 撤销 ${words} 支部 原因”。`)
  if (reason === '') return turn.say(`撤销要写明原因，请回复“双重组织生活 撤销 ${words} 原因”。`)
  await withdraw(turn, participations, { ids: only.ids.slice(1), reason })
  turn.say(`已撤销：${words} ${nameOf(turn, only.ids[3] ?? '')}。原因“${reason}”留在历史里，这次不再计入。`)
}

/** J10: committee members take part in a branch's life as ordinary members. */
export const participationForm: Form<Draft> = {
  name: 'participations',
  word,
  by: committeePosts,
  use: '以普通党员身份参加支部组织生活的记录',
  whose: '双重组织生活由党委书记、副书记、委员记录自己的',
  records: [participations],
  draft: Draft,
  subject: (turn, text) => Promise.resolve({ subject: me(turn), rest: text }),
  find: (turn, id) => Promise.resolve(id === turn.who.id ? me(turn) : undefined),
  overview,
  acts,
  nothing: { parts: [] },
  read,
  asks,
  shows,
  title: () => word,
  submit,
}
