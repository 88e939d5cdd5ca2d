import { isUniquePost, type Seat, seatKey } from './roster.ts'
import { keysOf, type Named, type NewPerson } from './roster-merge.ts'

/** A row that cannot be taken: the column and the reason. */
export class BadRow extends Error {
  override name = 'BadRow'
  readonly column: string
  constructor(column: string, reason: string) {
    super(reason)
    this.column = column
  }
}

/** `number` is the spreadsheet's number of the row. */
export type PersonRow = Named & { number: number; seat: Seat; phone: string }

const columns = { wecom: '企业微信账号', dingtalk: '钉钉账号' } as const

/**
 * The people of one file, row by row. An account on either platform identifies a person. Rows that share one are one person, in any order.
 */
export class RosterPeople {
  readonly #people = new Set<NewPerson>()
  readonly #known = new Map<string, NewPerson>()
  readonly #held = new Map<string, { number: number; person: NewPerson }[]>()

  get all(): NewPerson[] {
    return [...this.#people]
  }

  /** Takes a row. Throws BadRow, and then nothing has changed. */
  take(row: PersonRow): void {
    const same = new Set(keysOf(row).flatMap((key) => this.#known.get(key) ?? []))
    this.#checkAccounts(row, same)
    const key = seatKey(row.seat)
    const holders = this.#held.get(key) ?? []
    const before = isUniquePost(row.seat.post) ? holders[0] : holders.find(({ person }) => same.has(person))
    if (before) throw new BadRow('职务', `第${before.number}行已有人担任这一职务`)
    const person = this.#one(row, same)
    if (row.phone) person.phone ??= row.phone
    person.seats.push(row.seat)
    this.#held.set(key, [...holders, { number: row.number, person }])
  }

  #checkAccounts(row: PersonRow, same: ReadonlySet<NewPerson>): void {
    for (const platform of ['wecom', 'dingtalk'] as const) {
      const own = row.accounts[platform]?.toLowerCase()
      for (const person of same) {
        const theirs = person.accounts[platform]?.toLowerCase()
        if (own !== undefined && own === theirs && person.name !== row.name)
          throw new BadRow(columns[platform], `这个账号在第${this.#rowOf(person)}行属于另一个姓名`)
        if (own !== undefined && theirs !== undefined && own !== theirs)
          throw new BadRow(columns[platform], `与第${this.#rowOf(person)}行同一人填的不一样`)
      }
    }
  }

  /** The first row of a person. A reason names a row and no person, because it stands in the log. */
  #rowOf(person: NewPerson): number {
    const rows = [...this.#held.values()].flat().filter((holder) => holder.person === person)
    return Math.min(...rows.map(({ number }) => number))
  }

  /** The person of a row: a new one, a known one, or two entries that this row shows to be one person. */
  #one({ name, accounts }: PersonRow, same: ReadonlySet<NewPerson>): NewPerson {
    const [person = { name, accounts: {}, seats: [] }, ...others] = same
    for (const other of others) this.#join(person, other)
    person.accounts = { ...accounts, ...person.accounts }
    this.#people.add(person)
    for (const key of keysOf(person)) this.#known.set(key, person)
    return person
  }

  #join(person: NewPerson, other: NewPerson): void {
    person.accounts = { ...other.accounts, ...person.accounts }
    if (other.phone) person.phone ??= other.phone
    const held = new Set(person.seats.map(seatKey))
    person.seats.push(...other.seats.filter((seat) => !held.has(seatKey(seat))))
    this.#people.delete(other)
    for (const list of this.#held.values())
      for (const holder of list) if (holder.person === other) holder.person = person
  }
}
