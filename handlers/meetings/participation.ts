import { z } from 'zod'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { kindsIn } from '../../src/campaign/meetings/meeting-kinds.ts'
import { dayShort } from '../../src/campaign/meetings/said-meetings.ts'
import { branchMentions } from '../../src/campaign/reading/branch-mentions.ts'
import { dayProblem, readDay, type SaidDay } from '../../src/campaign/reading/said-day.ts'
import { namesOf } from '../../src/campaign/roster/branch-names.ts'
import { branchName, branchOf, committeePosts } from '../../src/campaign/roster/roster.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { daysOf } from '../../src/forms/fields.ts'
import type { Form, Read, Subject } from '../../src/forms/form.ts'
import { record, stands, withdraw } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { participations } from './records.ts'

/** `branches` are those that may be meant, one if it is clear. `more` holds the other words. */
const Draft = z.strictObject({
  said: z.boolean(),
  day: z.string().exactOptional(),
  doubt: z.string().exactOptional(),
  branches: z.array(z.string()),
  kinds: z.array(z.string()),
  more: z.string().exactOptional(),
})
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

function read(turn: Turn, text: string, { before }: { before: Draft }): Read<Draft> {
  const day = readDay(text, daysOf(turn))
  const undated = day ? cut(text, day.words) : text
  const branch = branchSaid(turn, undated)
  const placed = cut(undated, branch.words)
  const kinds = kindsIn(placed, turn.campaign.duties.meetings.kinds)
  const left = (kinds ? placed.slice(0, kinds.start) + ' ' + placed.slice(kinds.end) : placed)
    .split(/[\s，,。；;]+/u)
    .filter((piece) => !/^(?:我|本人)?(?:以普通党员身份)?(?:去|在|到)?(?:参加|参与)?了?(?:的|活动|会议)?$/u.test(piece))
    .join('，')
  const more = [before.more, left].filter(Boolean).join('，')
  return {
    fields: {
      said: true,
      ...dayFields(before, day),
      branches: branch.ids.length > 0 ? branch.ids : before.branches,
      kinds: kinds?.names ?? before.kinds,
      ...(more === '' ? {} : { more }),
    },
  }
}
function dayFields({ day, doubt }: Draft, said: SaidDay | undefined): Pick<Draft, 'day' | 'doubt'> {
  if (said) return 'problem' in said ? { doubt: dayProblem(said) } : { day: said.day.toString() }
  return { ...(day === undefined ? {} : { day }), ...(doubt === undefined ? {} : { doubt }) }
}

function asks(turn: Turn, { said, day, doubt, branches, kinds }: Draft): string | undefined {
  if (doubt !== undefined) return `双重组织生活：${doubt}`
  const names = branches.flatMap((id) => branchOf(turn.roster, id) ?? []).map((one) => branchName(turn.roster, one))
  if (names.length > 1) return `双重组织生活：是哪个支部？${names.join('、')}。请写全名。`
  const missing = [
    day === undefined ? '日期' : '',
    names.length === 0 ? '哪个支部' : '',
    kinds.length === 0 ? `哪一种会（${turn.campaign.duties.meetings.kinds.map(({ name }) => name).join('、')}）` : '',
  ].filter(Boolean)
  if (missing.length === 0) return undefined
  return `双重组织生活：${said ? '已记下，还差' : '请告诉我'}${missing.join('、')}。一条消息即可，如“4月12日 支部名 主题党日”。`
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

async function submit(turn: Turn, { day = '', branches, kinds, more }: Draft): Promise<string> {
  const content = { kinds, ...(more === undefined ? {} : { more }) }
  const { changed } = await record(turn, participations, { ids: [turn.who.id, day, branches[0] ?? ''], content })
  return changed ? '有变化请再说一次；记错了请回复“双重组织生活 撤销 日期 原因”。' : '与已有的记录相同，没有新版本。'
}

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
  name: 'participation',
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
  nothing: { said: false, branches: [], kinds: [] },
  read,
  asks,
  shows: (turn, { day = '', branches, kinds, more }) => [
    `日期：${dayShort(day)}`,
    `支部：${nameOf(turn, branches[0] ?? '')}`,
    `参加：${kinds.join('、')}`,
    ...(more === undefined ? [] : [`其他：${more}`]),
  ],
  title: () => word,
  submit,
}
