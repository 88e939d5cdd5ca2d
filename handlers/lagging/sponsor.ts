import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { roundsOf } from '../../src/bot/scorecards/rounds.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { byWords } from '../../src/campaign/calendar/ladder.ts'
import { bareName, type SaidSponsor } from '../../src/campaign/reading/read-sponsor.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import {
  type Branch,
  branchName,
  branchOf,
  committeeOf,
  gradersOf,
  holdersOf,
  type Person,
  personOf,
} from '../../src/campaign/roster/roster.ts'
import { bandIn } from '../../src/campaign/scores/results.ts'
import { newestFiled } from '../../src/campaign/scores/rounds.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { formWord } from '../../src/forms/drafts.ts'
import { cancels, focusIn } from '../../src/forms/focus.ts'
import { record } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { laggingReads, measuresDue, type Sponsorship, sponsorshipOf, sponsorships } from './records.ts'

export const name = 'lagging'

/** A name that was asked back, and what else is known (ids). */
const Focus = z.strictObject({
  branch: z.string(),
  asks: z.enum(['sponsor', 'helper']),
  sponsor: z.string().exactOptional(),
  helper: z.string().exactOptional(),
  /** The helper was named, but is not looked up yet. */
  saidHelper: z.string().exactOptional(),
})
type Focus = z.infer<typeof Focus>

/** Gives a lagging branch a sponsor, a helping branch, or both. If a name is not possible, it asks back and writes nothing. */
export async function give(
  turn: Turn,
  branch: Branch,
  { said, known = {} }: { said: SaidSponsor; known?: Omit<Sponsorship, 'since'> },
): Promise<void> {
  const found = said.sponsor === undefined ? undefined : sponsorNamed(turn, said.sponsor)
  if (typeof found === 'string') {
    const saidHelper = said.helper === undefined ? {} : { saidHelper: said.helper }
    return askBack(turn, { branch: branch.id, asks: 'sponsor', ...known, ...saidHelper }, found)
  }
  const sponsor = found ? { sponsor: found.id } : {}
  const helper = said.helper === undefined ? undefined : await helperNamed(turn, branch, said.helper)
  if (typeof helper === 'string')
    return askBack(turn, { branch: branch.id, asks: 'helper', ...known, ...sponsor }, helper)
  await write(turn, branch, { ...known, ...sponsor, ...(helper ? { helper: helper.id } : {}) })
}

function askBack(turn: Turn, focus: Focus, sentence: string): void {
  turn.focus(name, focus)
  turn.say(sentence)
}

/** Takes the name that was asked back. */
export async function answerName(turn: Turn, text: string): Promise<boolean> {
  const focus = focusIn(turn, name, Focus)
  const branch = branchOf(turn.roster, focus?.branch ?? '')
  if (!focus || !branch) return false
  if (cancels(turn, text)) return true
  if (formWord(text) !== undefined) return false
  const { asks, saidHelper, sponsor, helper } = focus
  turn.rest()
  const said =
    asks === 'sponsor'
      ? { sponsor: bareName(text), ...(saidHelper === undefined ? {} : { helper: saidHelper }) }
      : { helper: text.trim() }
  await give(turn, branch, {
    said,
    known: {
      ...(sponsor === undefined ? {} : { sponsor }),
      ...(helper === undefined ? {} : { helper }),
    },
  })
  return true
}

/** A member of the committee, or the sentence that asks for one. */
function sponsorNamed(turn: Turn, said: string): Person | string {
  const members = committeeOf(turn.roster)
  const [one, ...more] = members.filter((member) => member.name === said)
  if (one && more.length === 0) return one
  const names = members.map((member) => member.name).join('、')
  if (one) return `党委里有几位“${said}”，名册里要能分开，请在名册里写明后再说。`
  return turn.worded`“${said}”不是党委书记、副书记或委员，不能包扶，没有记下。应是哪一位？可选：${names}。`
}

/** An advanced branch of any general branch, or the sentence that asks for one. */
async function helperNamed(turn: Turn, branch: Branch, said: string): Promise<Branch | string> {
  const { branch: helper, near } = branchIn(turn, said, turn.roster.branches)
  const [first] = turn.campaign.bands.upper
  const again = '应由哪个支部帮扶？请直接回复支部名。'
  if (!helper) {
    const names = near.map((one) => branchName(turn.roster, one)).join('、')
    return `没有找到支部“${said.slice(0, 40)}”${names ? `，是不是${names}` : ''}，没有记下。${again}`
  }
  const full = branchName(turn.roster, helper)
  if (helper.id === branch.id) return `${full}不能帮扶自己，没有记下。${again}`
  const newest = newestFiled(await roundsOf(turn, helper))
  const band = newest && bandIn(newest.card, turn.campaign.bands)
  if (band === first?.name) return helper
  return `${full}${band === undefined ? '还没有备案的定级' : `定级为${band}`}，帮扶支部应是${first?.name ?? ''}党支部，没有记下。${again}`
}

async function write(turn: Turn, branch: Branch, given: Omit<Sponsorship, 'since'>): Promise<void> {
  const before = sponsorshipOf(await snapshotIn(turn, laggingReads), branch)
  const since = before.since ?? (given.sponsor === undefined ? undefined : turn.now.toPlainDate().toString())
  const content = { ...before, ...given, ...(since === undefined ? {} : { since }) }
  const { changed } = await record(turn, sponsorships, { ids: [branch.id], content, what: '包扶' })
  const words = sponsorWords(turn, content)
  const full = branchName(turn.roster, branch)
  turn.say(changed ? `已记下：${full}，${words}。已告诉有关各方。` : `已记下，没有变化：${full}，${words}。`)
  if (changed) await tellAll(turn, branch, { given: content, since })
}

function sponsorWords({ roster }: Turn, { sponsor, helper }: Sponsorship): string {
  const helping = branchOf(roster, helper ?? '')
  return [
    `包扶：${personOf(roster, sponsor)?.name ?? '未确定'}`,
    `帮扶：${helping ? branchName(roster, helping) : '未确定'}`,
  ].join('，')
}

/** Tells the sponsor, both secretaries and the general branch, each once. */
async function tellAll(
  turn: Turn,
  branch: Branch,
  { given, since }: { given: Sponsorship; since: string | undefined },
): Promise<void> {
  const { roster, world } = turn
  const full = branchName(roster, branch)
  const head = `${turn.campaign.bands.lowest.name}党支部${full}，${sponsorWords(turn, given)}。`
  const snapshot = await snapshotIn(turn, laggingReads)
  const due = since === undefined ? undefined : measuresDue(snapshot, { since: Temporal.PlainDate.from(since) })
  const tell: [readonly Person[], string][] = [
    [
      holdersOf(roster, 'branch-secretary', { branch: branch.id }),
      due ? `请在${byWords(world.calendar, due)}提出整改措施，回复“措施 1.…，负责人…，…前；2.…”。` : '',
    ],
    [
      roster.people.filter(({ id }) => id === given.sponsor),
      `进展请写进每月的联系支部报告；措施请回复“措施 ${shortName(full)}”查看。`,
    ],
    [
      given.helper === undefined ? [] : holdersOf(roster, 'branch-secretary', { branch: given.helper }),
      `措施请回复“措施 ${shortName(full)}”查看。`,
    ],
    [gradersOf(roster, branch), `措施请回复“措施 ${shortName(full)}”查看。`],
  ]
  const told = new Set([turn.who.id])
  for (const [people, reply] of tell)
    for (const person of people) {
      if (told.has(person.id)) continue
      told.add(person.id)
      await turn.tell(person, `${head}${reply}`, { about: name })
    }
}
