import { readFile } from 'node:fs/promises'
import { readSheet } from 'read-excel-file/node'
import { rosterWorkbook } from '../support/roster-workbook.ts'

/** A person of the sample roster who appears in stories. */
export type Somebody = { name: string; account: string }

const sample = 'campaigns/2022/roster.xlsx'
export const groupKey = 'cidCollege=='
export const stranger: Somebody = { name: '路人', account: 'stranger' }

/** The sample roster, except that everybody is on both platforms, under the same account. */
async function invented() {
  const rows = await readSheet(await readFile(sample), '人员')
  const [header = [], ...people] = rows.map((row) => row.map((cell) => String(cell ?? '')))
  const named = people.map((row) => Object.fromEntries(header.map((column, i) => [column, row[i] ?? ''])))
  const both: { [column: string]: string }[] = named.map((row) => ({ ...row, 钉钉账号: row['企业微信账号'] ?? '' }))
  const groups = ['企业微信', '钉钉'].map((platform) => ({
    群名称: '全院党建工作群',
    平台: platform,
    标识: groupKey,
    范围: '全院',
  }))
  const everybody = named.map((row) => ({ name: row['姓名'] ?? '', account: row['企业微信账号'] ?? '' }))
  return {
    file: await rosterWorkbook({ people: both, groups }),
    /** The same roster without these people, who join later. */
    without: (names: readonly string[]) =>
      rosterWorkbook({ people: both.filter((row) => !names.includes(row['姓名'] ?? '')), groups }),
    people: [...new Map(everybody.map((one) => [one.name, one])).values()],
  }
}

/** Made once for each test file. */
let made: ReturnType<typeof invented> | undefined
export const inventedCollege = (): ReturnType<typeof invented> => (made ??= invented())
