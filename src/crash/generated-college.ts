import type { Branch, GeneralBranch, Group, Person, Post, Roster, Seat } from '../campaign/roster/roster.ts'

const perGeneralBranch = 4
const perMember = 4

/**
 * An invented college with `count` branches, always the same one: four branches to a general branch, one liaison member to four branches.
 */
export function generatedCollege(count: number): Roster {
  const generalBranches: GeneralBranch[] = Array.from({ length: Math.ceil(count / perGeneralBranch) }, (_, i) => ({
    id: `g${i + 1}`,
    name: `第${i + 1}党总支`,
  }))
  const branches: Branch[] = Array.from({ length: count }, (_, i) => ({
    id: `b${i + 1}`,
    name: `第${i + 1}党支部`,
    generalBranch: `g${Math.floor(i / perGeneralBranch) + 1}`,
  }))
  const people: Person[] = []
  const add = (name: string, seat: Seat): void => {
    const id = `p${people.length + 1}`
    people.push({ id, name, accounts: { wecom: `user${people.length + 1}` }, seats: [seat] })
  }
  const alone: readonly Post[] = [
    'committee-secretary',
    'organization-department',
    'party-office',
    'publicity-department',
    'party-school',
  ]
  for (const post of alone) add(`人员${people.length + 1}`, { post })
  const assigned = branches.map((branch) => branch.id)
  const members = Math.max(8, Math.ceil(count / perMember))
  for (let i = 0; i < members; i++) {
    const liaison = Array.from(
      { length: perMember - (i < 2 ? 1 : 0) },
      (_, j) => assigned[(i * perMember + j) % count] ?? '',
    )
    add(`委员${i + 1}`, { post: i < 2 ? 'deputy-secretary' : 'committee-member', liaison: [...new Set(liaison)] })
  }
  for (const { id } of generalBranches)
    add(`总支书记${id.slice(1)}`, { post: 'general-branch-secretary', generalBranch: id })
  for (const branch of branches)
    add(`支部书记${branch.id.slice(1)}`, {
      post: 'branch-secretary',
      branch: branch.id,
      ...(branch.generalBranch === undefined ? {} : { generalBranch: branch.generalBranch }),
    })
  const group = (id: string, name: string, scope: string): Group => ({
    id,
    name,
    platform: 'wecom',
    key: `key-${id}`,
    scope,
  })
  const groups = [
    group('q1', '全院党建工作群', 'college'),
    ...generalBranches.map(({ id, name }, i) => group(`q${i + 2}`, `${name}群`, id)),
  ]
  return { people, branches, generalBranches, groups }
}
