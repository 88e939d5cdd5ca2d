import { z } from 'zod'
import type { RenderedFile } from '../bot/messages/channel.ts'
import type { DocumentOrder } from '../bot/messages/message.ts'
import { nameOfLiaisonReport, nameOfScorecard, type Snapshot } from '../bot/pushes/schedule.ts'
import { snapshotOf } from '../bot/pushes/snapshot.ts'
import { Changes } from '../bot/records/changes.ts'
import type { World } from '../bot/roster/world.ts'
import { roundsInSnapshot } from '../bot/scorecards/rounds.ts'
import type { Paper } from '../bot/turn/handler.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { campaignIn, periodName } from '../campaign/plan/periods.ts'
import { rubricFor } from '../campaign/plan/rubrics.ts'
import {
  type Branch,
  branchName,
  committeePosts,
  generalBranchOf,
  holdersOf,
  holds,
  type Person,
} from '../campaign/roster/roster.ts'
import { branchEver, everName } from '../campaign/roster/roster-units.ts'
import { inputsOf } from '../campaign/scores/inputs.ts'
import { kindOfRound, shownOf } from '../campaign/scores/rounds.ts'
import { type Rubric, type Scores, totalOf } from '../campaign/scores/rubric.ts'
import { isDone } from '../campaign/scores/scorecard.ts'
import { liaisonReportsDocument } from '../documents/liaison-reports.ts'
import { scorecardDocument } from '../documents/scorecard.ts'
import { type SummaryUnit, summaryTableDocument } from '../documents/summary-table.ts'
import { summaryWorkbook } from '../documents/summary-workbook.ts'
import type { Store } from '../store/store.ts'

const Order = z.discriminatedUnion('document', [
  z.object({
    document: z.literal('scorecard'),
    with: z.object({
      branch: z.string(),
      self: z.boolean(),
      deciding: z.boolean(),
      round: z.number().default(1),
    }),
  }),
  z.object({ document: z.literal('summary-table'), with: z.object({ unit: z.string(), by: z.string() }) }),
  z.object({ document: z.literal('summary-workbook'), with: z.object({ unit: z.string(), by: z.string() }) }),
  z.object({ document: z.literal('reports'), with: z.object({ month: z.string() }) }),
])

/** Makes the documents that handlers order, from the records as they are at this moment. */
export const renderer =
  (store: Pick<Store, 'get' | 'list' | 'marks'>, world: () => Promise<World>, papers: readonly Paper[]) =>
  async (order: DocumentOrder): Promise<RenderedFile> => {
    const paper = papers.find((one) => one.document === order.document)
    const { gradingPeriod: period, ...wanted } = order.with
    const now = await world()
    const campaign = typeof period === 'number' ? campaignIn(now.campaign, period) : now.campaign
    const snapshot = await snapshotOf({ ...now, campaign }, new Changes(store), paper ? [paper] : [])
    if (paper) return paper.render(snapshot, wanted)
    const { document, with: what } = Order.parse({ ...order, with: wanted })
    if (document === 'scorecard') return scorecard(snapshot, what)
    if (document === 'reports') return liaisonReports(snapshot, what.month)
    const units = unitsOf(snapshot, what)
    const date = `${now.now.year}年${now.now.month}月${now.now.day}日`
    if (document === 'summary-workbook')
      return summaryWorkbook({
        title: campaign.titles.summaryTable,
        names: campaign.names,
        bands: campaign.bands,
        units,
        sectionSums: (scores, unit) =>
          sectionSums(
            units.find((one) => one.unit === unit),
            scores,
          ),
        date,
      })
    const college = what.unit === 'college' ? { college: campaign.college } : {}
    return summaryTableDocument({
      title: campaign.titles.summaryTable,
      names: campaign.names,
      bands: campaign.bands,
      units,
      date,
      ...college,
    })
  }

