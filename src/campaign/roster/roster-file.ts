import { matchBranch } from './names.ts'
import { committeePosts, type Group, type Post, posts, type Roster, type Seat } from './roster.ts'
import { unitHints } from './roster-hints.ts'
import { boundGroups, Ids, inForce, type Named, withRetired } from './roster-merge.ts'
import { BadRow, RosterPeople } from './roster-people.ts'
import { cleanName, NotARoster, readWorkbook, type Sheet, type SheetRow } from './roster-sheet.ts'

export { NotARoster }

export type ReadRoster = {
  roster: Roster
  /** One line for each bad row: `人员 第7行 职务：…`. */
  problems: string[]
  /** One line for each possible mistake. These rows were imported nevertheless. */
  hints: string[]
  /** The number of good rows. */
  imported: number
  /** The names of people who are not in this file. */
  missing: string[]
  /** The ids of branches of the previous roster that no row of this file names. */
  unnamed: string[]
}

const required = ['姓名', '职务', '党总支', '党支部', '企业微信账号', '钉钉账号', '联系支部']
const kindColumn = '支部类别'
const peopleColumns = [...required, '联系电话', kindColumn]
const groupColumns = ['群名称', '平台', '标识', '加签密钥', '范围']

type Row = Named & { number: number; seat: Seat; liaison: string; phone: string }

/**
 * Reads a roster workbook (contract, Roster). It names the bad rows and takes the good ones. People, branches and groups keep their ids
 * from `before`. `words` are the campaign's names of posts. Throws NotARoster.
 */
export function readRosterFile(
  file: Uint8Array,
  before: Roster | undefined,
  words: Readonly<Record<Post, string>>,
): ReadRoster {
  const { 人员: people, 群: groups } = readWorkbook(file)
  if (!people) throw new NotARoster('名册里没有“人员”表')
  const lacking = required.filter((column) => !people.header.includes(column))
  const twice = peopleColumns.find((column) => people.header.filter((word) => word === column).length > 1)
  if (people.rows.length === 0) throw new NotARoster('“人员”表里没有内容')
  if (lacking.length > 0) throw new NotARoster(`“人员”表缺少列：${lacking.join('、')}`)
  if (twice !== undefined) throw new NotARoster(`“人员”表有两列“${twice}”`)
  return new Reading(before, words).read(people, groups?.rows ?? [])
}

/** The form of a userid that WeCom accepts. */
const userid = /^[A-Za-z0-9_-][A-Za-z0-9_.@-]{0,63}$/

class Reading {
  readonly #ids: Ids
  readonly #before: Roster | undefined
  readonly #words: Readonly<Record<Post, string>>
  readonly #people = new RosterPeople()
  readonly #problems: { number: number; line: string }[] = []
  readonly #badRows: Named[] = []
  #branches: ReadonlyMap<string, string[]> = new Map()
  #named: { id: string; name: string; generalName?: string }[] = []
  readonly #kinds = new Map<string, string>()

  constructor(before: Roster | undefined, words: Readonly<Record<Post, string>>) {
    this.#before = before
    this.#words = words
    this.#ids = new Ids(before)
  }

