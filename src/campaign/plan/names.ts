import type { CampaignFile } from './campaign-file.ts'

/** The plan's names for things, as papers, lists and reminders use them. */
export type Names = {
  /** The grading of branches: 分类定级, 评星. */
  grading: string
  /** The summary tables of one unit and of the college, without `×××（党总支）`: 分类定级汇总表, 党支部分类定级汇总表. */
  unitTable: string
  collegeTable: string
  /** The places of the forms in the plan: 附件1, 附表2. Empty if the plan does not say. */
  attachments: { scorecard: string; summaryTable: string; taskList: string }
}

/** The blank for a unit's name in a title: `×××（党总支）`. */
export const placeholder = /^[×xX＿_]+(?:（[^（）]{0,20}）)?/
const attached = /附[件表录]\s*[\d一二三四五六七八九十]{0,3}/

/** The names that a campaign file gives. */
export function namesOf({ rubric, summaryTable, taskList, duties }: CampaignFile): Names {
  const collegeTable = summaryTable.title.replace(placeholder, '')
  const unitTable = collegeTable.replace(/^党?支部/, '')
  const attachmentIn = (source = ''): string => attached.exec(source)?.[0] ?? ''
  return {
    grading: duties.grading.name ?? unitTable.replace(/汇总表?$/, ''),
    unitTable,
    collegeTable,
    attachments: {
      scorecard: attachmentIn(rubric.total.source),
      summaryTable: attachmentIn(summaryTable.source),
      taskList: attachmentIn(taskList.tasks[0]?.source),
    },
  }
}
