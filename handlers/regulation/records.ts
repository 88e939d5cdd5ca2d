import { z } from 'zod'
import { type Fields, words } from '../../src/forms/fields.ts'
import { recordTable } from '../../src/forms/record.ts'

/** A proposal to revise a regulation, by field. Plan, 三（四）. */
const Proposal = z.record(z.string(), z.string())
/** Keys: campaign, person, id of the proposal. */
export const proposals = recordTable('regulation', Proposal)

export const proposalFields: Fields = {
  name: words('制度名称', { labels: ['名称', '办法名称'] }),
  block: words('堵点', { labels: ['存在问题', '问题', '空转', '障碍', '运行情况'] }),
  change: words('修改建议', { labels: ['修订建议', '修改意见', '建议修改', '建议'] }),
  basis: words('依据', { labels: ['上级依据', '政策依据', '修改依据', '根据', '参照'] }),
}

/** The form in which two names of the same regulation are equal. */
export const regulationOf = (name: string): string => name.replace(/[\s《》〈〉“”「」"']/gu, '')
