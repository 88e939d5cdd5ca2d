import { rubricOf } from '../../src/bot/scorecards/results.ts'
import { cardOf, changeCard, gradedName, shortGradedName } from '../../src/bot/scorecards/rounds.ts'
import { limitWords, unitsWaiting, type WaitingCard } from '../../src/bot/scorecards/waiting.ts'
import { deedOf } from '../../src/bot/turn/deed.ts'
import type { Command, Handler, Tap } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import { readApproval } from '../../src/campaign/reading/read-approval.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { type Branch, holdersOf, holds } from '../../src/campaign/roster/roster.ts'
import { type Approver } from '../../src/campaign/scores/approval.ts'
import { approve, awaitedOf, awaits } from '../../src/campaign/scores/filing.ts'
import { bandIn, capOf, gradeIn } from '../../src/campaign/scores/results.ts'
import { branchesSaid } from '../../src/forms/branch-said.ts'
import { byReason, eachBranch } from '../../src/forms/queue/each.ts'
import { type Place, showTable, stampOf, type Tabled } from '../../src/forms/queue/table.ts'
import { tellGraders, tellOthers } from '../../src/forms/tell.ts'
import { giveBackFrom } from '../review/act.ts'

/** The decisions of the levels above the grader on a submitted result, one after another, before 公示 and 备案. */

const name = 'approve'
const sample = (branch: string): string => `“审定 ${branch} 同意”“审定 ${branch} 等级 理由”或“审定 ${branch} 退回 原因”`

const approving: Command = {
  word: '审定',
  graded: true,
  by: (person, { campaign }) => campaign.approvers.some(({ by }) => holds(person, by)),
  when: ({ approvers }) => approvers.length > 0,
  use: ({ approvers }) =>
    `${approvers.map((one) => one.name).join('、')}审定评分结果（审定 支部 同意；也可“审定 全部 同意”）`,
  whose: (campaign) => `${campaign.approvers.map((one) => whoseWords(one, campaign)).join('，')}`,
  fits: () => true,
  run,
}

export const approvalKeeping: Handler = { name, commands: [approving], taps }

/** `党委的审定由组织部办理`. */
const whoseWords = ({ name: level, by }: Approver, { posts }: Campaign): string => `${level}的审定由${posts[by]}办理`

const levelsOf = ({ campaign, who }: Turn): Approver[] => campaign.approvers.filter(({ by }) => holds(who, by))
/** The results that wait for a level, in the roster's order. */
const waitingFor = async (turn: Turn, approver: Approver): Promise<Place<WaitingCard>> => ({
  id: String(turn.campaign.approvers.indexOf(approver)),
  name: approver.name,
  waiting: (await unitsWaiting(turn))
    .flatMap(({ waiting }) => waiting)
    .filter(({ card }) => awaits(card, approver, turn.campaign.approvers)),
})

const tabled: Tabled<WaitingCard> = {
  handler: name,
  all: { action: 'agree', text: '全部同意' },
  stamp: ({ branch, card }) => `${branch.id} ${card.version} ${card.approved?.at(-1)?.at ?? ''}`,
  line: (turn, one) => `${shortName(one.name)} ${gradeIn(one.card, turn.campaign.bands)}`,
}

/** `审定`, `审定 党委`, `审定 全部 同意`, `审定 物流、电商 四星 理由`. */
async function run(turn: Turn, argument: string): Promise<void> {
  const text = argument.trim()
  const level = turn.campaign.approvers.find((one) => text === one.name || text.startsWith(`${one.name} `))
  if (level && !holds(turn.who, level.by)) return turn.say(`无权审定：${whoseWords(level, turn.campaign)}。`)
  const said = level ? text.slice(level.name.length).trim() : text
  const own = levelsOf(turn)
  if (!said) return overview(turn, level ? [level] : own, '')
  const [only, ...more] = level ? [level] : own
  if (!only || more.length > 0)
    return turn.say(`请说明是哪一级的审定，如${own.map((one) => `“审定 ${one.name} 支部 同意”`).join('、')}。`)
  const all = /^(?:全部|全院|所有)(?=\s|同意|$)/u.exec(said)
  const waiting = all ? (await waitingFor(turn, only)).waiting.map(({ branch }) => branch) : []
  const named = all ? { branches: waiting, left: said.slice(all[0].length).trim() } : branchesSaid(turn, said)
  if (all && waiting.length === 0) return overview(turn, [only], '')
  if (named.branches.length === 0)
    return turn.say(`“${named.left ?? said}”没有读懂是哪个支部，没有记下。请回复${sample('支部')}。`)
  await decide(turn, only, { branches: named.branches, said: named.left ?? '' })
}

