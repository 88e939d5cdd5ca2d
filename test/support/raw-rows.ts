import { join } from 'node:path'
import { Redis } from 'ioredis'
import Database from 'libsql'
import { z } from 'zod'

/** `order` holds every column by which the rows of this place can be sorted; `text` is everything written in the row. */
export type RawRow = { place: string; order: { [column: string]: number }; text: string }

const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
const Named = z.array(z.tuple([z.string()]))

/** All tables of the file, in their order in the file. */
export function rowsOfFile(folder: string): RawRow[] {
  const db = new Database(join(folder, 'store.db'), { readonly: true })
  const tables = Named.parse(db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").raw().all())
  const rows = tables.flatMap(([place]) => {
    const hidden = place === 'records' ? 'rowid AS place, ' : ''
    return db
      .prepare(`SELECT ${hidden}* FROM ${place}`)
      .all()
      .map((one, position) => rawRow(place, position, Row.parse(one)))
  })
  db.close()
  return rows
}

/** All keys of the college, in the order in which Redis returns their members. */
export async function rowsOfRedis(url: string, prefix: string): Promise<RawRow[]> {
  const redis = new Redis(url)
  const rows: RawRow[] = []
  for (const place of await redis.keys(`{${prefix}}:*`)) {
    const pairs = await membersOf(redis, place)
    for (const [position, [member, value]] of pairs.entries()) rows.push(rawRow(place, position, { member, value }))
  }
  redis.disconnect()
  return rows
}

async function membersOf(redis: Redis, place: string): Promise<[string, string | number][]> {
  const kind = await redis.type(place)
  if (kind === 'hash') return Object.entries(await redis.hgetall(place))
  if (kind === 'zset') return scored(await redis.zrange(place, '0', '-1', 'WITHSCORES'))
  return [['', (await redis.get(place)) ?? '']]
}

const scored = (found: readonly string[]): [string, number][] =>
  found.flatMap((member, i) => (i % 2 === 0 ? [[member, Number(found[i + 1])] as [string, number]] : []))

function rawRow(place: string, position: number, columns: z.infer<typeof Row>): RawRow {
  const order: RawRow['order'] = { position }
  for (const [name, value] of Object.entries(columns)) if (typeof value === 'number') order[name] = value
  return { place, order, text: Object.values(columns).join('\n') }
}
