import type { Said, Snapshot } from '../../src/bot/pushes/schedule.ts'
import { ladderOf } from '../../src/campaign/plan/campaign.ts'
import { gradersOf, holdersOf } from '../../src/campaign/roster/roster.ts'
import { dueOf, namesOf } from '../../src/forms/open.ts'
import type { Owing } from '../../src/forms/owed.ts'
import { laggingIn, laggingReads, measuresDue, numbered, sponsorDue, whose } from './records.ts'

const about = 'lagging'
const lowestOf = ({ world }: Snapshot): string => world.campaign.bands.lowest.name
/** The organization department owes a sponsor and a helper for each lagging branch. */
export const sponsorsOwed: Owing = {
  about,
  reads: laggingReads,
  owed: (snapshot) =>
    laggingIn(snapshot).map((one) => {
      const deadline = sponsorDue(snapshot, one)
      return {
        ...whose(one),
        by: holdersOf(snapshot.world.roster, 'organization-department'),
        period: `sponsor ${deadline.toString()}`,
        deadline,
        done: one.sponsor !== undefined && one.helper !== undefined,
        superiors: [],
      }
    }),
  ladder: ({ world }) => ladderOf(world.campaign, 'sponsor'),
  asks: (snapshot, open): Said => ({
    title: `${lowestOf(snapshot)}党支部的包扶委员和帮扶支部，${dueOf(snapshot, open)}。`,
    lines: [`待确定：${namesOf(open)}`],
    reply: `请回复“${lowestOf(snapshot)} ${open[0]?.name ?? '支部'} 包扶 委员姓名 帮扶 支部名”。`,
  }),
}

/** The secretary of each lagging branch with a sponsor owes its measures. */
export const measuresOwed: Owing = {
  about,
  reads: laggingReads,
  owed: (snapshot) =>
    laggingIn(snapshot).flatMap((one) => {
      const deadline = measuresDue(snapshot, one)
      if (!deadline) return []
      const { roster } = snapshot.world
      return [
        {
          ...whose(one),
          by: holdersOf(roster, 'branch-secretary', { branch: one.branch.id }),
          period: `measures ${deadline.toString()}`,
          deadline,
          done: numbered(one.measures).length > 0,
          superiors: gradersOf(roster, one.branch),
        },
      ]
    }),
  ladder: ({ world }) => ladderOf(world.campaign, 'measures'),
  asks: (snapshot, open): Said => ({
    title: `整改措施，${dueOf(snapshot, open)}。`,
    lines: [namesOf(open)],
    reply: '一条消息即可：“措施 1.做什么，负责人…，…月…日前；2.…”。',
  }),
  tells: (_, open): Said => ({
    title: `整改措施已到期，还有${open.length}个支部没有提出。`,
    lines: [namesOf(open)],
    reply: '请回复“措施”查看，也可代为填写。',
  }),
}
