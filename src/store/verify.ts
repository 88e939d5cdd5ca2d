import { AuditEntry, AuditValues, auditKey, changeHash, Enveloped, entryHash, genesis } from './audit.ts'
import type { DataKeys } from './encrypted.ts'
import { purgedIn } from './purge-certificate.ts'
import { countText, macOf, Seal, SealCount, sealCountKey, sealingKeyIn, sealText } from './seals.ts'
import { all, type Key, type Store } from './store.ts'

/** `verify` only reads, so it can run beside the program. */
type Readable = Pick<Store, 'get' | 'list'>

/** `place` is the record or seal, by ids; `sentence` is Chinese. */
export type Tampering = { place: string; sentence: string }
/**
 * `unsealed` counts entries that no seal binds yet, `unkeyed` seals made without a key. A person who can write to the store could replace
 * both by others that fit.
 */
export type Verified = {
  records: number
  entries: number
  seals: number
  unsealed: number
  unkeyed: number
  findings: Tampering[]
}

const named = (key: Key): string => JSON.stringify(key)
const placeOf = (record: Key): string => record.join('/')

/**
 * Checks every chain of the `tables`, their records and all seals, and reports everything altered, removed, inserted or reordered. After a
 * purge the record and the values of its entries are gone, but the chain of hashes must stand.
 */
export async function verify(
  store: Readable,
  tables: readonly string[],
  keys: DataKeys | undefined,
): Promise<Verified> {
  const purged = await purgedIn(store)
  const records = new Map<string, Key>()
  for (const table of tables) for await (const { key } of all(store, [table])) records.set(named(key), key)
  const lengths = new Map<string, number>()
  for (const kind of ['audit', 'audit-values'])
    for await (const { key } of all(store, [kind])) {
      const record = key.slice(1, -1)
      records.set(named(record), record)
      if (kind === 'audit') lengths.set(named(record), (lengths.get(named(record)) ?? 0) + 1)
    }
  const findings: Tampering[] = []
  for (const record of records.values()) {
    const check = () => checkRecord(store, record, purged(record))
    findings.push(...(await twice(check, (found) => found)).map((sentence) => ({ place: placeOf(record), sentence })))
  }
  const entries = [...lengths.values()].reduce((sum, length) => sum + length, 0)
  const sealed = await twice(
    () => checkSeals(store, keys, entries > 0),
    (found) => found.findings,
  )
  findings.push(...sealed.findings)
  const bound = [...lengths].reduce((sum, [name, length]) => sum + Math.min(length, sealed.upTo.get(name) ?? 0), 0)
  const { n, unkeyed } = sealed
  return { records: records.size, entries, seals: n, unsealed: entries - bound, unkeyed, findings }
}

/** A running program may write between two reads, so a finding counts only if it is there again at a second look. */
async function twice<T>(check: () => Promise<T>, findings: (found: T) => readonly unknown[]): Promise<T> {
  const found = await check()
  return findings(found).length > 0 ? check() : found
}

async function checkRecord(store: Readable, record: Key, purged: boolean): Promise<string[]> {
  const findings: string[] = []
  const values = new Map<string, unknown>()
  for await (const { key, value } of all(store, ['audit-values', ...record])) values.set(key.at(-1) ?? '', value)
  let previous = genesis
  let n = 0
  let to: { value: unknown } | undefined
  for await (const { key, value } of all(store, ['audit', ...record])) {
    n++
    const at = key.at(-1) ?? ''
    const entry = AuditEntry.safeParse(value)
    if (!entry.success || named(key) !== named(auditKey(record, n)) || entry.data.n !== n) {
      findings.push(`第${n}条变更记录的位置上不是它（编号${at}）。`)
      continue
    }
    if (entry.data.previous !== previous) findings.push(`第${n}条变更记录与前一条接不上。`)
    if (entryHash(record, entry.data) !== entry.data.hash) findings.push(`第${n}条变更记录被改动过。`)
    previous = entry.data.hash
    const change = values.get(at)
    values.delete(at)
    const before = to
    to = undefined
    if (change === undefined && purged) continue
    const known = AuditValues.safeParse(change)
    if (!known.success) findings.push(`第${n}条变更记录的内容不见了或不对。`)
    else if (changeHash(known.data) !== entry.data.change) findings.push(`第${n}条变更记录的内容被改动过。`)
    else {
      if (before && !sameValue(before.value, known.data.from))
        findings.push(`第${n}条变更记录的起点与前一条的结果不同，其间有未记录的改动。`)
      to = { value: known.data.to }
    }
  }
  for (const at of values.keys()) findings.push(`多出一条变更内容（编号${at}）。`)
  const found = await store.get(record)
  if (!found && purged) return findings
  const stored = Enveloped.safeParse(found?.value)
  if (!stored.success) return [...findings, '记录不见了或内容不对。']
  const { value, chain } = stored.data
  if (chain.n !== n || chain.head !== previous) findings.push(`记录停在第${chain.n}条变更，变更记录有${n}条，对不上。`)
  else if (!to) findings.push('最后一条变更的内容不见了，无法核对记录。')
  else if (!sameValue(value, to.value)) findings.push('记录的内容与最后一条变更不同。')
  return findings
}

