import { chmod, mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { all, type Key, type Store, StoreRefused, type Versioned } from './store.ts'

/** What belongs to one run of the program and not to the records: it stays behind. Access tokens are secrets besides. */
const left: readonly string[] = ['token', 'lease', 'pace', 'data-key']
const travels = (key: Key): boolean => !left.includes(key[0] ?? '')

const Line = z.strictObject({ key: z.array(z.string()), value: z.unknown(), expiresAt: z.number().exactOptional() })
const fileOf = (table: string): string => `${table}.jsonl`
const readings = 20

/**
 * All records as of one moment, though a program writes meanwhile: what two readings in a row agree on was all there between them.
 * Throws StoreRefused where it never comes to rest.
 */
async function everything(store: Pick<Store, 'list'>): Promise<Versioned[]> {
  const signature = (records: readonly Versioned[]): string =>
    JSON.stringify(records.map(({ key, version }) => [key, version]))
  let before: string | undefined
  for (let reading = 0; reading < readings; reading++) {
    const records: Versioned[] = []
    for await (const record of all(store, [])) if (travels(record.key)) records.push(record)
    const now = signature(records)
    if (now === before) return records
    before = now
  }
  throw new StoreRefused('程序正在频繁写入，没有读到一致的数据，请稍后再试')
}

/** All records as JSON lines in clear, a text a table, by the name of its file; and the number of records. */
export async function recordLines(store: Pick<Store, 'list'>): Promise<{ files: Map<string, string>; count: number }> {
  const lines = new Map<string, string[]>()
  const records = await everything(store)
  for (const { key, value, expiresAt } of records) {
    const file = fileOf(key[0] ?? '')
    const line = JSON.stringify({ key, value, ...(expiresAt === undefined ? {} : { expiresAt }) })
    lines.set(file, [...(lines.get(file) ?? []), line])
  }
  const files = new Map([...lines].map(([file, some]) => [file, `${some.join('\n')}\n`]))
  return { files, count: records.length }
}

/** Writes all records into a folder that only its owner can read. Gives the number of records. Throws StoreRefused. */
export async function exportRecords(store: Pick<Store, 'list'>, dir: string): Promise<number> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  if ((await readdir(dir)).length > 0) throw new StoreRefused(`目录 ${dir} 不是空的，请换一个空目录`)
  await chmod(dir, 0o700)
  const { files, count } = await recordLines(store)
  for (const [name, text] of files) {
    const file = await open(join(dir, name), 'wx', 0o600)
    await file.writeFile(text)
    await file.close()
  }
  return count
}

/** Takes what was exported, into an empty store. Throws StoreRefused; then nothing was written. */
export async function importRecords(store: Store, dir: string): Promise<number> {
  for await (const { key } of all(store, []))
    if (travels(key)) throw new StoreRefused('存储里已有数据，只能导入到空的存储')
  const records = await exported(dir)
  if (records.length === 0) throw new StoreRefused(`目录 ${dir} 里没有导出的记录`)
  const atOnce = 500
  for (let i = 0; i < records.length; i += atOnce)
    if (!(await store.commit(records.slice(i, i + atOnce))))
      throw new StoreRefused('导入时存储里出现了别的数据，请停止全部程序，清空存储后再导入')
  return records.length
}

async function exported(dir: string): Promise<{ put: Key; value: unknown; if: 'absent'; expiresAt?: number }[]> {
  const files = await readdir(dir).catch(() => {
    throw new StoreRefused(`读不到目录 ${dir}`)
  })
  const records = new Map<string, z.infer<typeof Line>>()
  for (const name of files.filter((one) => one.endsWith('.jsonl')).sort())
    for (const [i, line] of (await readFile(join(dir, name), 'utf8')).split('\n').entries()) {
      if (!line) continue
      const read = Line.safeParse(jsonIn(line)).data
      if (!read || fileOf(read.key[0] ?? '') !== name || records.has(JSON.stringify(read.key)))
        throw new StoreRefused(`${name} 第${i + 1}行不是导出的记录，或与前面的重复`)
      records.set(JSON.stringify(read.key), read)
    }
  return [...records.values()].map(({ key, value, expiresAt }) => ({
    put: key,
    value,
    if: 'absent',
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }))
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
