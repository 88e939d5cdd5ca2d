import type { Command } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import { readSponsor } from '../../src/campaign/reading/read-sponsor.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { branchName, holds } from '../../src/campaign/roster/roster.ts'
import { branchIn, offerNear } from '../../src/forms/branch-said.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import {
  conversionOf,
  gradeWords,
  type Lagging,
  laggingIn,
  laggingReads,
  measureWords,
  numbered,
  regradeWords,
} from './records.ts'
import { give, name } from './sponsor.ts'

const whose = ({ bands }: Campaign): string => `${bands.lowest.name}党支部的包扶和帮扶由组织部确定`

/** 后进: the lagging branches with all that is known of them. With a branch and names: its sponsor and its helper. */
export const lagging: Command = {
  word: '后进',
  called: ({ bands }) => bands.lowest.name,
  by: ['organization-department', 'committee-secretary', 'deputy-secretary'],
  use: ({ bands: { lowest } }) => `${lowest.name}党支部和转化率（${lowest.name} 支部 包扶 委员 帮扶 支部）`,
  whose,
  asks: true,
  fits: () => true,
  amid: (argument, turn) => {
    const { branch, rest } = branchIn(turn, argument, turn.roster.branches)
    return branch !== undefined && (rest.trim() === '' || readSponsor(rest) !== undefined)
  },
  run,
}

async function run(turn: Turn, argument: string): Promise<void> {
  const snapshot = await snapshotIn(turn, laggingReads)
  const all = laggingIn(snapshot)
  const lowest = turn.campaign.bands.lowest.name
  const said = argument.trim()
  const linesOf = (one: Lagging): string[] => [
    `${one.name}（第1轮 ${one.rounds[0] ? gradeWords(one.rounds[0], turn.campaign.bands) : ''}）`,
    `　包扶：${one.sponsor?.name ?? '未确定'}；帮扶：${one.helper ? branchName(turn.roster, one.helper) : '未确定'}`,
    ...measureLines(one),
    `　复评：${regradeWords(snapshot, one)}`,
  ]
  const decides = holds(turn.who, 'organization-department')
  if (!said) {
    if (all.length === 0) return turn.say(`无${lowest}党支部。`)
    const [first] = all
    const reply =
      decides && first
        ? [`请回复“${lowest} ${shortName(first.name)} 包扶 委员姓名 帮扶 支部名”；再评请回复“复评 ${lowest}”。`]
        : []
    return turn.say(
      [
        `${lowest}党支部${all.length}个，${conversionOf(snapshot, all).words}。`,
        ...all.flatMap(linesOf),
        ...reply,
      ].join('\n'),
    )
  }
  const { branch, rest, near } = branchIn(turn, said, turn.roster.branches)
  if (!branch) return offerNear(turn, near, { handler: name, action: 'look', ask: '看哪个支部' })
  const one = all.find((other) => other.branch.id === branch.id)
  if (!one)
    return turn.say(`${branchName(turn.roster, branch)}不在${lowest}党支部里（按第1轮已备案的定级），没有改动。`)
  if (!rest.trim()) return turn.say(linesOf(one).join('\n'))
  if (!decides) return turn.say(`无权确定包扶和帮扶：${whose(turn.campaign)}。`)
  const names = readSponsor(rest)
  if (!names)
    return turn.say(
      `“${rest.trim().slice(0, 40)}”没有读懂。请回复“${lowest} ${shortName(one.name)} 包扶 委员姓名 帮扶 支部名”。`,
    )
  await give(turn, branch, { said: names })
}

function measureLines({ measures }: Lagging): string[] {
  const all = numbered(measures)
  if (all.length === 0) return ['　措施：未提出']
  const done = all.filter(({ measure }) => measure.state === '已完成').length
  return [
    `　措施：已完成${done}/${all.length}`,
    ...all.map(({ number, measure }) => `　${number} ${measureWords(measure)}`),
  ]
}
