import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { branchName } from '../../src/campaign/roster/roster.ts'
import { readRosterFile } from '../../src/campaign/roster/roster-file.ts'
import { rosterWorkbook, type SheetRow } from '../support/roster-workbook.ts'
import { campaignOf, otherCollege } from './campaign-files.ts'
import { college, groups, inWords, read, rows, without } from './invented-college.ts'

const seatsOf = async (people: readonly SheetRow[]): Promise<string[]> => inWords((await read(people)).roster)

describe('a roster file', () => {
  it('gives everybody their seats, whatever the order of its rows', async () => {
    const seats = [
      '严守义 | - | - |  | branch-secretary  /机关党支部',
      '周组安 | zhouzuan | - |  | organization-department',
      '杨晓东 | yangxiaodong | dt03 |  | branch-secretary 信息党总支 信息党总支/学生党支部 | general-branch-secretary 信息党总支',
      '赵明远 | zhaomingyuan | - |  | branch-secretary 机电党总支 机电党总支/学生党支部',
      '邓书文 | dengshuwen | - |  | party-office',
      '钱立新 | qianlixin | - |  | branch-secretary 信息党总支 信息党总支/软件教研室党支部',
      '陈志刚 | chenzhigang | dt02 |  | general-branch-secretary 机电党总支',
      '许一鸣 | xuyiming | dt01 |  | committee-secretary',
      '马建国 | majianguo | - |  | committee-member   /机关党支部 信息党总支/学生党支部 信息党总支/软件教研室党支部',
      '高文静 | gaowenjing | - |  | deputy-secretary   信息党总支/软件教研室党支部 机电党总支/学生党支部',
    ]
    const shuffled = fc.shuffledSubarray(college, { minLength: college.length })
    await fc.assert(
      fc.asyncProperty(shuffled, async (people) => {
        const { roster, problems, imported } = await read(people)
        expect(problems).toEqual([])
        expect(imported).toBe(college.length)
        expect(inWords(roster)).toEqual([...seats].sort())
      }),
      { numRuns: 40 },
    )
  })

  it('has ids that say nothing', async () => {
    const { roster } = await read(college, undefined, { groups })
    const ids = [roster.people, roster.branches, roster.generalBranches, roster.groups].flatMap((list) =>
      list.map(({ id }) => id),
    )
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[pbgq]\d+$/)
  })

  it('may have its columns in any order, more of them, and empty rows', async () => {
    const header = ['备注', '联系支部', '钉钉账号', '企业微信账号', '党支部', '党总支', '职务', '姓名', '性别']
    const people = college.flatMap((row) => [{ ...row, 备注: '无' }, {}])
    const { roster, problems } = await read([...people, { 姓名: '某人', 职务: '主任' }], undefined, { header })
    expect(inWords(roster)).toEqual(await seatsOf(college))
    expect(problems).toEqual(['人员 第24行 职务：没有“主任”这个职务'])
  })

  it('reads the posts as the campaign calls them', async () => {
    const { posts } = campaignOf(otherCollege)
    const people = [{ 姓名: '许一鸣', 职务: posts['organization-department'], 企业微信账号: 'a' }]
    const { roster } = readRosterFile(await rosterWorkbook({ people }), undefined, posts)
    expect(inWords(roster)).toEqual(['许一鸣 | a | - |  | organization-department'])
  })

  it('knows a person by either account, without case, over all rows, in any order', async () => {
    const people = rows(`
杨晓东 党委委员   YangXD
杨晓东 宣传部    DT3
杨晓东 党总支书记 信息党总支  yangxd dt3`)
    const shuffled = fc.shuffledSubarray(people, { minLength: 3 })
    await fc.assert(
      fc.asyncProperty(shuffled, async (some) => {
        const { roster, problems } = await read(some)
        expect(problems).toEqual([])
        expect(inWords(roster)).toEqual([
          '杨晓东 | yangxd | dt3 |  | committee-member | general-branch-secretary 信息党总支 | publicity-department',
        ])
      }),
      { numRuns: 12 },
    )
  })

  it('takes two people of one name for two, and blanks inside a name for looks', async () => {
    const { roster } = await read(
      rows('张　三 党委委员   a\n张三 组织部   b\n张三 宣传部   a').map((row) => ({ ...row, 职务: `${row['职务']} ` })),
    )
    expect(inWords(roster)).toEqual([
      '张三 | a | - |  | committee-member | publicity-department',
      '张三 | b | - |  | organization-department',
    ])
  })

  it('writes a branch whose name occurs twice as 总支/支部, and reads it so in every column', async () => {
    const people = college.map((row) =>
      row['党支部'] === '学生党支部' && row['姓名'] === '赵明远'
        ? { ...row, 党总支: '', 党支部: '机电党总支/学生党支部' }
        : row['姓名'] === '钱立新'
          ? { ...row, 党支部: '信息党总支／软件教研室党支部' }
          : row,
    )
    const { roster } = await read(people)
    expect(inWords(roster)).toEqual(await seatsOf(college))
    expect(roster.branches.map((branch) => branchName(roster, branch)).sort()).toEqual([
      '信息党总支/学生党支部',
      '机关党支部',
      '机电党总支/学生党支部',
      '软件教研室党支部',
    ])
  })

  it('counts 联系支部 of committee members alone, and ignores 党总支 of posts that have none', async () => {
    const { roster } = await read([
      ...without('周组安'),
      ...rows('周组安 组织部 机关党总支 机关二支部 zhouzuan  软件教研室党支部'),
    ])
    expect(inWords(roster)).toEqual(await seatsOf(college))
    expect(roster.generalBranches.map(({ name }) => name)).toEqual(['机电党总支', '信息党总支'])
  })
})

