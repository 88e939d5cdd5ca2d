import type { Temporal } from 'temporal-polyfill'
import { listed } from '../../src/bot/pushes/push-text.ts'
import { nameOfScorecard, type Said, type Snapshot } from '../../src/bot/pushes/schedule.ts'
import { gradingDeadline } from '../../src/bot/records/deadlines.ts'
import { isoOf } from '../../src/campaign/calendar/iso.ts'
import { once } from '../../src/campaign/once.ts'
import { keyIn, periodName, wordIn } from '../../src/campaign/plan/periods.ts'
import { rubricFor } from '../../src/campaign/plan/rubrics.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { wordedFor } from '../../src/campaign/roster/post-words.ts'
import {
  type Branch,
  branchName,
  givesSelfScore,
  gradersOf,
  holdersOf,
  type Person,
} from '../../src/campaign/roster/roster.ts'
import { isDone, isSelfAsked, type Scorecard, type ScoreKind, scoredBy } from '../../src/campaign/scores/scorecard.ts'
import { dueOf, namesOf } from '../../src/forms/open.ts'
import type { Owed, Owing } from '../../src/forms/owed.ts'

const about = 'grading'
const word = '评分'

const recordOf = ({ scorecards, world }: Snapshot, branch: string, kind: ScoreKind): Scorecard | undefined =>
  scorecards.get(nameOfScorecard(world.campaign, branch, kind))
/** A word with which a person looks at this period. */
const wordFor = ({ world }: Snapshot, said: string): string => wordIn(world.campaign, world.now.toPlainDate(), said)
const deadlineOf = ({ world }: Snapshot): Temporal.PlainDate => world.campaign.duties.grading.deadline

/** All branches, or those that somebody scores. */
const branchesOf = ({ world: { roster } }: Snapshot, kind: ScoreKind, who: Person | undefined): readonly Branch[] =>
  who ? scoredBy(roster, who).flatMap((one) => (one.kind === kind ? one.branch : [])) : roster.branches

/** Due by the campaign's day. For the person who gives it, two working days after a return if that is later. */
function dueFor(snapshot: Snapshot, branch: Branch, kind: ScoreKind): Pick<Owed, 'period' | 'deadline' | 'doer'> {
  const deadline = deadlineOf(snapshot)
  const own = gradingDeadline(snapshot.world, recordOf(snapshot, branch.id, 'deciding'))
  const { campaign } = snapshot.world
  const period = (day: Owed['deadline']) => keyIn(campaign, kind === 'self' ? `${isoOf(day)} self` : isoOf(day))
  const doer = own === deadline ? {} : { doer: { period: period(own), deadline: own } }
  return { period: period(deadline), deadline, ...doer }
}

/** What both kinds say to the person who gives the score. */
const asks =
  (kind: ScoreKind): Owing['asks'] =>
  (snapshot, open, person): Said => {
    const { roster, campaign } = snapshot.world
    const [first, ...more] = open
    const said = wordFor(snapshot, word)
    const of = scoredBy(roster, person).filter((one) => one.kind === kind).length
    const by = dueOf(snapshot, open)
    return {
      title: `${periodName(campaign)}${kind === 'self' ? '支部自评' : `支部评分 ${of - open.length}/${of}`}，${by}。`,
      lines: [`${kind === 'self' ? '待自评' : '待评'}：${namesOf(open)}`],
      reply: first && more.length === 0 ? `请回复“${said} ${first.name}”。` : `请回复“${said}”。`,
    }
  }

/** A score may be given from the campaign's first day on. */
const begins: Owing['begins'] = (deadline) => deadline.subtract({ years: 1 })
/** The campaign's own deadlines, and those of returned cards. */
const deadlines = once((snapshot: Snapshot): readonly Temporal.PlainDate[] => {
  const all = [deadlineOf(snapshot)]
  for (const card of snapshot.scorecards.values())
    if (card.state === 'returned') all.push(gradingDeadline(snapshot.world, card))
  return all
})
const common = { about, word, reads: [], deadlines, begins }

