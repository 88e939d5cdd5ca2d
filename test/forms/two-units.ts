import type { Person, Roster, Seat } from '../../src/campaign/roster/roster.ts'

export const person = (id: string, name: string, ...seats: Seat[]): Person => ({
  id,
  name,
  accounts: { wecom: id },
  seats,
})

/** Two general branches with three branches, the organization department, and the people given. */
export const twoUnits = (...people: Person[]): Roster => ({
  generalBranches: [
    { id: 'g1', name: '信息工程学院党总支' },
    { id: 'g2', name: '机电工程学院党总支' },
  ],
  branches: [
    { id: 'b1', name: '软件教研室党支部', generalBranch: 'g1' },
    { id: 'b2', name: '网络教研室党支部', generalBranch: 'g1' },
    { id: 'b3', name: '机电学生党支部', generalBranch: 'g2' },
  ],
  people: [person('zhou', '周审', { post: 'organization-department' }), ...people],
  groups: [],
})

/** The same with the secretaries of one general branch, two members of the committee, the party office and a group. */
export const withMembers: Roster = {
  ...twoUnits(
    person('he', '何评', { post: 'general-branch-secretary', generalBranch: 'g1' }),
    person('sun', '孙单', { post: 'branch-secretary', branch: 'b1' }),
    person('li', '李双', { post: 'branch-secretary', branch: 'b2' }),
    person('ma', '马委', { post: 'deputy-secretary', liaison: ['b1'] }),
    person('luo', '罗委', { post: 'deputy-secretary', liaison: ['b1', 'b2'] }),
    person('deng', '邓办', { post: 'party-office' }),
  ),
  groups: [{ id: 'all', name: '委员群', platform: 'wecom', key: 'all', scope: 'college' }],
}
