import { describe, expect, it } from 'vitest'
import { replyWith } from '../../handlers/first-day.ts'
import { holds } from '../../src/campaign/roster/roster.ts'
import { campaignOf, changed, otherCollege } from '../campaign/campaign-files.ts'
import { rows } from '../campaign/invented-college.ts'
import { anyPlan, rosterOf } from '../support/any-plan.ts'
import { rosterWorkbook } from '../support/roster-workbook.ts'
import { sampleOf } from './sample.ts'

/** A plan whose third item has 3 points, in steps of 1.5, so that neither 4 points nor 1 point off can be given. */
async function oddPlan() {
  const item = (section: number, at: number) => ['rubric', 'sections', section, 'items', at, 'points']
  const campaign = campaignOf(
    changed(otherCollege, [
      [['rubric', 'step'], { points: 1.5, decision: '1.5分一档' }],
      ...[0, 1, 2, 3].flatMap((section) => [0, 1, 2].map((at) => [item(section, at), 9] as const)),
      [item(0, 2), 3],
      [item(3, 2), 27],
      ...[108, 96, 72].map((from, i) => [['bands', i, 'from'], from] as const),
    ]),
  )
  const people = rows(`
何立 二级党组织书记 工学院党委  heli d6
周琳 支部书记 工学院党委 机电系党支部 zhoulin d7
陈组织 组织人事部   chenzuzhi d3
`)
  const roster = rosterOf(await rosterWorkbook({ people }), campaign)
  return { campaign, roster, at: (now: string) => anyPlan(campaign, roster, now) }
}

const plans = [
  ...['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((letter) => ({ letter, plan: async () => sampleOf(letter) })),
  { letter: 'with a third item of 3 points in steps of 1.5', plan: oddPlan },
]

describe('what the bot gives as an example can be typed as it stands', () => {
  it.each(plans)('plan $letter', async ({ plan }) => {
    const { campaign, roster, at } = await plan()
    const { on } = await at(`${campaign.duties.grading.deadline.subtract({ days: 20 }).toString()} 10:00`)
    const grader = roster.people.find((one) => holds(one, 'general-branch-secretary') && one.accounts.wecom)
    if (!grader) throw new Error('nobody grades')
    const [, first = ''] = /回复“(.*?)”/.exec(replyWith({ roster, campaign }, grader)) ?? []
    const says = (text: string): Promise<string> => on('wecom', grader.name, text)
    let whole = await says(first)
    for (let i = 0; i < 3 && whole.includes('要写依据'); i++)
      whole = await says(`${/请发“(.*?)…”/.exec(whole)?.[1] ?? ''}抽查记录`)
    expect(whole).toMatch(/请回复“提交”/)
    const [, correction = ''] = /或“(第.*?)”这样的话/.exec(whole) ?? []
    expect(await says(correction)).toMatch(/请回复“提交”|写依据/)
  })
})
