import { scorecards } from '../src/bot/records/records.ts'
import { idsOfCard, roundsOf } from '../src/bot/scorecards/rounds.ts'
import type { Handler } from '../src/bot/turn/handler.ts'
import { department, maySeeScore, secretaries } from '../src/bot/turn/rights.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { core, matchBranch } from '../src/campaign/roster/names.ts'
import {
  type Branch,
  committeePosts,
  type GeneralBranch,
  holds,
  type Post,
  personOf,
  seatsOf,
} from '../src/campaign/roster/roster.ts'
import { endedBranches, everName } from '../src/campaign/roster/roster-units.ts'
import { gradeIn } from '../src/campaign/scores/results.ts'
import { type CardKind, kindOfRound } from '../src/campaign/scores/rounds.ts'
import { Scorecard } from '../src/campaign/scores/scorecard.ts'
import { branchIn, branchTapped, offerNear } from '../src/forms/branch-said.ts'
import { byMonth } from './liaison-report/month.ts'
import { reportsOfMonth } from './month-closing/month-closing.ts'

const name = 'papers'
const readers = [...department, ...secretaries, ...committeePosts]
const office: readonly Post[] = ['party-office', 'organization-department']

/** J3, J5, J7: documents to sign, and the versions of a card. */
export const papers: Handler = {
  name,
  commands: [
    {
      word: '汇总表',
      graded: true,
      by: ['general-branch-secretary', 'organization-department'],
      use: ({ names }) => names.unitTable,
      whose: '汇总表由党总支书记和组织部领取',
      fits: () => true,
      run: summaryTable,
    },
    {
      word: '评分表',
      graded: true,
      by: readers,
      use: '一个支部的评分表',
      fits: () => true,
      run: (turn, argument) => forBranch(turn, argument, 'scorecard'),
    },
    {
      word: '历史',
      graded: true,
      by: readers,
      use: '一个支部的评分版本',
      fits: () => true,
      run: (turn, argument) => forBranch(turn, argument, 'history'),
    },
    reportsOfMonth(byMonth),
    {
      word: '任务进度',
      by: office,
      use: '任务清单进展表',
      whose: '任务进度由党委办公室和组织部查看',
      run: async (turn) => turn.sendFile({ document: 'task-list', with: {} }),
    },
  ],
  async taps(turn, tap) {
    const branch = branchTapped(turn, tap)
    const { action } = tap
    if (branch && (action === 'scorecard' || action === 'history')) await showBranch(turn, branch, action)
  },
}

async function summaryTable(turn: Turn, argument: string): Promise<void> {
  const excel = /excel|表格|xlsx/i.test(argument)
  const whom = argument.replace(/excel|表格|xlsx|word|docx/gi, '').trim()
  const document = excel ? 'summary-workbook' : 'summary-table'
  const own = seatsOf(turn.who, 'general-branch-secretary').flatMap((seat) => seat.generalBranch ?? [])
  const all = holds(turn.who, 'organization-department')
  if (whom && !/^(全院|全部|所有)$/.test(whom)) {
    const match = matchBranch(whom, turn.roster.generalBranches)
    const unit = match.kind === 'one' ? turn.roster.generalBranches.find((one) => one.id === match.id) : undefined
    if (!unit)
      return turn.say(
        turn.worded`没有找到“${whom}”。可以领取：${offered(turn, all, own)
          .map((one) => one.name)
          .join('、')}。请回复“汇总表 党总支名”。`,
      )
    if (!all && !own.includes(unit.id))
      return turn.say(turn.worded`无权领取${unit.name}的汇总表，由该总支书记和组织部领取。`)
    return turn.sendFile({ document, with: { unit: unit.id, by: turn.who.id } })
  }
  if (all) return turn.sendFile({ document, with: { unit: 'college', by: turn.who.id } })
  if (whom) return turn.say(turn.worded`无权领取全院汇总表，由组织部领取。本总支的请回复“汇总表”。`)
  for (const unit of own) turn.sendFile({ document, with: { unit, by: turn.who.id } })
}

const offered = (turn: Turn, all: boolean, own: readonly string[]): GeneralBranch[] =>
  turn.roster.generalBranches.filter((one) => all || own.includes(one.id))

