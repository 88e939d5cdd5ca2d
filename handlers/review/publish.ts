import { cardOf, changeCard, gradedNames } from '../../src/bot/scorecards/rounds.ts'
import { limitWords, unitsWaiting } from '../../src/bot/scorecards/waiting.ts'
import { deedOf } from '../../src/bot/turn/deed.ts'
import type { Command } from '../../src/bot/turn/handler.ts'
import { department } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { addWorkingDays } from '../../src/campaign/calendar/calendar.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { published } from '../../src/campaign/scores/filing.ts'
import { branchesSaid } from '../../src/forms/branch-said.ts'
import { eachBranch } from '../../src/forms/queue/each.ts'
import { tellGraders } from '../../src/forms/tell.ts'

/** `公示`, `公示 物流、电商`: publishes waiting results for as long as the plan says. The plan says who decides; this program does not. */
export const publishing: Command = {
  word: '公示',
  graded: true,
  by: department,
  when: ({ notice }) => notice !== undefined,
  use: ({ notice }) => `公示待审的结果（${notice?.days ?? 0}个工作日后备案；也可“公示 支部”）`,
  whose: '公示由组织部办理',
  fits: () => true,
  run,
}

async function run(turn: Turn, said: string): Promise<void> {
  const named = said.trim() && !/^(?:全部|全院|所有)$/.test(said.trim()) ? branchesSaid(turn, said) : undefined
  if (named?.left !== undefined)
    return turn.say(`“${named.left}”没有读懂是哪个支部，没有公示。请回复“公示 支部名”或“公示 全部”。`)
  const waiting = (await unitsWaiting(turn)).flatMap((unit) => unit.waiting.map(({ branch }) => branch))
  const until = addWorkingDays(turn.world.calendar, turn.now.toPlainDate(), turn.campaign.notice?.days ?? 0)
  const { approvers } = turn.campaign
  const { done: begun, not } = await eachBranch(turn, named?.branches ?? waiting, async (branch) => {
    const next = published(await cardOf(turn, branch, 'deciding'), { ...deedOf(turn), approvers, until })
    if (typeof next === 'string') return next
    await changeCard(turn, { branch, kind: 'deciding' }, { card: next, what: '公示' })
    return true
  })
  await tellGraders(turn, begun, { text: (own) => `${gradedNames(turn, own)}的结果已公示，到${dayWords(until)}。` })
  const lines = [
    begun.length > 0
      ? `已公示${begun.length}个支部，到${dayWords(until)}；期满后请回复“待审”备案。`
      : '没有新公示的支部。',
    ...(not.length > 0 ? [`没有公示：${not.map(({ name, why }) => `${name}${why}`).join('；')}。`] : []),
    ...(await limitWords(turn)).map((words) => `请注意：${words}。`),
  ]
  turn.say(lines.join('\n'))
}
