import { createHash } from 'node:crypto'
import { chmod, mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { stopped } from '../errors.ts'
import { all, type Key, type Store, type Version, type Versioned, type Write } from './store.ts'
import { table } from './table.ts'

/** Tables of one run of the program, not records, so they stay behind. Access tokens and logins are secrets as well. */
const left: readonly string[] = ['token', 'lease', 'pace', 'data-key', 'importing', 'web-session', 'login-state']
const travels = (key: Key): boolean => !left.includes(key[0] ?? '')

const Line = z.strictObject({ key: z.array(z.string()), value: z.unknown(), expiresAt: z.number().exactOptional() })
const fileOf = (table: string): string => `${table}.jsonl`
const readings = 20

/**
 * All records as of one moment, even while a program writes. If two readings in a row agree, everything in them existed at the same time
 * between them. Throws Stopped if the store never comes to rest.
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
  throw stopped('export-too-busy', {})
}

/** All records as JSON lines in clear, one text for each table by the name of its file, and the number of records. */
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

/** Writes all records into a folder that only its owner can read. Returns the number of records. Throws Stopped. */
export async function exportRecords(store: Pick<Store, 'list'>, dir: string): Promise<number> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  if ((await readdir(dir)).length > 0) throw stopped('folder-not-empty', { dir })
  await chmod(dir, 0o700)
  const { files, count } = await recordLines(store)
  for (const [name, text] of files) {
    const file = await open(join(dir, name), 'wx', 0o600)
    await file.writeFile(text)
    await file.close()
  }
  return count
}

/** This record exists from the first to the last record of an import. It holds a hash of the imported content. */
const importings = table('importing', z.strictObject({ hash: z.string() }))

/** Throws Stopped if the store holds only half of an import, because it must not be used. */
export async function refuseHalfImported(store: Pick<Store, 'get'>): Promise<void> {
  if (await store.get(importings.key())) throw stopped('import-half-done', {})
}

/** Imports an export into an empty store, or continues an import that was interrupted. Throws Stopped; then nothing was written. */
export async function importRecords(store: Store, dir: string): Promise<number> {
  const records = await exported(dir)
  if (records.length === 0) throw stopped('export-empty', { dir })
  const mark = await begun(store, createHash('sha256').update(JSON.stringify(records)).digest('hex'))
  const atOnce = 500
  for (let i = 0; i < records.length; i += atOnce) {
    const some: Write[] = [{ check: importings.key(), if: mark }, ...records.slice(i, i + atOnce)]
    if (!(await store.commit(some))) throw stopped('import-running', {})
  }
  await store.commit([{ delete: importings.key(), if: mark }])
  return records.length
}

/** Marks the store. Returns the version of the mark. */
async function begun(store: Store, hash: string): Promise<Version> {
  const before = await store.get(importings.key())
  if (before && importings.schema.parse(before.value).hash !== hash) throw stopped('import-of-another', {})
  if (!before) {
    for await (const { key } of all(store, [])) if (travels(key)) throw stopped('store-not-empty', {})
    await store.commit([{ put: importings.key(), value: { hash }, if: 'absent' }])
  }
  const mark = before ?? (await store.get(importings.key()))
  if (!mark) throw stopped('import-running', {})
  return mark.version
}

async function exported(dir: string): Promise<{ put: Key; value: unknown; expiresAt?: number }[]> {
  const files = await readdir(dir).catch(() => {
    throw stopped('folder-unreadable', { dir })
  })
  const records = new Map<string, z.infer<typeof Line>>()
  for (const name of files.filter((one) => one.endsWith('.jsonl')).sort())
    for (const [i, line] of (await readFile(join(dir, name), 'utf8')).split('\n').entries()) {
      if (!line) continue
      const read = Line.safeParse(jsonIn(line)).data
      if (!read || fileOf(read.key[0] ?? '') !== name || records.has(JSON.stringify(read.key)))
        throw stopped('export-line-wrong', { file: name, line: i + 1 })
      records.set(JSON.stringify(read.key), read)
    }
  return [...records.values()].map(({ key, value, expiresAt }) => ({
    put: key,
    value,
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