  read({ rows: sheet }: Sheet, groups: readonly SheetRow[]): ReadRoster {
    for (const { cells } of sheet)
      if (cells['党总支'] && this.#isPlaced(cells)) this.#ids.generalBranch(cells['党总支'])
    const rows = sheet.flatMap((row) => this.#try('人员', row, () => this.#row(row)) ?? [])
    this.#nameBranches()
    const taken = rows.filter((row) => this.#try('人员', row, () => this.#take(row)))
    const problems = this.#linesByRow()
    const keys = new Map<string, number>()
    const found = groups.flatMap((row) => this.#try('群', row, () => this.#group(row, keys)) ?? [])
    const named = new Set(this.#ids.branches.map(({ id }) => id))
    this.#ids.nameKinds(this.#kinds)
    const { roster, missing } = inForce(this.#before, this.#people.all, { badRows: this.#badRows, ids: this.#ids })
    return {
      roster: withRetired(
        { ...roster, groups: [...found, ...boundGroups(this.#before, found, this.#ids)] },
        this.#before,
      ),
      problems: [...problems, ...this.#linesByRow()],
      hints: unitHints(
        roster,
        (column, name) => sheet.find(({ cells }) => cells[column]?.split('/').at(-1) === name)?.number,
      ),
      imported: taken.length + found.length,
      missing,
      unnamed: (this.#before?.branches ?? []).flatMap(({ id }) => (named.has(id) ? [] : [id])),
    }
  }

  #try<T>(sheet: '人员' | '群', row: SheetRow | Row, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof BadRow)) throw error
      this.#problems.push({ number: row.number, line: `${sheet} 第${row.number}行 ${error.column}：${error.message}` })
      if (sheet === '人员') this.#badRows.push('cells' in row ? namedIn(row.cells) : row)
      return undefined
    }
  }

  #linesByRow(): string[] {
    return this.#problems
      .splice(0)
      .sort((a, b) => a.number - b.number)
      .map(({ line }) => line)
  }

  #post = (cells: SheetRow['cells']): Post | undefined =>
    posts.find((one) => cleanName(this.#words[one]) === cells['职务'])

  /** Whether 党总支 and 党支部 of a row say where it belongs. For an unknown post either may be meant. */
  #isPlaced(cells: SheetRow['cells']): boolean {
    const post = this.#post(cells)
    return post === undefined || post === 'general-branch-secretary' || post === 'branch-secretary'
  }

  /** Reads a row by itself. Its branch exists from here on, whoever holds the post. */
  #row({ number, cells, unread }: SheetRow): Row {
    const post = this.#post(cells)
    const general = cells['党总支'] ?? ''
    const place =
      this.#isPlaced(cells) && post !== 'general-branch-secretary' ? this.#place(general, cells['党支部'] ?? '') : {}
    this.#note(place.branch, cells[kindColumn] ?? '')
    const { name, accounts } = namedIn(cells)
    const bad = unread.find((column) => peopleColumns.includes(column))
    if (bad !== undefined) throw new BadRow(bad, '这一格读不出文字（日期、公式错误或过长的数字），请改成文本')
    if (!name) throw new BadRow('姓名', '没有填姓名')
    if (accounts.wecom !== undefined && !userid.test(accounts.wecom))
      throw new BadRow('企业微信账号', '不是企业微信账号：应为字母、数字和 _-.@，不超过64位')
    if (!post) throw new BadRow('职务', cells['职务'] ? `没有“${cells['职务']}”这个职务` : '没有填职务')
    if (post === 'general-branch-secretary' && !general) throw new BadRow('党总支', `${this.#words[post]}要填党总支`)
    if (post === 'branch-secretary' && !place.branch) throw new BadRow('党支部', `${this.#words[post]}要填党支部`)
    const seat: Seat =
      post === 'general-branch-secretary'
        ? { post, generalBranch: this.#ids.generalBranch(general) }
        : { post, ...place }
    return { number, name, accounts, seat, liaison: cells['联系支部'] ?? '', phone: cells['联系电话'] ?? '' }
  }

  /** The place of a branch. Its name may be written `总支/支部`. */
  #place(general: string, branch: string): Pick<Seat, 'generalBranch' | 'branch'> {
    const [, before = '', name = ''] = /^([^/]+)\/([^/]+)$/.exec(branch) ?? []
    const isPath =
      before !== '' && (general ? before === general : this.#ids.generalBranches.some((one) => one.name === before))
    const above = isPath ? before : general
    const generalBranch = above ? { generalBranch: this.#ids.generalBranch(above) } : {}
    return branch
      ? { ...generalBranch, branch: this.#ids.branch(isPath ? name : branch, generalBranch.generalBranch) }
      : generalBranch
  }

  /** Notes the kind of a branch, which may stand in any row that names it. Two kinds for one branch are a mistake. */
  #note(branch: string | undefined, kind: string): void {
    if (branch === undefined || !kind) return
    const known = this.#kinds.get(branch)
    if (known !== undefined && known !== kind) throw new BadRow(kindColumn, `这个支部前面写的是“${known}”，请改成一致`)
    this.#kinds.set(branch, kind)
  }

  #nameBranches(): void {
    const names = new Map(this.#ids.generalBranches.map(({ id, name }) => [id, name]))
    this.#named = this.#ids.branches.map(({ id, name, generalBranch = '' }) => {
      const generalName = names.get(generalBranch)
      return { id, name, ...(generalName === undefined ? {} : { generalName }) }
    })
    const branches = new Map<string, string[]>()
    for (const { id, name } of this.#named) branches.set(name, [...(branches.get(name) ?? []), id])
    this.#branches = branches
  }

  /** Takes a row together with the rows before it. */
  #take({ liaison, seat, ...row }: Row): true {
    const assigned = this.#assigned(liaison).map((word) => this.#branch(word))
    const own = committeePosts.includes(seat.post) && assigned.length > 0 ? { liaison: [...new Set(assigned)] } : {}
    this.#people.take({ ...row, seat: { ...seat, ...own } })
    return true
  }

  /** A line break separates two names, or breaks one name if the cell was too narrow. */
  #assigned(liaison: string): string[] {
    return liaison.split(/[、,;]/).flatMap((piece) => {
      const name = cleanName(piece)
      const lines = matchBranch(name, this.#named).kind === 'one' ? [name] : piece.split('\n').map(cleanName)
      return lines.filter(Boolean)
    })
  }

  #branch(word: string): string {
    const [id, ...more] = this.#branches.get(word) ?? []
    if (id !== undefined && more.length === 0) return id
    const match = matchBranch(word, this.#named)
    if (match.kind === 'one') return match.id
    throw new BadRow(
      '联系支部',
      match.kind === 'several' ? `“${word}”不止一个，请写成“总支/支部”` : `没有“${word}”这个支部`,
    )
  }

  #group({ number, cells, unread }: SheetRow, keys: Map<string, number>): Group {
    const bad = unread.find((column) => groupColumns.includes(column))
    if (bad !== undefined) throw new BadRow(bad, '这一格读不出文字，请改成文本')
    const { 群名称: name = '', 平台: word = '', 标识: key = '', 加签密钥: secret = '', 范围: range = '' } = cells
    if (!name) throw new BadRow('群名称', '没有填群名称')
    const platform = word === '企业微信' ? 'wecom' : word === '钉钉' ? 'dingtalk' : undefined
    if (!platform) throw new BadRow('平台', '应为企业微信或钉钉')
    const general = this.#ids.generalBranches.find((one) => one.name === range)
    if (range !== '全院' && !general)
      throw new BadRow('范围', range ? `没有“${range}”这个党总支` : '应为全院或党总支名')
    const used = key ? keys.get(`${platform} ${key}`) : undefined
    if (used !== undefined) throw new BadRow('标识', `与第${used}行的群相同`)
    const id = this.#ids.group(name, platform)
    if (id === undefined) throw new BadRow('群名称', '前面的行里已有这个群')
    keys.set(`${platform} ${key}`, number)
    const conversation = this.#before?.groups.find((one) => one.id === id)?.conversation
    return {
      id,
      name,
      platform,
      key,
      ...(secret ? { secret } : {}),
      ...(conversation === undefined ? {} : { conversation }),
      scope: general?.id ?? 'college',
    }
  }
}

const namedIn = (cells: SheetRow['cells']): Named => ({
  name: cells['姓名'] ?? '',
  accounts: {
    ...(cells['企业微信账号'] ? { wecom: cells['企业微信账号'] } : {}),
    ...(cells['钉钉账号'] ? { dingtalk: cells['钉钉账号'] } : {}),
  },
})
