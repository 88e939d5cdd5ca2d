import { z } from 'zod'
import { secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import {
  LectureSaid as Fields,
  type LectureSaid,
  lectureAsks,
  mergedLecture,
  readLecture,
} from '../../src/campaign/meetings/read-lecture.ts'
import { dayShort } from '../../src/campaign/meetings/said-meetings.ts'
import { branchMentions } from '../../src/campaign/reading/branch-mentions.ts'
import { dayProblem, readDay } from '../../src/campaign/reading/said-day.ts'
import { namesOf } from '../../src/campaign/roster/branch-names.ts'
import { committeePosts } from '../../src/campaign/roster/roster.ts'
import { daysOf } from '../../src/forms/fields.ts'
import type { Form, Subject } from '../../src/forms/form.ts'
import { ownBranches } from '../../src/forms/own-units.ts'
import { record, stands, withdraw } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { lectures } from './records.ts'

const Draft: z.ZodType<LectureSaid> = Fields
const me = (turn: Turn): Subject => ({ id: turn.who.id, label: turn.who.name })

/** The branches whose 党课 it is as well: a named branch, or else all of which the lecturer is secretary. */
function branchesOf(turn: Turn, { words }: LectureSaid): string[] {
  const own = ownBranches(turn)
  const named = branchMentions(words, { own: namesOf(turn.roster, own), all: namesOf(turn.roster) }).flatMap(
    ({ match }) => (match.kind === 'one' ? [match.id] : []),
  )
  const meant = own.filter(({ id }) => named.includes(id))
  return (meant.length > 0 ? meant : own).map(({ id }) => id)
}

async function overview(turn: Turn): Promise<string> {
  const { kept } = await snapshotIn(turn, [lectures])
  const mine = kept.of(lectures).filter(({ ids, value }) => ids[1] === turn.who.id && stands(value))
  return [
    mine.length > 0 ? '您讲过的党课：' : '还没有您讲党课的记录。',
    ...mine.map(
      ({ ids, value: { content } }) =>
        `${dayShort(ids[2] ?? '')} ${content.occasion}《${content.title.replace(/[《》]/gu, '')}》听课${content.listeners}人`,
    ),
    '要记录请回复，一条消息即可：“党课 6月1日 在党校讲“…”，听课40人”。',
  ].join('\n')
}

async function submit(turn: Turn, said: LectureSaid): Promise<string> {
  const { day = '', occasion = '', title = '', listeners = 0, more } = said
  const branches = branchesOf(turn, said)
  const content = { occasion, title, listeners, branches, ...(more === undefined ? {} : { more }) }
  const { changed } = await record(turn, lectures, { ids: [turn.who.id, day], content })
  if (!changed) return '与已有的记录相同，没有新版本。'
  return `${branches.length > 0 ? '同时算作支部本季度的党课，不用再记。' : ''}有变化请再说一次；记错了请回复“党课 撤销 日期 原因”。`
}

async function acts(turn: Turn, text: string): Promise<boolean> {
  if (!text.startsWith('撤销')) return false
  const day = readDay(text, daysOf(turn))
  if (!day) turn.say('请说明撤销哪一天的党课、什么原因，如“党课 撤销 6月1日 记重了”。')
  else if ('problem' in day) turn.say(dayProblem(day))
  else {
    const words = dayShort(day.day.toString())
    const reason = text
      .slice(day.end)
      .replace(/^[\s，,。：:；;]*(?:的?党课)?[\s，,。：:；;]*/u, '')
      .trim()
    const before = await turn.read(lectures, turn.campaign.id, turn.who.id, day.day.toString())
    if (!stands(before)) turn.say(`没有${words}的党课记录，没有改动。已有的请回复“党课”查看。`)
    else if (reason === '') turn.say(`撤销要写明原因，请回复“党课 撤销 ${words} 原因”。`)
    else {
      await withdraw(turn, lectures, { ids: [turn.who.id, day.day.toString()], reason })
      turn.say(`已撤销：${words}党课“${before.content.title}”。原因“${reason}”留在历史里，这次不再计入。`)
    }
  }
  return true
}

/** J12: members and secretaries give lectures. A secretary's lecture is also the branch's 党课 of the quarter (R3). */
export const lectureForm: Form<LectureSaid> = {
  name: 'lecture',
  word: '党课',
  by: [...committeePosts, ...secretaries],
  use: '讲党课的记录',
  whose: '党课由党委委员和各书记记录自己讲的',
  records: [lectures],
  draft: Draft,
  subject: (turn, text) => Promise.resolve({ subject: me(turn), rest: text }),
  find: (turn, id) => Promise.resolve(id === turn.who.id ? me(turn) : undefined),
  overview,
  acts,
  nothing: { words: '' },
  read: (turn, text, { before }) => ({ fields: mergedLecture(before, readLecture(text, daysOf(turn))) }),
  asks: (_, fields) => lectureAsks(fields),
  shows: (turn, said) => [
    `日期：${dayShort(said.day ?? '')}`,
    `场合：${said.occasion ?? ''}`,
    `题目：${said.title ?? ''}`,
    `听课：${said.listeners ?? 0}人`,
    ...(said.more === undefined ? [] : [`其他：${said.more}`]),
    ...(branchesOf(turn, said).length > 0 ? ['同时算作支部本季度的党课。'] : []),
  ],
  title: () => '党课',
  async note(turn, { day = '' }) {
    const before = await turn.read(lectures, turn.campaign.id, turn.who.id, day)
    return stands(before) ? `${dayShort(day)}已有党课“${before.content.title}”，提交后按这次的。` : undefined
  },
  submit,
}