async function decide(
  turn: Turn,
  approver: Approver,
  { branches, said }: { branches: readonly Branch[]; said: string },
): Promise<void> {
  const { bands, starts, ends } = turn.campaign
  const today = turn.now.toPlainDate()
  const read = readApproval(said, bands, { today, starts, ends, happened: true })
  const [first] = branches
  const example = first && branches.length === 1 ? shortGradedName(turn, first) : '支部'
  if (read.kind === 'unread') {
    if (!read.why) return turn.say(`请说明${approver.name}怎样审定${example}，回复${sample(example)}。`)
    return turn.say(`${read.why.replace(/[。？]$/, '')}，没有记下。请回复${sample(example)}。`)
  }
  if (read.kind === 'back') return backSaid(turn, approver, { branches, reason: read.reason })
  const what = read.kind === 'band' ? { band: read.band, reason: read.reason } : { reason: '' }
  const lines = await record(turn, approver, { branches, on: (read.on ?? today).toString(), ...what })
  turn.say(lines.join('\n'))
}

type Said = { branches: readonly Branch[]; on: string; band?: string; reason: string }

/**
 * Records the decision for each branch that waits. Returns one line about what was done, one about what was not, and what the plan does not
 * allow.
 */
async function record(turn: Turn, approver: Approver, { branches, ...said }: Said): Promise<string[]> {
  const { approvers, bands } = turn.campaign
  const { done, not } = await eachBranch(turn, branches, async (branch) => {
    const card = await cardOf(turn, branch, 'deciding')
    const cap = capOf(rubricOf(turn, branch), bands, card?.vetoes)
    const next = approve(card, { approver, approvers, bands, cap, ...said, ...deedOf(turn) })
    if (typeof next === 'string') return next
    const reason = next.approved?.at(-1)?.reason
    const why = reason === undefined ? {} : { reason }
    await changeCard(turn, { branch, kind: 'deciding' }, { card: next, what: `${approver.name}审定`, ...why })
    if (reason !== undefined)
      await tellGraders(turn, [branch], {
        text: () => `${gradedName(turn, branch)}经${approver.name}审定，改定为${bandIn(next, bands)}：${reason}。`,
      })
    return true
  })
  await tellNext(turn, done)
  const named = done.length === 1 && done[0] ? await grade(turn, done[0]) : `${done.length}个支部`
  return [
    done.length > 0 ? `已记下${approver.name}审定：${named}。${await nextWords(turn, done)}` : '这次没有记下审定。',
    ...byReason(not).map((words) => `${words}。`),
    ...(await limitWords(turn)).map((words) => `请注意：${words}。`),
  ]
}

async function grade(turn: Turn, branch: Branch): Promise<string> {
  const card = await cardOf(turn, branch, 'deciding')
  return card ? `${shortGradedName(turn, branch)} ${gradeIn(card, turn.campaign.bands)}` : ''
}

/** Who acts next after a level's decision: the next level, or else the organization department. */
async function nextOf(turn: Turn, [first]: readonly Branch[]): Promise<{ approver?: Approver; word: string }> {
  const card = first && (await cardOf(turn, first, 'deciding'))
  const approver = card && awaitedOf(card, turn.campaign.approvers)
  return approver ? { approver, word: '审定' } : { word: turn.campaign.notice ? '公示' : '待审' }
}

