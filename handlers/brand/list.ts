import type { Turn } from '../../src/bot/turn/turn.ts'
import { numberOf } from '../../src/campaign/plan/campaign.ts'
import { branchName } from '../../src/campaign/roster/roster.ts'
import type { Unit } from '../../src/forms/own-units.ts'
import { standing } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { brands, honours, recognitions, unitKey } from './records.ts'

export const allUnits = ({ roster }: Pick<Turn, 'roster'>): Unit[] => [
  ...roster.generalBranches.map(({ id, name }): Unit => ({ kind: 'general', id, name })),
  ...roster.branches.map((branch): Unit => ({ kind: 'branch', id: branch.id, name: branchName(roster, branch) })),
]

/** The brand of every unit, and the recognised units against the plan's targets. */
export async function brandList(turn: Turn): Promise<string> {
  const { kept } = await snapshotIn(turn, [brands, recognitions])
  const known = standing(kept, brands)
  const recognised = [...standing(kept, recognitions).keys()]
  const lines = allUnits(turn).flatMap((unit) => {
    const content = known.get(unitKey(unit))?.content
    const marks = honours.filter((honour) => recognised.includes(`${honour}~${unitKey(unit)}`))
    const mark = marks.length > 0 ? `【${marks.join('、')}】` : ''
    if (content) return [`${unit.name}${mark}：${content.name}（${content.stage}）${content.about}`]
    return mark === '' ? [] : [`${unit.name}${mark}`]
  })
  return [
    `一支部一品牌：已报${known.size}个单位`,
    ...lines,
    countsOf(turn, recognised),
    '要认定请回复“品牌 支部名 认定特色支部”；撤销请回复“品牌 支部名 撤销 原因”。',
  ].join('\n')
}

/** `特色支部 1/2-5、特色院系 0/1、党建品牌 0/1-2`. */
function countsOf({ campaign }: Turn, recognised: readonly string[]): string {
  return honours
    .map((honour) => {
      const from = numberOf(campaign, 'brand', `${honour}从`)
      const to = numberOf(campaign, 'brand', `${honour}到`)
      const done = recognised.filter((key) => key.startsWith(`${honour}~`)).length
      return `${honour} ${done}/${from === to ? from : `${from}-${to}`}`
    })
    .join('、')
}
