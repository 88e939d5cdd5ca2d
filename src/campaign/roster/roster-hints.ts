import { branchesBelow, generalBranchOf, holdersOf, type Roster } from './roster.ts'

type Unit = { id: string; name: string }
/** The row of the sheet that names a unit first. */
type RowOf = (column: '党总支' | '党支部', name: string) => number | undefined

/**
 * One line for each general branch without a secretary, and one for two units that may be the same: their names differ by a word that was
 * left out (机电工程学院党总支, 机电工程党总支).
 */
export function unitHints(units: Omit<Roster, 'groups'>, rowOf: RowOf): string[] {
  const roster: Roster = { ...units, groups: [] }
  const at = (column: '党总支' | '党支部', { name }: Unit): string => {
    const row = rowOf(column, name)
    return row === undefined ? `人员 ${column}` : `人员 第${row}行 ${column}`
  }
  const hasSecretary = ({ id }: Unit): boolean =>
    holdersOf(roster, 'general-branch-secretary', { generalBranch: id }).length > 0
  const told = new Set<string>()
  const lines: string[] = []
  for (const [one, other] of likePairs(roster.generalBranches)) {
    const [doubtful, sure] = hasSecretary(one) ? [other, one] : [one, other]
    told.add(doubtful.id)
    const lacks = hasSecretary(doubtful) ? '' : '没有党总支书记，'
    lines.push(`${at('党总支', doubtful)}：“${doubtful.name}”${lacks}与“${sure.name}”名称相近，请核对是不是同一个`)
  }
  for (const general of roster.generalBranches)
    if (!hasSecretary(general) && !told.has(general.id))
      lines.push(`${at('党总支', general)}：“${general.name}”没有党总支书记，请核对`)
  for (const id of [undefined, ...roster.generalBranches.map((general) => general.id)])
    for (const [one, other] of likePairs(branchesBelow(roster, id))) {
      const place = id === undefined ? '' : `（${generalBranchOf(roster, id)?.name ?? ''}）`
      lines.push(`${at('党支部', other)}：“${other.name}”与“${one.name}”名称相近${place}，请核对是不是同一个`)
    }
  return lines
}

const suffix = /(?:党总支部?|总支部?|党支部|支部)$/
const mostLeftOut = 2
/** Characters that tell branches apart: 一支部 and 第一支部 of the same name are different branches. */
const tells = /[\d第一二三四五六七八九十A-Za-z]/

/** The pairs in which one name has one or two characters more than the other. */
function likePairs<U extends Unit>(units: readonly U[]): [U, U][] {
  const known = new Map(units.map((unit) => [unit.name.replace(suffix, ''), unit]))
  return units.flatMap((unit) =>
    shortened(unit.name.replace(suffix, '')).flatMap((short): [U, U][] => {
      const other = known.get(short)
      return other && other !== unit ? [[other, unit]] : []
    }),
  )
}

/** A name with up to two neighbouring characters left out. The name itself is included, because 党支部 and 支部 may be the difference. */
function shortened(name: string): string[] {
  const all = new Set([name])
  for (let length = 1; length <= mostLeftOut; length++)
    for (let from = 0; from + length <= name.length; from++) {
      const rest = name.slice(0, from) + name.slice(from + length)
      if (rest.length >= 3 && !tells.test(name.slice(from, from + length))) all.add(rest)
    }
  return [...all]
}
