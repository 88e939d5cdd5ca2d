import { matchBranch } from './names.ts'
import { type Group, type Post, posts, type Roster, type Seat } from './roster.ts'
import { boundGroups, Ids, inForce, type NewPerson } from './roster-merge.ts'
import { NotARoster, readWorkbook, type SheetRow } from './roster-sheet.ts'

export { NotARoster }

export type ReadRoster = {
  roster: Roster
  /** A line for each bad row: `人员 第7行 职务：…`. */
  problems: string[]
  /** How many rows were good. */
  imported: number
  /** Names of people who are not in this file. */
  missing: string[]
}

const required = ['姓名', '职务', '党总支', '党支部', '企业微信账号', '钉钉账号', '联系支部']
const uniquePosts: readonly Post[] = ['committee-secretary', 'general-branch-secretary', 'branch-secretary']

type Row = {
  number: number
  name: string
  seat: Seat
  accounts: { wecom?: string; dingtalk?: string }
  liaison: string
  phone: string
}

/**
 * Reads a roster workbook (contract, Roster). Bad rows are named, the good ones are taken; ids of people, branches and groups stay as
 * they are in `before`. `words`: what the campaign calls its posts. Throws NotARoster.
 */
export async function readRosterFile(
  file: Uint8Array,
  before: Roster | undefined,
  words: Readonly<Record<Post, string>>,
): Promise<ReadRoster> {
  const workbook = await readWorkbook(file)
  const rows = workbook['人员']
  if (!rows) throw new NotARoster('名册里没有“人员”表')
  const lacking = required.filter((header) => rows[0] !== undefined && !(header in rows[0].cells))
  if (rows.length === 0 || lacking.length > 0)
    throw new NotARoster(rows.length === 0 ? '“人员”表里没有内容' : `“人员”表缺少列：${lacking.join('、')}`)
  return new Reading(before, words).read(rows, workbook['群'] ?? [])
}

/** A row that cannot be taken: the column and why. */
class BadRow extends Error {
  readonly column: string
  constructor(column: string, reason: string) {
    super(reason)
    this.column = column
  }
}

class Reading {
  readonly #ids: Ids
  readonly #before: Roster | undefined
  readonly #words: Readonly<Record<Post, string>>
  readonly #problems: string[] = []
  readonly #people: NewPerson[] = []
  readonly #held = new Map<string, number>()

  constructor(before: Roster | undefined, words: Readonly<Record<Post, string>>) {
    this.#before = before
    this.#words = words
    this.#ids = new Ids(before)
  }

