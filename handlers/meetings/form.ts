import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { exampleKind, isWithin, kindsIn, periodEnds } from '../../src/campaign/meetings/meeting-kinds.ts'
import { type MeetingRules, MeetingSaid, presentOf, readMeetings } from '../../src/campaign/meetings/read-meetings.ts'
import {
  addMeetings,
  dayShort,
  meetingAsks,
  meetingName,
  merged,
  topicName,
} from '../../src/campaign/meetings/said-meetings.ts'
import { dayProblem, readDay } from '../../src/campaign/reading/said-day.ts'
import { type Branch, branchName } from '../../src/campaign/roster/roster.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { daysOf } from '../../src/forms/fields.ts'
import type { Form, Read, Subject, SubjectSaid } from '../../src/forms/form.ts'
import { branchesSeen, ownBranches } from '../../src/forms/own-units.ts'
import { record, stands, withdraw } from '../../src/forms/record.ts'
import { branchOverview, overview } from './overview.ts'
import { lectures, meetings } from './records.ts'

type OfBranch = Subject & { branch: Branch }
const Draft = z.strictObject({ rows: z.array(MeetingSaid) })
type Draft = z.infer<typeof Draft>

const word = '三会一课'
const subjectOf = (turn: Turn, branch: Branch): OfBranch => ({
  id: branch.id,
  label: branchName(turn.roster, branch),
  branch,
})

const rulesOf = (turn: Turn): MeetingRules => ({ kinds: turn.campaign.duties.meetings.kinds, days: daysOf(turn) })

const notOwn = (turn: Turn): string =>
  turn.worded`无权记录：三会一课由党支部书记记录本支部的，您可以回复“三会一课”看各支部还缺什么。`

async function subject(turn: Turn, text: string): Promise<SubjectSaid<OfBranch>> {
  const own = ownBranches(turn)
  const named = text === '' ? undefined : branchIn(turn, text, turn.roster.branches)
  const branch = named?.branch
  if (branch && !own.includes(branch)) {
    if (!branchesSeen(turn).includes(branch) || named.rest.trim() !== '') return { say: notOwn(turn) }
    return { say: await branchOverview(turn, branch) }
  }
  const [only] = own
  if (!only) return { say: text === '' ? await overview(turn) : notOwn(turn) }
  if (branch) return { subject: subjectOf(turn, branch), rest: named.rest }
  const mine = own.length > 1 && text !== '' ? branchIn(turn, text, own) : undefined
  if (mine?.branch) return { subject: subjectOf(turn, mine.branch), rest: mine.rest }
  return own.length > 1
    ? { among: own.map((one) => subjectOf(turn, one)), rest: text }
    : { subject: subjectOf(turn, only), rest: text }
}

/** 删除 removes the part that is being rewritten, or the meeting that was asked about. */
function read(turn: Turn, text: string, { before, part }: { before: Draft; part?: string }): Read<Draft> {
  const { rows } = before
  const asked = part === undefined ? rows.findIndex((one) => meetingAsks(one) !== undefined) : Number(part)
  if (/^\s*(?:删除|去掉|不记了)[。.]?\s*$/u.test(text))
    return asked < 0
      ? { fields: before, say: '没有要删除的，全部不要请回复“取消”。' }
      : { fields: { rows: rows.toSpliced(asked, 1) } }
  const pieces = readMeetings(text, rulesOf(turn))
  const old = part === undefined ? undefined : rows[Number(part)]
  const [first, ...more] = pieces
  if (old && first) {
    const anew = merged({ ...old, ...(first.kinds.length > 0 ? { kinds: [] } : {}) }, { ...first, labelled: true })
    return { fields: { rows: addMeetings(rows.with(Number(part), anew), more).all } }
  }
  const { all, unplaced } = addMeetings(rows, pieces)
  if (unplaced === undefined) return { fields: { rows: all } }
  return {
    fields: { rows: all },
    say: `“${unplaced}”是哪一次会的？请带上日期和会议再发，如“${rows[0] ? meetingName(rows[0]) : ''} ${unplaced}”。`,
  }
}

function asks(turn: Turn, { rows }: Draft): string | undefined {
  const example = exampleKind(turn.campaign.duties.meetings.kinds)
  if (rows.length === 0) return `请直接发记录，一条消息即可，如“4月12日${example}，应到5实到5，议题：…”。`
  const open = rows.filter((one) => meetingAsks(one) !== undefined)
  const [first] = open
  if (!first) return undefined
  const waits = rows.length > 1 ? `${rows.length}条里还有${open.length}条要问，其余已记下。\n` : ''
  return `${waits}${meetingAsks(first, example) ?? ''}`
}

/** One record for each kind of each meeting. Of two on one day, the later one in the text counts. */
type Entry = { kind: string; day: string; said: MeetingSaid }
const entriesOf = ({ rows }: Draft): Entry[] => [
  ...new Map(
    rows.flatMap((said) =>
      said.kinds.map((kind): [string, Entry] => [`${kind} ${said.day}`, { kind, day: said.day ?? '', said }]),
    ),
  ).values(),
]
/** What is not said yet stands open, so that 预览 shows every record. */
const open = '未写'
const shows = (_: Turn, draft: Draft): string[] => {
  const kindless = draft.rows.filter(({ kinds }) => kinds.length === 0)
  const entries = [
    ...entriesOf(draft),
    ...kindless.map((said) => ({ kind: `会议种类${open}`, day: said.day ?? '', said })),
  ]
  return entries.map(({ kind, day, said }) =>
    [
      `${day === '' ? `日期${open}` : dayShort(day)} ${kind} 应到${said.expected ?? open} 实到${presentOf(said) ?? open}`,
      `${topicName(kind)}：${said.topic ?? ''}`,
      ...(said.more === undefined ? [] : [`其他：${said.more}`]),
    ].join(' '),
  )
}

