import { Temporal } from 'temporal-polyfill'
import { lateness } from '../../src/bot/records/deadlines.ts'
import { deedOf, doneBy } from '../../src/bot/turn/deed.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { byWords } from '../../src/campaign/calendar/ladder.ts'
import { answer, close, type Inspection, send, sendBack } from '../../src/campaign/inspection/inspection.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { wordedFor } from '../../src/campaign/roster/post-words.ts'
import { type Branch, branchName, holdersOf, holds, type Person, personOf } from '../../src/campaign/roster/roster.ts'
import { record } from '../../src/forms/record.ts'
import { tellOthers } from '../../src/forms/tell.ts'
import { dueFrom, idsOf, inspections, inspectionsOf, lineOf, mayEnd, type Numbered, sendersOf } from './records.ts'

/** The deeds on a 督查. Each reports its result and tells the other side at once. Rights are checked here. */

const about = 'meetings'
const secretariesOf = (turn: Turn, branch: Branch): Person[] =>
  holdersOf(turn.roster, 'branch-secretary', { branch: branch.id })
const dueWordsOf = (turn: Turn, due: string): string => byWords(turn.world.calendar, Temporal.PlainDate.from(due))

async function keep(
  turn: Turn,
  branch: Branch,
  { number, one, what }: Omit<Numbered, 'branch'> & { what: string },
): Promise<void> {
  await record(turn, inspections, { ids: idsOf(branch.id, number), content: one, what })
}

const tell = (turn: Turn, people: readonly Person[], text: string): Promise<void> =>
  tellOthers(turn, people, { about, text, urgent: true })

const nameOf = (turn: Turn, id: string | undefined): string => personOf(turn.roster, id)?.name ?? '别人'

/** Sends a branch a 督查. `from` is the post that gives this person the right. */
export async function sendTo(turn: Turn, branch: Branch, words: string): Promise<void> {
  const all = await inspectionsOf(turn, branch)
  const number = Math.max(0, ...all.map((each) => each.number)) + 1
  const from = holds(turn.who, 'organization-department') ? 'organization-department' : 'general-branch-secretary'
  const one = send(words, from, { due: dueFrom(turn.world, turn.now.toPlainDate(), 'answer'), sent: deedOf(turn) })
  await keep(turn, branch, { number, one, what: '督查' })
  const name = branchName(turn.roster, branch)
  const people = secretariesOf(turn, branch)
  const { worded } = turn
  const whose = from === 'organization-department' ? worded`组织部` : worded`党总支`
  await tell(
    turn,
    people,
    `督查${number}（${whose}）：${name}“${words}”。请在${dueWordsOf(turn, one.due)}答复，回复“整改 …”。`,
  )
  const nobody = people.length === 0 ? '名册里该支部没有书记，没有人收到，请另行通知。' : ''
  turn.say(`已记下：${lineOf(turn, branch, { number, one })}。${nobody}`)
}

/** Records the branch's answer and tells the sender. */
export async function answerTo(
  turn: Turn,
  branch: Branch,
  { numbered: { number, one: before }, words }: { numbered: Numbered; words: string },
): Promise<void> {
  const one = answer(before, words, deedOf(turn))
  await keep(turn, branch, { number, one, what: '整改' })
  const name = branchName(turn.roster, branch)
  const late = lateness(turn.world, Temporal.PlainDate.from(before.due), turn.now)
  const short = shortName(name)
  const which = (await inspectionsOf(turn, branch)).length > 1 ? ` ${number}` : ''
  await tell(
    turn,
    sendersOf(turn.roster, branch, one),
    `整改（督查${number}）：${name}“${words}”。${late.words}同意请回复“销号 ${short}${which}”，不同意请回复“退回 ${short}${which} 原因”。`,
  )
  turn.say(`已记下：${lineOf(turn, branch, { number, one })}。${late.words}`)
}

/** A second person is told who did it and when. */
function closedBy(turn: Turn, branch: Branch, { number, one }: Numbered): string | undefined {
  if (one.state !== 'closed' || !one.closed) return undefined
  const who = doneBy(turn, one.closed) ?? '别人'
  return `${branchName(turn.roster, branch)}的督查${number}已由${who}销号，没有再改动。`
}

const refusal = ({ campaign }: Turn, { from }: Inspection): string =>
  wordedFor(campaign)`无权办理这条督查：它由${campaign.posts[from]}发出，由发出的一方或组织部销号、退回。`

/** Closes one 督查 of a branch and tells both sides. */
export async function closeOne(turn: Turn, branch: Branch, each: Numbered): Promise<void> {
  if (!mayEnd(turn, branch, each.one)) return turn.say(refusal(turn, each.one))
  const done = closedBy(turn, branch, each)
  if (done !== undefined) return turn.say(done)
  const one = close(each.one, deedOf(turn))
  await keep(turn, branch, { number: each.number, one, what: '销号' })
  await tell(
    turn,
    [...secretariesOf(turn, branch), ...sendersOf(turn.roster, branch, one)],
    `已销号：${branchName(turn.roster, branch)}的督查${each.number}“${one.words}”。`,
  )
  turn.say(`已记下：${lineOf(turn, branch, { number: each.number, one })}。`)
}

/** Returns the answer to one 督查, with the reason. */
export async function returnOneAnswer(
  turn: Turn,
  branch: Branch,
  { each, reason }: { each: Numbered; reason: string },
): Promise<void> {
  if (!mayEnd(turn, branch, each.one)) return turn.say(refusal(turn, each.one))
  const done = closedBy(turn, branch, each)
  if (done !== undefined) return turn.say(done)
  const name = branchName(turn.roster, branch)
  if (each.one.state !== 'answered') {
    const { returned } = each.one
    const by = returned ? `已由${nameOf(turn, returned.by)}退回，` : ''
    return turn.say(`${name}的督查${each.number}${by}还没有新的答复，没有再退回。到期前会提醒支部。`)
  }
  const one = sendBack(each.one, reason, {
    due: dueFrom(turn.world, turn.now.toPlainDate(), 'again'),
    by: deedOf(turn),
  })
  await keep(turn, branch, { number: each.number, one, what: '退回' })
  await tell(
    turn,
    secretariesOf(turn, branch),
    `已退回：${name}督查${each.number}的整改。意见：“${reason}”。请在${dueWordsOf(turn, one.due)}重新答复，回复“整改 …”。`,
  )
  turn.say(`已记下：${lineOf(turn, branch, { number: each.number, one })}。`)
}