  read(people: readonly SheetRow[], groups: readonly SheetRow[]): ReadRoster {
    let imported = 0
    const rows = people.flatMap((row) => this.#try('人员', row.number, () => this.#row(row)) ?? [])
    const known = this.#ids.branches.map((branch) => {
      const general = this.#ids.generalBranches.find((one) => one.id === branch.generalBranch)
      return { id: branch.id, name: branch.name, ...(general ? { generalName: general.name } : {}) }
    })
    for (const row of rows) if (this.#try('人员', row.number, () => this.#take(row, known)) !== undefined) imported++
    const taken = groups.flatMap((row) => this.#try('群', row.number, () => this.#group(row)) ?? [])
    const { roster, missing } = inForce(this.#before, this.#people, this.#ids)
    return {
      roster: { ...roster, groups: [...taken, ...boundGroups(this.#before, taken, this.#ids)] },
      problems: this.#problems,
      imported: imported + taken.length,
      missing,
    }
  }

  #try<T>(sheet: string, number: number, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof BadRow)) throw error
      this.#problems.push(`${sheet} 第${number}行 ${error.column}：${error.message}`)
      return undefined
    }
  }

  /** What a row says by itself. Its branch exists from here on, whoever holds it. */
  #row({ number, cells }: SheetRow): Row {
    const cell = (header: string): string => cells[header] ?? ''
    if (!cell('姓名')) throw new BadRow('姓名', '没有填姓名')
    const post = posts.find((one) => this.#words[one] === cell('职务'))
    if (!post) throw new BadRow('职务', cell('职务') ? `没有“${cell('职务')}”这个职务` : '没有填职务')
    const { 党总支: general = '', 党支部: branch = '' } = cells
    if (post === 'general-branch-secretary' && !general) throw new BadRow('党总支', `${this.#words[post]}要填党总支`)
    if (post === 'branch-secretary' && !branch) throw new BadRow('党支部', `${this.#words[post]}要填党支部`)
    const generalId = general ? this.#ids.generalBranch(general) : undefined
    const branchId = branch && post === 'branch-secretary' ? this.#ids.branch(branch, generalId) : undefined
    const seat: Seat = {
      post,
      ...(generalId === undefined ? {} : { generalBranch: generalId }),
      ...(branchId === undefined ? {} : { branch: branchId }),
    }
    const accounts = {
      ...(cell('企业微信账号') ? { wecom: cell('企业微信账号') } : {}),
      ...(cell('钉钉账号') ? { dingtalk: cell('钉钉账号') } : {}),
    }
    return { number, name: cell('姓名'), seat, accounts, liaison: cell('联系支部'), phone: cell('联系电话') }
  }

  /** Takes a row together with those before it; returns the person. */
  #take(row: Row, branches: readonly { id: string; name: string; generalName?: string }[]): NewPerson {
    const liaison = row.liaison
      .split(/[、,，;；\n]/)
      .map((word) => word.trim())
      .filter(Boolean)
      .map((word) => {
        const match = matchBranch(word, branches)
        if (match.kind === 'one') return match.id
        throw new BadRow(
          '联系支部',
          match.kind === 'several' ? `“${word}”不止一个，请写成“总支/支部”` : `没有“${word}”这个支部`,
        )
      })
    const person = this.#person(row)
    const key = uniquePosts.includes(row.seat.post)
      ? [row.seat.post, row.seat.post === 'branch-secretary' ? row.seat.branch : row.seat.generalBranch].join(' ')
      : undefined
    const holder = key === undefined ? undefined : this.#held.get(key)
    if (holder !== undefined) throw new BadRow('职务', `第${holder}行已担任这一职务`)
    if (key !== undefined) this.#held.set(key, row.number)
    if (!this.#people.includes(person)) this.#people.push(person)
    Object.assign(person.accounts, row.accounts)
    if (row.phone) person.phone = row.phone
    person.seats.push(liaison.length > 0 ? { ...row.seat, liaison: [...new Set(liaison)] } : row.seat)
    return person
  }

  /** The person a row is about: by either account, without one by name among those without one. */
  #person({ name, accounts }: Row): NewPerson {
    const same = (a?: string, b?: string): boolean => a !== undefined && a.toLowerCase() === b?.toLowerCase()
    const bound = accounts.wecom !== undefined || accounts.dingtalk !== undefined
    const found = this.#people.find((one) =>
      bound
        ? same(accounts.wecom, one.accounts.wecom) || same(accounts.dingtalk, one.accounts.dingtalk)
        : one.name === name && one.accounts.wecom === undefined && one.accounts.dingtalk === undefined,
    )
    if (!found) return { name, accounts: { ...accounts }, seats: [] }
    const column = same(accounts.wecom, found.accounts.wecom) ? '企业微信账号' : '钉钉账号'
    if (found.name !== name) throw new BadRow(column, `这个账号已属于${found.name}`)
    for (const [platform, header] of [
      ['wecom', '企业微信账号'],
      ['dingtalk', '钉钉账号'],
    ] as const)
      if (accounts[platform] && found.accounts[platform] && !same(accounts[platform], found.accounts[platform]))
        throw new BadRow(header, `与${name}在前面的行里填的不一样`)
    return found
  }

  #group({ cells }: SheetRow): Group {
    const {
      群名称: name = '',
      平台: platformWord = '',
      标识: key = '',
      加签密钥: secret = '',
      范围: range = '',
    } = cells
    if (!name) throw new BadRow('群名称', '没有填群名称')
    const platform = platformWord === '企业微信' ? 'wecom' : platformWord === '钉钉' ? 'dingtalk' : undefined
    if (!platform) throw new BadRow('平台', '应为企业微信或钉钉')
    const general = this.#ids.generalBranches.find((one) => one.name === range)
    if (range !== '全院' && !general)
      throw new BadRow('范围', range ? `没有“${range}”这个党总支` : '应为全院或党总支名')
    return {
      ...this.#ids.group(name, platform),
      name,
      platform,
      key,
      ...(secret ? { secret } : {}),
      scope: general?.id ?? 'college',
    }
  }
}