describe('a bad row is one line, and the others are imported', () => {
  it.each([
    ['甲 主任   x1', '职务：没有“主任”这个职务'],
    ['甲    x1', '职务：没有填职务'],
    [' 组织部   x1', '姓名：没有填姓名'],
    ['甲 党总支书记   x1', '党总支：党总支书记要填党总支'],
    ['甲 党支部书记 机电党总支  x1', '党支部：党支部书记要填党支部'],
    ['甲 宣传部   ZhouZuAn', '企业微信账号：这个账号在第5行属于另一个姓名'],
    ['甲 宣传部    DT02', '钉钉账号：这个账号在第7行属于另一个姓名'],
    ['陈志刚 宣传部   other dt02', '企业微信账号：与第7行同一人填的不一样'],
    ['甲 党委书记   x1', '职务：第2行已有人担任这一职务'],
    ['甲 党总支书记 机电党总支  x1', '职务：第7行已有人担任这一职务'],
    ['甲 党支部书记 信息党总支 软件教研室党支部 x1', '职务：第10行已有人担任这一职务'],
    ['周组安 组织部   zhouzuan', '职务：第5行已有人担任这一职务'],
    ['甲 党委委员   x1  不存在的支部', '联系支部：没有“不存在的支部”这个支部'],
    ['甲 党委委员   x1  软件教研室党支部、学生党支部', '联系支部：“学生党支部”不止一个，请写成“总支/支部”'],
    ['甲 组织部   x1  不存在的支部', '联系支部：没有“不存在的支部”这个支部'],
  ])('%s', async (bad, line) => {
    const { roster, problems, imported } = await read([...college, ...rows(bad), ...rows('乙 党校   x2')])
    expect(problems).toEqual([`人员 第13行 ${line}`])
    expect(imported).toBe(college.length + 1)
    expect(inWords(roster).filter((line) => !line.startsWith('乙'))).toEqual(await seatsOf(college))
  })

  it('lines come in the order of the rows', async () => {
    const { problems } = await read([
      ...rows('甲 党委委员   x1  没有的\n乙 主任   x2\n丙 党委委员   x3  没有的'),
      ...college,
    ])
    expect(problems.map((line) => line.slice(0, 6))).toEqual(['人员 第2行', '人员 第3行', '人员 第4行'])
  })

  it('the branch of a row with a mistake in its post is there all the same', async () => {
    const { roster, problems } = await read(
      college.map((row) => (row['姓名'] === '钱立新' ? { ...row, 职务: '支书' } : row)),
    )
    expect(problems).toEqual(['人员 第10行 职务：没有“支书”这个职务'])
    expect(roster.branches.map(({ name }) => name)).toContain('软件教研室党支部')
  })
})

describe('the sheet 群', () => {
  it('is optional', async () => expect((await read(college)).roster.groups).toEqual([]))

  it('names groups with platform, key, secret and range', async () => {
    const { roster, imported } = await read(college, undefined, { groups })
    const general = roster.generalBranches.find(({ name }) => name === '机电党总支')?.id
    expect(imported).toBe(college.length + 2)
    expect(roster.groups).toEqual([
      { id: 'q1', name: '全院党建工作群', platform: 'wecom', key: 'key-college', scope: 'college' },
      { id: 'q2', name: '机电党建群', platform: 'dingtalk', key: 'token', secret: 'SEC1', scope: general },
    ])
  })

  it.each([
    [{ 平台: '企业微信', 范围: '全院' }, '群名称：没有填群名称'],
    [{ 群名称: '甲', 平台: '微信', 范围: '全院' }, '平台：应为企业微信或钉钉'],
    [{ 群名称: '甲', 平台: '企业微信' }, '范围：应为全院或党总支名'],
    [{ 群名称: '甲', 平台: '企业微信', 范围: '体育党总支' }, '范围：没有“体育党总支”这个党总支'],
    [{ 群名称: '机电党建群', 平台: '钉钉', 范围: '全院' }, '群名称：前面的行里已有这个群'],
    [{ 群名称: '甲', 平台: '企业微信', 标识: 'key-college', 范围: '全院' }, '标识：与第2行的群相同'],
  ])('a bad row: %j', async (bad, line) => {
    const { roster, problems } = await read(college, undefined, { groups: [...groups, bad] })
    expect(problems).toEqual([`群 第4行 ${line}`])
    expect(roster.groups).toHaveLength(2)
  })
})