type BranchPaper = 'scorecard' | 'history'

/** A branch that ended, by its whole name. */
const endedNamed = ({ roster }: Turn, said: string): Branch | undefined =>
  endedBranches(roster).find(({ name }) => said !== '' && core(name) === core(said))

async function forBranch(turn: Turn, argument: string, paper: BranchPaper): Promise<void> {
  const seen = turn.roster.branches.filter((branch) => maySee(turn, branch))
  const word = paper === 'scorecard' ? '评分表' : '历史'
  const ended = endedNamed(turn, argument)
  const { branch, near } = branchIn(turn, argument, turn.roster.branches)
  const named = ended ?? branch
  if (named) return showBranch(turn, named, paper)
  const [only] = seen
  if (!argument && seen.length === 1 && only) return showBranch(turn, only, paper)
  const possible = near.filter((one) => seen.includes(one))
  offerNear(turn, possible.length > 0 ? possible : seen, {
    handler: name,
    action: paper,
    ask: `看哪个支部的${word}`,
  })
}

/** Whether this person may see anything of a branch's scores: contract, “Who sees what”. Before 备案 there may be nothing to see yet. */
const maySee = (turn: Turn, branch: Branch): boolean =>
  maySeeScore(turn.who, branch, { kind: 'self', filed: false }) ||
  maySeeScore(turn.who, branch, { kind: 'deciding', filed: true })

async function showBranch(turn: Turn, branch: Branch, paper: BranchPaper): Promise<void> {
  const full = everName(turn.roster, branch)
  if (!maySee(turn, branch)) return turn.say(turn.worded`无权查看${full}的评分。由该支部、所属党总支和组织部查看。`)
  const rounds = (await roundsOf(turn, branch)).filter(({ card }) =>
    maySeeScore(turn.who, branch, { kind: 'deciding', filed: card.state === 'filed' }),
  )
  const self = maySeeScore(turn.who, branch, { kind: 'self', filed: false })
  if (!self && rounds.length === 0) return turn.say(`${full}的评分备案后才能查看。`)
  const kinds = rounds.map(({ round }) => kindOfRound(round))
  if (paper === 'history') return history(turn, branch, self ? ['self', ...kinds] : kinds)
  turn.sendFile({
    document: 'scorecard',
    with: { branch: branch.id, self, deciding: rounds.length > 0, round: rounds.at(-1)?.round ?? 1 },
  })
}

async function history(turn: Turn, branch: Branch, kinds: readonly CardKind[]): Promise<void> {
  const lines: string[] = []
  for (const kind of kinds) {
    let before: readonly number[] = []
    for (const { at, who, what, to, reason } of await turn.history(scorecards, ...idsOfCard(turn, branch, kind))) {
      const card = Scorecard.safeParse(to)
      const by = personOf(turn.roster, who)?.name ?? '已离任'
      const score = card.success ? `，${gradeIn(card.data, turn.campaign.bands)}` : ''
      const version = card.success ? `第${card.data.version}版` : ''
      const done = what === '说明' ? '补充说明' : `${what}${nameOfKind(kind)}`
      const changed = card.success ? fromTo(before, card.data.scores) : ''
      if (card.success) before = card.data.scores
      lines.push(`${when(at)} ${by}${done}${version}${score}${changed}${reason ? `，原因：${reason}` : ''}`)
    }
  }
  const full = everName(turn.roster, branch)
  turn.say([`${full}的评分历史`, ...(lines.length > 0 ? lines : ['还没有提交过。'])].join('\n'))
}
const nameOfKind = (kind: CardKind): string => (kind === 'self' ? '自评' : kind === 'deciding' ? '评分' : '复评')
/** The differences from the version before: `，第3项5改4`. */
function fromTo(before: readonly number[], scores: readonly number[]): string {
  if (before.length !== scores.length) return ''
  const items = scores.flatMap((score, i) => (score === before[i] ? [] : [`第${i + 1}项${before[i]}改${score}`]))
  return items.length > 0 ? `，${items.join('、')}` : ''
}
const when = (iso: string): string => {
  const found = /^\d+-(\d+)-(\d+)T(\d+:\d+)/.exec(iso)
  return found ? `${Number(found[1])}月${Number(found[2])}日${found[3]}` : iso
}