async function note(turn: Turn, draft: Draft, { branch }: OfBranch): Promise<string | undefined> {
  const again: string[] = []
  for (const { kind, day } of entriesOf(draft))
    if (stands(await turn.read(meetings, turn.campaign.id, branch.id, kind, day))) again.push(`${dayShort(day)}${kind}`)
  const remarks = [
    again.length > 0 ? `${again.join('、')}已有记录，提交后按这次的。` : '',
    draft.rows.some(({ unlisted }) => unlisted) ? '人员名单没有保存，只记人数。' : '',
  ].join('')
  return remarks || undefined
}

async function submit(turn: Turn, draft: Draft, { branch }: OfBranch): Promise<string> {
  const late: string[] = []
  let changed = 0
  for (const { kind, day, said } of entriesOf(draft)) {
    const rule = turn.campaign.duties.meetings.kinds.find(({ name }) => name === kind)
    const held = Temporal.PlainDate.from(day)
    const deadline = rule && periodEnds(rule, turn.campaign).find((end) => isWithin(rule, end, held))
    const content = {
      topic: said.topic ?? '',
      expected: said.expected ?? 0,
      present: presentOf(said) ?? 0,
      ...(said.more === undefined ? {} : { more: said.more }),
    }
    const done = await record(turn, meetings, {
      ids: [branch.id, kind, day],
      content,
      ...(deadline ? { deadline } : {}),
    })
    if (done.changed) changed++
    if (done.late !== '') late.push(`${dayShort(day)}${kind}${done.late}`)
  }
  if (changed === 0) return '与已有的记录相同，没有新版本。'
  return `记录${changed}条。${late.join('')}有变化请再说一次；记错了请回复“三会一课 撤销 日期和会议 原因”。`
}

/** `撤销 4月20日党员大会 当天没有开`. */
async function acts(turn: Turn, text: string): Promise<boolean> {
  const own = ownBranches(turn)
  const named = own.length > 1 ? branchIn(turn, text.replace(/^撤销\s*/u, ''), own) : undefined
  const said = text.startsWith('撤销') ? (named?.branch ? named.rest : text.replace(/^撤销\s*/u, '')) : undefined
  if (said === undefined) return false
  if (own.length === 0) {
    turn.say(notOwn(turn))
    return true
  }
  const day = readDay(said, daysOf(turn))
  const kinds = kindsIn(said, turn.campaign.duties.meetings.kinds)
  if (day && 'problem' in day) turn.say(dayProblem(day))
  else if (!day || !kinds)
    turn.say(
      `请说明撤销哪一次会、什么原因，如“三会一课 撤销 4月12日${exampleKind(turn.campaign.duties.meetings.kinds)} 记重了”。`,
    )
  else {
    const reason = said
      .slice(Math.max(day.end, kinds.end))
      .replace(/^[\s，,。：:；;]+/u, '')
      .trim()
    await takeBack(turn, named?.branch ? [named.branch] : own, { kinds: kinds.names, day: day.day.toString(), reason })
  }
  return true
}

async function takeBack(
  turn: Turn,
  branches: readonly Branch[],
  { kinds, day, reason }: { kinds: string[]; day: string; reason: string },
): Promise<void> {
  const what = `${dayShort(day)}${kinds.join('暨')}`
  const found: { branch: Branch; kind: string }[] = []
  for (const branch of branches)
    for (const kind of kinds)
      if (stands(await turn.read(meetings, turn.campaign.id, branch.id, kind, day))) found.push({ branch, kind })
  const [first] = found
  if (!first) {
    const lecture = stands(await turn.read(lectures, turn.campaign.id, turn.who.id, day))
    return turn.say(
      lecture && kinds.includes('党课')
        ? `${dayShort(day)}的党课是用“党课”记的，请回复“党课 撤销 ${dayShort(day)} 原因”。`
        : `没有${what}的记录，没有改动。已有的请回复“三会一课”查看。`,
    )
  }
  if (found.some(({ branch }) => branch !== first.branch))
    return turn.say(`几个支部都有${what}的记录，请带上支部：“三会一课 撤销 支部 ${what} 原因”。`)
  if (reason === '') return turn.say(`撤销要写明原因，请回复“三会一课 撤销 ${what} 原因”。`)
  for (const { branch, kind } of found) await withdraw(turn, meetings, { ids: [branch.id, kind, day], reason })
  turn.say(`已撤销：${branchName(turn.roster, first.branch)} ${what}。原因“${reason}”留在历史里，这次不再计入。`)
}

export const meetingForm: Form<Draft, OfBranch> = {
  name: 'meetings',
  word,
  by: [...secretaries, 'organization-department'],
  use: '支部的会议和党课记录',
  whose: '三会一课由党支部书记记录，党总支书记和组织部查看',
  records: [meetings],
  draft: Draft,
  subject,
  find: (turn, id) => {
    const branch = ownBranches(turn).find((one) => one.id === id)
    return Promise.resolve(branch && subjectOf(turn, branch))
  },
  overview,
  acts,
  nothing: { rows: [] },
  read,
  asks,
  shows,
  title: () => word,
  note,
  parts: ({ rows }) => rows.map((one, i) => ({ id: String(i), label: meetingName(one) })),
  submit,
}
