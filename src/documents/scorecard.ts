import { type Approval, approvalWords } from '../campaign/scores/approval.ts'
import { bandIn, lacking, ownTotal, type Result } from '../campaign/scores/results.ts'
import {
  appraisedItem,
  type Bands,
  exactly,
  type Item,
  itemsOf,
  leastOf,
  mostOf,
  type Rubric,
  type Scores,
} from '../campaign/scores/rubric.ts'
import { type Cell, document, attachment as heading, note, signature, table, title } from './paper.ts'

export type ScorecardPaper = {
  titles: string
  attachment: string
  branch: string
  generalBranch: string
  /** Who signs, by post. */
  signers: readonly string[]
  rubric: Rubric
  bands: Bands
  /** The round of 复评, from 2. */
  round?: number
  self?: Scores
  deciding?: Scores
  /** The deciding score, if more than the sum of this card decides it. */
  result?: Result
  /** What each level decided of it. */
  approved?: readonly Approval[]
  /** The vetoes that hold. */
  vetoes?: readonly string[]
  /** Facts shown beside the score. They never change it (J4). */
  inputs?: { appraisal?: { percent: number; source: string }; annual?: string; survey?: string }
  /** The reasons for lost points, by item number. */
  reasons?: Readonly<Record<string, string>>
}

/** The points of an item in words: `5分`, `基础20分`, `加0至10分`, `减2至10分`, `好20 较好15 …`. */
function pointsOf(item: Item): string {
  if (item.levels) return item.levels.map(({ name, points }) => `${name}${points}`).join('\n')
  if (mostOf(item) === Number.POSITIVE_INFINITY) return `基础${item.points}分`
  if (leastOf(item) < 0) return `减${item.first ?? 0}至${-leastOf(item)}分`
  return item.points === 0 ? `加0至${mostOf(item)}分` : `${item.points}分`
}

const shown = (scores: Scores | undefined, i: number): string => (scores?.[i] === undefined ? '' : String(scores[i]))

/** Attachment 1, filled in for one branch. Signature and seal stay empty (decision 10). */
export function scorecardDocument(paper: ScorecardPaper): Promise<{ name: string; data: Uint8Array }> {
  const { rubric, bands, self, deciding, inputs = {}, reasons = {}, branch, round = 1 } = paper
  const { appraisal, annual, survey } = inputs
  const rows: Cell[][] = [['项目', '具体内容', '分值', '自评', '得分']]
  // The rows of a section stay on one page, because its cell spans them and must not be torn.
  const lastOfSection = new Set<number>()
  let at = 0
  for (const section of rubric.sections) {
    for (const [i, item] of section.items.entries()) {
      const beside =
        appraisal && item === appraisedItem(rubric)
          ? `\n（群众评议满意度 ${appraisal.percent}%，来源：${appraisal.source}）`
          : ''
      const reason = reasons[item.number]
      const points = section.items.reduce((sum, one) => sum + one.points, 0)
      const share = section.share === undefined ? '' : `（占${exactly(section.share * 100)}%）`
      rows.push([
        ...(i === 0
          ? [{ text: `${section.name}${points > 0 ? `\n${points}分` : ''}${share}`, down: section.items.length }]
          : []),
        {
          text: `${item.number}. ${item.words}${beside}${reason === undefined ? '' : `\n（说明：${reason}）`}`,
          left: true,
        },
        pointsOf(item),
        shown(self, at),
        shown(deciding, at),
      ])
      at++
    }
    lastOfSection.add(at)
  }
  const most = itemsOf(rubric).map((item) => (Number.isFinite(mostOf(item)) ? mostOf(item) : item.points))
  const full = ownTotal(rubric, most).total
  const sum = (scores: Scores | undefined): string => (scores ? String(ownTotal(rubric, scores).total) : '')
  lastOfSection.delete(at)
  rows.push([{ text: `总分（${full}分）`, across: 2 }, `${full}分`, sum(self), sum(deciding)])
  const card = deciding && { scores: deciding, result: paper.result, approved: paper.approved }
  const band = card ? bandIn(card, bands) || lacking(card) : '尚未评定'
  const words = [...bands.upper, bands.lowest].map((one) => one.words).join('，')
  return document(`${branch}评分表`, [
    [
      ...heading(paper.attachment),
      ...title(paper.titles),
      note(
        `${paper.generalBranch ? `${paper.generalBranch}　` : ''}${branch}　　定级：${band}${round > 1 ? `（第${round}轮复评）` : ''}`,
      ),
      table({ widths: [12, 58, 11, 9, 10], heads: 1, rows, dense: true, together: (row) => !lastOfSection.has(row) }),
      note(`备注：${words}。`),
      ...(paper.result?.how ? [note(`计算：${paper.result.how}。`)] : []),
      ...((paper.vetoes ?? []).length > 0 ? [note(`一票否决：${(paper.vetoes ?? []).join('、')}。`)] : []),
      ...((paper.approved ?? []).length > 0
        ? [note(`审定：${(paper.approved ?? []).map(approvalWords).join('；')}。`)]
        : []),
      ...(annual === undefined ? [] : [note(`年度考核：${annual}`)]),
      ...(survey === undefined ? [] : [note(`调查摸底：${survey}`)]),
      signature(...paper.signers.map((post) => `${post}（签名）`), '（盖章）'),
    ],
  ])
}