function scorecard(
  { world, scorecards }: Snapshot,
  { branch: id, self, deciding, round }: { branch: string; self: boolean; deciding: boolean; round: number },
) {
  const { campaign, roster } = world
  const branch = branchEver(roster, id)
  if (!branch) throw new Error('the branch is not in the roster any more')
  const given = deciding ? scorecards.get(nameOfScorecard(campaign, id, kindOfRound(round))) : undefined
  const own = self && round === 1 ? scorecards.get(nameOfScorecard(campaign, id, 'self')) : undefined
  const rubric = rubricFor(campaign.rubrics, branch)
  return scorecardDocument({
    titles: rubric.headings[0] ? `${periodName(campaign)}${rubric.headings[0]}` : campaign.titles.scorecard,
    attachment: campaign.names.attachments.scorecard,
    branch: branch.name,
    generalBranch: generalBranchOf(roster, branch.generalBranch ?? '')?.name ?? '',
    signers: [campaign.posts['branch-secretary'], campaign.posts['general-branch-secretary']],
    rubric,
    bands: campaign.bands,
    round,
    ...(own ? { self: own.scores } : {}),
    ...(given ? { deciding: given.scores } : {}),
    ...(given?.result ? { result: given.result } : {}),
    ...(given?.approved ? { approved: given.approved } : {}),
    ...(given?.vetoes ? { vetoes: given.vetoes } : {}),
    inputs: inputsOf(given),
    ...(given?.reasons ? { reasons: given.reasons } : {}),
  })
}

/** `rubric` is absent if the unit's branches have different ones. */
type Unit = SummaryUnit & { sections: readonly string[]; rubric?: Rubric }

/** The unit asked for, or all units of the college. Branches directly below the committee form one more unit. */
function unitsOf(snapshot: Snapshot, { unit, by }: { unit: string; by: string }): Unit[] {
  const { roster } = snapshot.world
  const direct = roster.branches.filter((branch) => branch.generalBranch === undefined)
  const all = roster.generalBranches.map((general) => {
    const [secretary] = holdersOf(roster, 'general-branch-secretary', { generalBranch: general.id })
    const branches = roster.branches.filter((branch) => branch.generalBranch === general.id)
    return { id: general.id, made: unitOf(snapshot, general.name, { branches, filler: secretary }) }
  })
  const filler = roster.people.find((person) => person.id === by)
  const more =
    direct.length > 0 ? [{ id: 'direct', made: unitOf(snapshot, '直属党支部', { branches: direct, filler }) }] : []
  return [...all, ...more].filter(({ id }) => unit === 'college' || unit === id).map(({ made }) => made)
}

function unitOf(
  snapshot: Snapshot,
  unit: string,
  { branches, filler }: { branches: readonly Branch[]; filler: Person | undefined },
): Unit {
  const { campaign, roster } = snapshot.world
  const rubric = rubricIn(campaign, branches)
  const post = filler?.seats.find((seat) => seat.post === 'general-branch-secretary') ?? filler?.seats[0]
  return {
    unit,
    filler: filler && post ? `${filler.name}　${campaign.posts[post.post]}` : '',
    phone: filler?.phone ?? '',
    ...(rubric ? { rubric } : {}),
    sections: rubric ? rubric.sections.map((section) => section.name) : [],
    rows: branches.map((branch) => {
      const card = shownOf(roundsInSnapshot(snapshot, branch))?.card
      if (card && isDone(card))
        return {
          name: branchName(roster, branch),
          scores: card.scores,
          ...(card.result ? { result: card.result } : {}),
          ...(card.approved ? { approved: card.approved } : {}),
          filed: card.state === 'filed',
        }
      return { name: branchName(roster, branch), state: card ? '已退回' : '未评分' }
    }),
  }
}

/** The rubric of some branches, or undefined if they have several. */
function rubricIn({ rubrics }: Campaign, branches: readonly Branch[]): Rubric | undefined {
  const [first = rubrics.first, ...others] = new Set(branches.map((branch) => rubricFor(rubrics, branch)))
  return others.length > 0 ? undefined : first
}

function sectionSums(unit: Unit | undefined, scores: Scores): number[] {
  let at = 0
  return (unit?.rubric?.sections ?? []).map(({ items }) => totalOf(scores.slice(at, (at += items.length))))
}

function liaisonReports({ world, liaisonReports: given }: Snapshot, month: string) {
  const { campaign, roster } = world
  const members = roster.people.flatMap((person) => {
    const post = committeePosts.find((one) => holds(person, one))
    return post ? [{ person, post }] : []
  })
  return liaisonReportsDocument({
    college: campaign.college,
    whose: campaign.posts['committee-member'],
    month: `${month.slice(0, 4)}年${Number(month.slice(5))}月`,
    members: members.map(({ person, post }) => {
      const report = given.get(nameOfLiaisonReport(month, person.id))
      const branches = (report?.branches ?? []).flatMap((id) => branchEver(roster, id) ?? [])
      return {
        name: person.name,
        post: campaign.posts[post],
        branches: branches.map((branch) => everName(roster, branch)),
        ...(report ? { report } : {}),
      }
    }),
  })
}