/** J1: every branch has its deciding score by the end of April. It is the general branch's, so a branch does not see whether it exists. */
export const decidingOwed: Owing = {
  ...common,
  owed: (snapshot, _days, who) =>
    branchesOf(snapshot, 'deciding', who).map((branch): Owed => {
      const { roster } = snapshot.world
      const { generalBranch } = branch
      const record = recordOf(snapshot, branch.id, 'deciding')
      return {
        ...dueFor(snapshot, branch, 'deciding'),
        by: gradersOf(roster, branch),
        name: branchName(roster, branch),
        ...(generalBranch === undefined ? {} : { generalBranch }),
        ...(record?.state === 'returned' ? { returned: true } : {}),
        done: isDone(record),
        superiors: generalBranch === undefined ? [] : holdersOf(roster, 'organization-department'),
      }
    }),
  asks: asks('deciding'),
  /** `软件教研室（杨晓东，已退回）`: names the person whose turn it is, unless that is the one who asks. */
  nameFor(_, { name, by, returned }, person) {
    const others = by.filter(({ id }) => id !== person.id).map((one) => one.name)
    const more = [others.join('、'), returned ? '已退回' : ''].filter(Boolean).join('，')
    return `${shortName(name)}${more ? `（${more}）` : ''}`
  },
  tells(snapshot, open): Said {
    const { campaign, roster } = snapshot.world
    const worded = wordedFor(campaign)
    const { month, day } = campaign.duties.grading.deadline
    const late = roster.generalBranches.flatMap(({ id, name }) => {
      const count = open.filter(({ generalBranch }) => generalBranch === id).length
      return count > 0 ? [`${name}${count}个`] : []
    })
    return {
      title: worded`${periodName(campaign)}支部评分${month}月${day}日已到期，还有${late.length}个党总支未评完。`,
      lines: [listed(late, '个')],
      reply: `评分情况请回复“${wordFor(snapshot, '进度')}”或“${wordFor(snapshot, '谁没交')}”。`,
    }
  },
  tellsGroup(snapshot, { owed, done, silent }): Said {
    const { campaign } = snapshot.world
    return {
      title: `支部${campaign.names.grading} ${dueOf(snapshot, owed)}，已完成 ${done}/${owed.length}。`,
      lines: silent.length > 0 ? [`还没完成：${silent.map(({ name }) => name).join('、')}`] : [],
      reply: `请各${campaign.posts['general-branch-secretary']}在与我的对话里回复“${wordFor(snapshot, word)}”。`,
    }
  },
}

/** J2: a branch's self-score, asked for as long as it matters. */
export const selfOwed: Owing = {
  ...common,
  owed(snapshot, _days, who) {
    const { roster, campaign } = snapshot.world
    return branchesOf(snapshot, 'self', who)
      .filter((branch) => givesSelfScore(roster, branch))
      .map((branch): Owed => {
        const graders = gradersOf(roster, branch)
        const self = recordOf(snapshot, branch.id, 'self')
        const deciding = recordOf(snapshot, branch.id, 'deciding')
        return {
          ...dueFor(snapshot, branch, 'self'),
          by: holdersOf(roster, 'branch-secretary', { branch: branch.id }).filter((one) => !graders.includes(one)),
          name: branchName(roster, branch),
          branch: branch.id,
          done: !isSelfAsked({ self, deciding }, rubricFor(campaign.rubrics, branch)),
          superiors: branch.generalBranch === undefined ? [] : graders,
        }
      })
  },
  /** In a branch secretary's 进度 it is done when it was given. */
  counted: (snapshot) =>
    selfOwed.owed(snapshot).map((one) => ({ ...one, done: isDone(recordOf(snapshot, one.branch ?? '', 'self')) })),
  asks: asks('self'),
  tells: (snapshot, open): Said => ({
    title: `${periodName(snapshot.world.campaign)}${open.length}个支部的自评到期未交。`,
    lines: [namesOf(open)],
    reply: `自评情况请回复“${wordFor(snapshot, '谁没交')}”。`,
  }),
}