const sameValue = (a: unknown, b: unknown): boolean =>
  changeHash({ salt: '', from: null, to: a }) === changeHash({ salt: '', from: null, to: b })

/** `upTo` is the number of bound entries by record. */
type Sealed = { n: number; unkeyed: number; upTo: Map<string, number>; findings: Tampering[] }

async function checkSeals(store: Readable, keys: DataKeys | undefined, needed: boolean): Promise<Sealed> {
  const sealed: Sealed = { n: 0, unkeyed: 0, upTo: new Map(), findings: [] }
  const report = (place: string, sentence: string): void => void sealed.findings.push({ place, sentence })
  const { secret, from = Infinity } = (await sealingKeyIn(store, keys)) ?? {}
  const isRight = (text: string, { keyed, mac }: { keyed: boolean; mac: string }): boolean =>
    keyed ? secret !== undefined && macOf(text, secret) === mac : macOf(text, undefined) === mac
  let previous = ''
  let keyed = false
  for await (const { key, value } of all(store, ['seal'])) {
    const place = `封存第${Number(key.at(-1))}号`
    const read = Seal.safeParse(value)
    const n = ++sealed.n
    if (!read.success) {
      report(place, '内容不对。')
      continue
    }
    const seal = read.data
    if (!isRight(sealText(seal), seal)) report(place, seal.keyed && !secret ? noSecret : '被改动过。')
    if (!seal.keyed && (keyed || n >= from)) report(place, '没有用密钥封存，而它应当用了。')
    if (seal.n !== n || Number(key.at(-1)) !== n || key.length !== 2) report(place, `编号不连续，应为第${n}号。`)
    if (seal.previous !== previous) report(place, '与前一号接不上。')
    previous = seal.mac
    keyed = seal.keyed
    if (!keyed) sealed.unkeyed++
    for (const [record, at, head] of seal.heads) {
      sealed.upTo.set(named(record), at)
      if ((await headAt(store, auditKey(record, at))) !== head)
        report(placeOf(record), `第${at}条变更记录与${place}不符。`)
    }
  }
  const count = SealCount.safeParse((await store.get(sealCountKey))?.value)
  if (sealed.n === 0 && needed) report('封存', '一次也没有，或全部被删除。')
  if (sealed.n > 0 && !count.success) report('封存', '总数不见了。')
  const { data } = count
  if (data && (data.n !== sealed.n || data.keyed !== keyed || !isRight(countText(sealed.n, previous), data)))
    report('封存', `总数对不上：有${sealed.n}号，应有${data.n}号。`)
  else if (sealed.n > 0 && data && keys && !keyed)
    report('封存', '最后一次没有用 DATA_KEY。刚设置它的话，请重新启动程序后再核对。')
  return sealed
}
const noSecret = '无法核对：封存的密钥不见了，或 DATA_KEY 打不开它。'

/** The hash of an entry, to compare with the seal. */
async function headAt(store: Readable, entry: Key): Promise<string | undefined> {
  return AuditEntry.safeParse((await store.get(entry))?.value).data?.hash
}
