import type { Post, Roster, Seat } from '../../src/campaign/roster/roster.ts'
import { type ReadRoster, readRosterFile } from '../../src/campaign/roster/roster-file.ts'
import { rosterWorkbook, type SheetRow } from '../support/roster-workbook.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

export const words: Readonly<Record<Post, string>> = campaignOf(plan2022).posts

type TextRow = { [column: string]: string }
const row = (text: string): TextRow => {
  const [姓名 = '', 职务 = '', 党总支 = '', 党支部 = '', 企业微信账号 = '', 钉钉账号 = '', 联系支部 = ''] =
    text.split(' ')
  return { 姓名, 职务, 党总支, 党支部, 企业微信账号, 钉钉账号, 联系支部 }
}
/** Cells from left to right, separated by blanks. */
export const rows = (text: string): TextRow[] =>
  text
    .replace(/^\n|\n$/g, '')
    .split('\n')
    .map(row)

/** The college without these people. */
export const without = (...names: string[]): TextRow[] => college.filter((row) => !names.includes(row['姓名'] ?? ''))

/** Two general branches that both have a 学生党支部, one direct branch, one person with two posts, one without an account. */
export const college = rows(`
许一鸣 党委书记   xuyiming dt01
高文静 党委副书记   gaowenjing  软件、机电/学生党支部
马建国 党委委员   majianguo  软件教研室党支部、信息/学生党支部、机关党支部
周组安 组织部   zhouzuan
邓书文 党委办公室   dengshuwen
陈志刚 党总支书记 机电党总支  chenzhigang dt02
杨晓东 党总支书记 信息党总支  yangxiaodong dt03
赵明远 党支部书记 机电党总支 学生党支部 zhaomingyuan
钱立新 党支部书记 信息党总支 软件教研室党支部 qianlixin
杨晓东 党支部书记 信息党总支 学生党支部 yangxiaodong dt03
严守义 党支部书记  机关党支部
`)
export const groups: SheetRow[] = [
  { 群名称: '全院党建工作群', 平台: '企业微信', 标识: 'key-college', 范围: '全院' },
  { 群名称: '机电党建群', 平台: '钉钉', 标识: 'token', 加签密钥: 'SEC1', 范围: '机电党总支' },
]

export const read = async (
  people: readonly SheetRow[],
  before?: Roster,
  more: { groups?: readonly SheetRow[]; header?: readonly string[] } = {},
): Promise<ReadRoster> => readRosterFile(await rosterWorkbook({ people, ...more }), before, words)

/** The posts and their holders in words, independent of ids and order. */
export function inWords({ people, branches, generalBranches }: Roster): string[] {
  const general = (id?: string): string => generalBranches.find((one) => one.id === id)?.name ?? ''
  const branch = (id?: string): string => {
    const found = branches.find((one) => one.id === id)
    return found ? `${general(found.generalBranch)}/${found.name}` : ''
  }
  const seat = ({ post, generalBranch, branch: own, liaison = [] }: Seat): string =>
    [post, general(generalBranch), branch(own), ...liaison.map(branch).sort()].join(' ').trim()
  return people
    .map(({ name, accounts, seats, missing }) =>
      [
        name,
        (accounts.wecom ?? '-').toLowerCase(),
        (accounts.dingtalk ?? '-').toLowerCase(),
        missing ? 'missing' : '',
        ...seats.map(seat).sort(),
      ].join(' | '),
    )
    .sort()
}
