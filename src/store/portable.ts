import { chmod, mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { all, type Key, type Store, StoreRefused } from './store.ts'

/** What belongs to one run of the program and not to the records: it stays behind. Access tokens are secrets besides. */
const left: readonly string[] = ['token', 'lease', 'pace', 'once', 'once-last', 'pushed', 'data-key']
export const travels = (key: Key): boolean => !left.includes(key[0] ?? '')

const Line = z.strictObject({ key: z.array(z.string()), value: z.unknown() })
const fileOf = (table: string): string => `${table}.jsonl`

/** All records as JSON lines in clear, one file a table, in a folder only its owner can read. Gives the number of records. */
export async function exportRecords(store: Pick<Store, 'list'>, dir: string): Promise<number> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  if ((await readdir(dir)).length > 0) throw new StoreRefused(`目录 ${dir} 不是空的，请换一个空目录`)
  await chmod(dir, 0o700)
  let count = 0
  let table = ''
  let file: Awaited<ReturnType<typeof open>> | undefined
  try {
    for await (const { key, value } of all(store, [])) {
      if (!travels(key)) continue
      if (key[0] !== table || !file) {
        table = key[0] ?? ''
        await file?.close()
        file = await open(join(dir, fileOf(table)), 'wx', 0o600)
      }
      await file.write(`${JSON.stringify({ key, value })}\n`)
      count++
    }
  } finally {
    await file?.close()
  }
  return count
}

/** Takes what was exported, into an empty store. Throws StoreRefused; then nothing was written. */
export async function importRecords(store: Store, dir: string): Promise<number> {
  for await (const { key } of all(store, []))
    if (travels(key)) throw new StoreRefused('存储里已有数据，只能导入到空的存储')
  const records: { key: string[]; value: unknown }[] = []
  const files = await readdir(dir).catch(() => {
    throw new StoreRefused(`读不到目录 ${dir}`)
  })
  for (const name of files.filter((one) => one.endsWith('.jsonl')).sort())
    for (const [i, line] of (await readFile(join(dir, name), 'utf8')).split('\n').entries()) {
      if (!line) continue
      const read = Line.safeParse(JSON.parse(line))
      if (!read.success) throw new StoreRefused(`${name} 第${i + 1}行不是导出的记录`)
      records.push(read.data)
    }
  if (records.length === 0) throw new StoreRefused(`目录 ${dir} 里没有导出的记录`)
  const atOnce = 500
  for (let i = 0; i < records.length; i += atOnce)
    await store.commit(
      records.slice(i, i + atOnce).map(({ key, value }) => ({ put: key, value, if: 'absent' as const })),
    )
  return records.length
}
