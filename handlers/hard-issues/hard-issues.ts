import type { Temporal } from 'temporal-polyfill'
import { Temporal as Time } from 'temporal-polyfill'
import { z } from 'zod'
import { dayOf } from '../../src/bot/clock.ts'
import { deedOf } from '../../src/bot/turn/deed.ts'
import type { Command, Handler } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { shortened } from '../../src/campaign/cut.ts'
import { type DayRules, dayProblem, readDay } from '../../src/campaign/reading/said-day.ts'
import {
  type HardIssue,
  type IssueSaid,
  isOpen,
  issueDeeds,
  issuesApart,
  ownerIn,
  readIssueDeed,
} from '../../src/campaign/reports/hard-issue.ts'
import { holdersOf, type Person, type Post, personOf } from '../../src/campaign/roster/roster.ts'
import { daysOf } from '../../src/forms/fields.ts'
import { cancels, focusIn } from '../../src/forms/focus.ts'
import { record } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { hardIssues, issueKey, issueLine, issuesIn, openFirst } from './issues.ts'
import { agendaPaper } from './paper.ts'

const office: readonly Post[] = ['party-office', 'organization-department']
const name = 'hard-issues'

const issues: Command = {
  word: '议题',
  by: office,
  use: '难点堵点问题：待上会、决定、答复',
  whose: '议题由党委办公室和组织部办理',
  digits: true,
  fits: (argument) => argument.trim() === '全部' || readIssueDeed(argument) !== undefined,
  amid: (argument) => readIssueDeed(argument)?.deed !== undefined,
  asks: true,
  run: async (turn, argument) => {
    const said = issuesApart(argument).flatMap((one) => readIssueDeed(one) ?? [])
    if (said.length === 0) return list(turn, argument.trim() === '全部')
    if (new Set(said.map(({ number }) => number)).size < said.length)
      return turn.say('有一项议题说了两次，都还没有记下。请一项只说一次。')
    turn.rest()
    for (const one of said) await act(turn, one)
  },
}

/** What was said of an issue while its deed or its words are missing, or a decision that lacks its owner or date. */
const Waiting = z.strictObject({ number: z.number(), deed: z.enum(issueDeeds).exactOptional(), words: z.string() })
const wait = (turn: Turn, said: IssueSaid): void =>
  turn.focus(name, said, { ownWords: said.deed !== undefined && said.words === '' })

/** Completes what waits. A deed is one of the words; an owner or a date completes a decision; other texts are no answer. */
async function answers(turn: Turn, text: string): Promise<boolean> {
  const waiting = focusIn(turn, name, Waiting)
  if (!waiting) return false
  if (cancels(turn, text)) return true
  const whole = completed(turn, waiting, text.trim())
  if (!whole) return false
  turn.rest()
  await act(turn, whole)
  return true
}

function completed(turn: Turn, { number, deed, words }: IssueSaid, text: string): IssueSaid | undefined {
  if (!deed) {
    const said = readIssueDeed(`${number} ${text}`)
    return said?.deed && { ...said, words: [words, said.words].filter(Boolean).join('，') }
  }
  const adds = words === '' || ownerIn(text) !== undefined || readDay(text, dayRules(turn)) !== undefined
  return adds ? { number, deed, words: words === '' ? text : `${words}，${text}` } : undefined
}
const dayRules = (turn: Turn): DayRules => daysOf(turn, { happened: false, anyTime: true })

const agenda: Command = {
  word: '议题单',
  by: office,
  use: '提交党委会的议题单',
  whose: '议题单由党委办公室和组织部领取',
  run: async (turn) => turn.sendFile({ document: agendaPaper.document, with: {} }),
}

/** J13: hard issues go to the committee meeting and come back answered. */
export const hardIssueKeeping: Handler = {
  name,
  records: [hardIssues],
  papers: [agendaPaper],
  commands: [issues, agenda],
  answers,
}

async function list(turn: Turn, whole: boolean): Promise<void> {
  const all = openFirst(issuesIn(await snapshotIn(turn, [hardIssues])))
  const shown = whole ? all : all.filter(({ issue }) => isOpen(issue))
  const [first] = all.filter(({ issue }) => isOpen(issue))
  if (shown.length === 0)
    return turn.say(all.length === 0 ? '还没有提交上来的议题。' : '没有待办的议题。已办结的请回复“议题 全部”。')
  turn.say(
    [
      `议题：待办${all.filter(({ issue }) => isOpen(issue)).length}项，共${all.length}项。`,
      ...shown.map((one) => issueLine(turn.roster, one)),
      first
        ? `请回复“议题 ${first.number} 决定 …，负责人…，…月…日前”或“议题 ${first.number} 答复 …”。`
        : '要重新办理请回复“议题 编号 退回 原因”。',
    ].join('\n'),
  )
}

async function act(turn: Turn, { number, deed, words }: IssueSaid): Promise<void> {
  const issue = (await turn.read(hardIssues, turn.campaign.id, issueKey(number)))?.content
  if (!issue) return turn.say(`没有第${number}号议题。所有议题请回复“议题 全部”。`)
  if (!deed && words === '') return turn.say(issueLine(turn.roster, { number, issue }))
  if (!deed) {
    wait(turn, { number, words })
    return turn.say(`第${number}号议题的“${shortened(words, 40)}”是决定、答复还是退回？请回复这三个词中的一个。`)
  }
  if (!words) {
    wait(turn, { number, deed, words })
    return turn.say(`请在后面写上内容，如“议题 ${number} ${deedWords[deed]} …”，或直接发内容。`)
  }
  if (issue.takenOut && !issue.decision) return turn.say(`第${number}号议题提出人已撤回，不用办理。`)
  if (deed === 'undo' && !issue.answer) return undecide(turn, number, { from: issue, reason: words })
  if (deed === 'decision') return decide(turn, number, { issue, words })
  if (deed === 'answer') return answer(turn, number, { issue, words })
  return sendBack(turn, number, { from: issue, reason: words })
}
const deedWords = { decision: '决定', answer: '答复', back: '退回', undo: '撤销' } as const

