import { countsSeen, namesSeen } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { type Counts, countKinds, kindWords } from '../../src/campaign/development/read-counts.ts'
import { type Branch, branchesBelow, branchName, holds } from '../../src/campaign/roster/roster.ts'
import { standing } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { currentDay, developments } from './records.ts'

/** The sums by general branch, and who has not reported, as far as the person may see. */
export async function sums(turn: Turn): Promise<string> {
  const { roster, who, campaign } = turn
  const day = currentDay(campaign, turn.now.toPlainDate())
  const known = standing((await snapshotIn(turn, [developments])).kept, developments)
  const all = countsSeen(who).college || holds(who, 'party-school')
  const units = [
    ...roster.generalBranches.map(({ id, name }) => ({ id, name, branches: branchesBelow(roster, id) })),
    { id: 'direct', name: '直属党支部', branches: branchesBelow(roster, undefined) },
  ].filter(({ id, branches }) => (all || countsSeen(who).generalBranches.includes(id)) && branches.length > 0)
  const of = (branches: readonly Branch[]): Counts[] =>
    branches.flatMap((branch) => known.get(`${day.toString()}~${branch.id}`)?.content ?? [])
  const branches = units.flatMap((unit) => unit.branches)
  const missing = branches.filter((branch) => of([branch]).length === 0).map((branch) => branchName(roster, branch))
  const named = namesSeen(who).college || !all
  return [
    `${day.month}月发展人数：已报 ${branches.length - missing.length}/${branches.length}`,
    ...units.map(
      (unit) => `${unit.name}（${of(unit.branches).length}/${unit.branches.length}）${summed(of(unit.branches))}`,
    ),
    ...(units.length > 1 ? [`合计：${summed(of(branches)) || '还没有'}`] : []),
    ...(missing.length > 0 ? [named ? `还没报：${missing.join('、')}` : `还没报：${missing.length}个支部`] : []),
  ].join('\n')
}

/** `积极分子12、发展对象3`; empty if nothing was reported. */
function summed(counts: readonly Counts[]): string {
  const parts = countKinds.flatMap((kind) => {
    const said = counts.flatMap((one) => one[kind] ?? [])
    return said.length === 0 ? [] : [`${kindWords[kind]}${said.reduce((sum, one) => sum + one, 0)}`]
  })
  return parts.join('、')
}
