import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { assignmentGaps } from '../../src/campaign/plan/assignment.ts'
import { type Branch, branchName, givesSelfScore, type Roster, superiorsOf } from '../../src/campaign/roster/roster.ts'
import { readRosterFile } from '../../src/campaign/roster/roster-file.ts'
import { generatedCollege } from '../../src/crash/generated-college.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'
import { college, read, rows, without, words } from './invented-college.ts'

const { liaison } = campaignOf(plan2022)
const { roster } = await read(college)
const branch = (of: Roster, name: string): Branch => {
  const found = of.branches.find((one) => branchName(of, one) === name)
  if (!found) throw new TypeError(`no ${name}`)
  return found
}
const superiors = (of: Roster, name: string): string[] => {
  const person = of.people.find((one) => one.name === name)
  return person ? superiorsOf(of, person).map((one) => one.name) : [`no ${name}`]
}

describe('who is told once when a duty was not done', () => {
  it.each([
    ['赵明远', ['陈志刚']],
    ['陈志刚', ['周组安']],
    ['马建国', ['邓书文']],
    ['许一鸣', ['邓书文']],
    ['邓书文', ['周组安']],
    ['周组安', []],
  ])('for %s: %j', (name, above) => expect(superiors(roster, name)).toEqual(above))

  it('of a branch without general branch, and of who is their own superior: the organization department', () => {
    expect(superiors(roster, '严守义')).toEqual(['周组安'])
    expect(superiors(roster, '杨晓东')).toEqual(['周组安'])
  })

  it('goes one higher where the post is empty or its holder has no account', async () => {
    expect(superiors((await read(without('陈志刚', '邓书文'))).roster, '赵明远')).toEqual(['周组安'])
    expect(superiors((await read(without('邓书文'))).roster, '马建国')).toEqual(['周组安'])
    const unbound = [...without('陈志刚'), ...rows('陈志刚 党总支书记 机电党总支')]
    expect(superiors((await read(unbound)).roster, '赵明远')).toEqual(['周组安'])
  })
})

describe('a self-score', () => {
  it('is asked of a branch whose secretary does not give the deciding score too', () => {
    expect(givesSelfScore(roster, branch(roster, '软件教研室党支部'))).toBe(true)
    expect(givesSelfScore(roster, branch(roster, '信息党总支/学生党支部'))).toBe(false)
    expect(givesSelfScore(roster, branch(roster, '机电党总支/学生党支部'))).toBe(true)
  })

  it('is not asked of a branch that nobody leads', async () => {
    const vacant: Roster = { ...roster, people: roster.people.filter(({ name }) => name !== '钱立新') }
    expect(givesSelfScore(vacant, branch(vacant, '软件教研室党支部'))).toBe(false)
  })

  it('is not asked where the organization department leads a direct branch itself', async () => {
    const own = (await read([...without('严守义'), ...rows('周组安 党支部书记  机关党支部 zhouzuan')])).roster
    expect(givesSelfScore(own, branch(own, '机关党支部'))).toBe(false)
  })
})

describe('the liaison assignment', () => {
  it('fits the plan: nothing is shown', () => {
    expect(assignmentGaps(roster, liaison)).toEqual({ members: [], branches: [] })
  })

  it('names who has too few or too many branches, and branches of nobody', async () => {
    const people = [
      ...without('许一鸣', '高文静', '马建国'),
      ...rows(
        '许一鸣 党委书记   a  软件\n高文静 党委副书记   b  软件、机关、机电/学生、信息/学生\n马建国 党委委员   c  软件',
      ),
      ...rows('新委员 党委委员   d'),
    ]
    const { members } = assignmentGaps((await read(people)).roster, liaison)
    expect(members.map(({ person, assigned, wanted }) => [person.name, assigned, wanted])).toEqual([
      ['许一鸣', 1, 'all'],
      ['高文静', 4, { from: 2, to: 3 }],
      ['马建国', 1, { from: 3, to: 4 }],
      ['新委员', 0, { from: 3, to: 4 }],
    ])
    const leaderless = (await read(without('许一鸣', '高文静'))).roster
    expect(assignmentGaps(leaderless, liaison).branches.map((one) => branchName(leaderless, one))).toEqual([
      '机电党总支/学生党支部',
    ])
  })
})

describe('the sample roster', async () => {
  const sample = readRosterFile(await readFile('campaigns/2022/roster.xlsx'), undefined, words)

  it('is without a fault and fits the plan', () => {
    expect(sample.problems).toEqual([])
    expect(assignmentGaps(sample.roster, liaison)).toEqual({ members: [], branches: [] })
  })

  it('has the people, branches and groups that issue 3 asks for', () => {
    const seats = sample.roster.people.flatMap((person) => person.seats.map(({ post }) => post))
    const counts = Object.fromEntries(
      [...new Set(seats)].map((post) => [post, seats.filter((one) => one === post).length]),
    )
    expect(counts).toEqual({
      'committee-secretary': 1,
      'deputy-secretary': 2,
      'committee-member': 6,
      'organization-department': 2,
      'party-office': 1,
      'publicity-department': 1,
      'party-school': 1,
      'general-branch-secretary': 7,
      'branch-secretary': 28,
    })
    expect([sample.roster.generalBranches.length, sample.roster.branches.length]).toEqual([7, 28])
    const { generalBranches, groups } = sample.roster
    expect(groups.map(({ scope }) => scope).sort()).toEqual(['college', ...generalBranches.map(({ id }) => id)].sort())
  })

  it('shows what a roster can hold: two posts, a name that occurs twice, somebody without account', () => {
    const { people, branches } = sample.roster
    expect(people.filter(({ seats }) => seats.length > 1).map(({ name }) => name)).toEqual(['杨晓东'])
    expect(people.filter(({ accounts }) => !accounts.wecom && !accounts.dingtalk).map(({ name }) => name)).toEqual([
      '严守义',
    ])
    expect(branches.filter((one) => branchName(sample.roster, one).includes('/'))).toHaveLength(2)
  })
})

describe('a generated college', () => {
  it.each([40, 400, 4000])(
    'of %i branches has four a general branch, fits the plan and is the same each time',
    (count) => {
      const generated = generatedCollege(count)
      expect(generated).toEqual(generatedCollege(count))
      expect([generated.branches.length, generated.generalBranches.length]).toEqual([count, count / 4])
      expect(assignmentGaps(generated, liaison)).toEqual({ members: [], branches: [] })
    },
  )
})