/** What somebody did to it before. A second person is told who and when, and nothing is sent again. */
function doneBefore(turn: Turn, number: number, { by, at, words }: { by: string; at: string; words: string }): void {
  const who = personOf(turn.roster, by)?.name ?? '他人'
  turn.say(
    `第${number}号议题已由${who}在${dayWords(dayOf(at))}答复：${words}。要重新办理请回复“议题 ${number} 退回 原因”。`,
  )
}

async function decide(
  turn: Turn,
  number: number,
  { issue, words }: { issue: HardIssue; words: string },
): Promise<void> {
  if (issue.answer) return doneBefore(turn, number, issue.answer)
  const day = readDay(words, dayRules(turn))
  if (day && 'problem' in day) return turn.say(`${dayProblem(day)}请再说一次“议题 ${number} 决定 …”。`)
  if (day && past(turn, day.day))
    return turn.say(`“${day.words}”已经过去了，时限应是哪一天？请再说一次“议题 ${number} 决定 …”。`)
  const owner = ownerIn(words)
  if (issue.decision?.words === words)
    return turn.say(`已记下，没有变化。\n${issueLine(turn.roster, { number, issue })}`)
  const decision = {
    ...deedOf(turn),
    words,
    ...(owner === undefined ? {} : { owner }),
    ...(day ? { due: day.day.toString() } : {}),
  }
  const next = { ...issue, decision }
  await record(turn, hardIssues, { ids: [issueKey(number)], content: next, what: '决定' })
  await tell(turn, raiserOf(turn, next), `您提出的问题“${shortened(issue.words, 60)}”，党委已决定：${words}。`)
  const lacks = [...(owner === undefined ? ['负责人'] : []), ...(day ? [] : ['时限'])]
  const more = lacks.length > 0 ? `\n没有写明${lacks.join('和')}，可直接补上，如“负责人…，…月…日前”。` : ''
  if (lacks.length > 0) wait(turn, { number, deed: 'decision', words })
  turn.say(`已记下：\n${issueLine(turn.roster, { number, issue: next })}${more}`)
}
const past = (turn: Turn, day: Temporal.PlainDate): boolean => Time.PlainDate.compare(day, turn.now.toPlainDate()) < 0

async function answer(
  turn: Turn,
  number: number,
  { issue, words }: { issue: HardIssue; words: string },
): Promise<void> {
  if (issue.answer) return doneBefore(turn, number, issue.answer)
  const next = { ...issue, answer: { ...deedOf(turn), words } }
  await record(turn, hardIssues, { ids: [issueKey(number)], content: next, what: '答复' })
  const secretaries = issue.branches.flatMap((branch) => holdersOf(turn.roster, 'branch-secretary', { branch }))
  const raiser = raiserOf(turn, issue)
  await tell(turn, raiser, `您提出的问题“${shortened(issue.words, 60)}”有答复了：${words}。`)
  for (const person of secretaries)
    if (person.id !== raiser?.id)
      await tell(turn, person, `贵支部的问题“${shortened(issue.words, 60)}”有答复了：${words}。`)
  turn.say(`已记下，已转告提出人和支部：\n${issueLine(turn.roster, { number, issue: next })}`)
}

/** Opens it again in the state before its answer. */
async function sendBack(
  turn: Turn,
  number: number,
  { from, reason }: { from: HardIssue; reason: string },
): Promise<void> {
  const { answer: given, ...issue } = from
  if (!given) return turn.say(`第${number}号议题还没有答复，不用退回。\n${issueLine(turn.roster, { number, issue })}`)
  await record(turn, hardIssues, { ids: [issueKey(number)], content: issue, what: '退回', reason })
  await tell(turn, raiserOf(turn, issue), `您提出的问题“${shortened(issue.words, 60)}”重新办理，原因：${reason}。`)
  turn.say(`已记下，重新办理：\n${issueLine(turn.roster, { number, issue })}`)
}

/** Takes a decision back. */
async function undecide(
  turn: Turn,
  number: number,
  { from, reason }: { from: HardIssue; reason: string },
): Promise<void> {
  const { decision, ...issue } = from
  if (!decision)
    return turn.say(`第${number}号议题还没有决定和答复，没有可撤销的。\n${issueLine(turn.roster, { number, issue })}`)
  await record(turn, hardIssues, { ids: [issueKey(number)], content: issue, what: '撤销', reason })
  await tell(turn, raiserOf(turn, issue), `您提出的问题“${shortened(issue.words, 60)}”的决定已撤销，原因：${reason}。`)
  turn.say(`已撤销：\n${issueLine(turn.roster, { number, issue })}`)
}

const raiserOf = (turn: Turn, { raiser }: HardIssue): Person | undefined => personOf(turn.roster, raiser)

async function tell(turn: Turn, person: Person | undefined, text: string): Promise<void> {
  if (person && person.id !== turn.who.id) await turn.tell(person, text, { about: name, urgent: true })
}