async function nextWords(turn: Turn, done: readonly Branch[]): Promise<string> {
  const { approver, word } = await nextOf(turn, done)
  if (approver) return `下一步由${approver.name}审定。`
  return holds(turn.who, 'organization-department') ? `下一步请回复“${word}”。` : turn.worded`下一步由组织部办理。`
}

async function tellNext(turn: Turn, done: readonly Branch[]): Promise<void> {
  if (done.length === 0) return
  const { approver, word } = await nextOf(turn, done)
  const text = `${done.length}个支部的结果等${approver ? `${approver.name}审定` : word === '公示' ? '公示' : '备案'}，请回复“${word}”。`
  await tellOthers(turn, holdersOf(turn.roster, approver?.by ?? 'organization-department'), { about: 'approval', text })
}

async function backSaid(
  turn: Turn,
  approver: Approver,
  { branches, reason }: { branches: readonly Branch[]; reason: string },
): Promise<void> {
  const [branch, ...more] = branches
  if (!branch || more.length > 0) return turn.say('请一个一个退回，各写原因，如“审定 支部 退回 原因”。')
  const short = shortGradedName(turn, branch)
  if (!reason) return turn.say(`退回${short}要写明原因，请回复“审定 ${short} 退回 原因”。`)
  const card = await cardOf(turn, branch, 'deciding')
  if (!awaitedHere(turn, approver, card)) return turn.say(`${short}不在等${approver.name}审定，没有退回。`)
  const outcome = await giveBackFrom(turn, branch, { version: card?.version ?? 0, reason, whose: approver.name })
  turn.say(`${'done' in outcome ? outcome.done : outcome.instead}。`)
}

/** Whether it waits for this level, or was decided by it and is not filed. */
const awaitedHere = (turn: Turn, approver: Approver, card: WaitingCard['card'] | undefined): boolean =>
  awaits(card, approver, turn.campaign.approvers) ||
  (card?.state === 'submitted' && (card.approved ?? []).some((one) => one.name === approver.name))

/** What waits for the person's levels: the first with something as a table with 全部同意, the others as one line each. */
async function overview(turn: Turn, levels: readonly Approver[], done: string): Promise<void> {
  const all: Place<WaitingCard>[] = []
  for (const level of levels) all.push(await waitingFor(turn, level))
  const [place, ...more] = all.filter(({ waiting }) => waiting.length > 0)
  const before = done ? `${done}。` : ''
  if (!place)
    return turn.show({
      title: '审定',
      text: `${before}目前没有等${levels.map((one) => one.name).join('、')}审定的评分。`,
    })
  for (const words of await limitWords(turn)) turn.say(`请注意：${words}。`)
  for (const one of more) turn.say(`另有${one.waiting.length}个等${one.name}审定，请回复“审定 ${one.name}”。`)
  const title = `${place.name}审定 ${place.waiting.length}个支部`
  const after = `\n也可回复${sample(shortName(place.waiting[0]?.name ?? '支部'))}。`
  showTable(turn, tabled, { place, title, head: title, before, after })
}

/** 全部同意 decides what was shown. If that has changed, it is shown again. */
async function taps(turn: Turn, { action, args }: Tap): Promise<void> {
  const level = turn.campaign.approvers[Number(args[0])]
  if (!level || action !== 'agree') return overview(turn, levelsOf(turn), '')
  if (!holds(turn.who, level.by)) return turn.say(`无权审定：${whoseWords(level, turn.campaign)}。`)
  const place = await waitingFor(turn, level)
  if (place.waiting.length === 0 || stampOf(tabled, place) !== args[1])
    return overview(turn, [level], '等审定的评分有变化，没有记下')
  const branches = place.waiting.map(({ branch }) => branch)
  const lines = await record(turn, level, { branches, on: turn.now.toPlainDate().toString(), reason: '' })
  turn.show({ title: `${level.name}审定`, text: lines.join('\n') })
}
