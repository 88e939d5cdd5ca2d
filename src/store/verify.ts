import { AuditEntry, AuditValues, auditKey, changeHash, Enveloped, entryHash, genesis } from './audit.ts'
import { countText, headAt, macOf, Seal, SealCount, sealCountKey, sealText } from './seals.ts'
import { all, type Key, type Store } from './store.ts'

/** Reads only, so that it can run beside the program. */
type Readable = Pick<Store, 'get' | 'list'>

/** `place`: which record or seal, by ids; `sentence`: Chinese. */
export type Tampering = { place: string; sentence: string }
export type Verified = { records: number; entries: number; seals: number; findings: Tampering[] }

/** What was purged on purpose: the record and the values of its entries are gone, the chain of hashes stands. */
export type Purged = (record: Key) => boolean

const named = (key: Key): string => key.join('/')

/**
 * Walks every chain of the `tables`, their records and all seals, and reports whatever was altered, removed, inserted or reordered.
 * `keys`: DATA_KEY and the one before it.
 */
export async function verify(
  store: Readable,
  tables: readonly string[],
  keys: readonly Uint8Array[],
  purged: Purged = () => false,
): Promise<Verified> {
  const records = new Map<string, Key>()
  for (const table of tables) for await (const { key } of all(store, [table])) records.set(named(key), key)
  const numbers = new Map<string, Set<string>>()
  for (const kind of ['audit', 'audit-values'])
    for await (const { key } of all(store, [kind])) {
      const record = key.slice(1, -1)
      records.set(named(record), record)
      if (kind === 'audit') numbers.set(named(record), (numbers.get(named(record)) ?? new Set()).add(key.at(-1) ?? ''))
    }
  const findings: Tampering[] = []
  for (const [place, record] of records) {
    const found = await twice(() => checkRecord(store, record, purged(record)))
    findings.push(...found.map((sentence) => ({ place, sentence })))
  }
  const sealed = await checkSeals(store, keys)
  findings.push(...(sealed.findings.length > 0 ? await checkSeals(store, keys) : sealed).findings)
  const entries = [...numbers.values()].reduce((sum, { size }) => sum + size, 0)
  return { records: records.size, entries, seals: sealed.n, findings }
}

/** A running program may write between two reads: what is wrong is still so when looked at again. */
async function twice(check: () => Promise<string[]>): Promise<string[]> {
  return (await check()).length > 0 ? check() : []
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
    if (!entry.success || Number(at) !== n || entry.data.n !== n) {
      findings.push(`第${n}条变更记录的位置上不是它（编号${at}）。`)
      continue
    }
    if (entry.data.previous !== previous) findings.push(`第${n}条变更记录与前一条接不上。`)
    if (entryHash(record, entry.data) !== entry.data.hash) findings.push(`第${n}条变更记录被改动过。`)
    previous = entry.data.hash
    const change = values.get(at)
    values.delete(at)
    to = undefined
    if (change === undefined && purged) continue
    const known = AuditValues.safeParse(change)
    if (!known.success) findings.push(`第${n}条变更记录的内容不见了或不对。`)
    else if (changeHash(known.data) !== entry.data.change) findings.push(`第${n}条变更记录的内容被改动过。`)
    else to = { value: known.data.to }
  }
  for (const at of values.keys()) findings.push(`多出第${Number(at)}条变更的内容。`)
  const found = await store.get(record)
  if (!found && purged) return findings
  const stored = Enveloped.safeParse(found?.value)
  if (!stored.success) return [...findings, '记录不见了或内容不对。']
  const { value, chain } = stored.data
  if (chain.n !== n || chain.head !== previous) findings.push(`记录停在第${chain.n}条变更，变更记录有${n}条，对不上。`)
  else if (to && !sameValue(value, to.value)) findings.push('记录的内容与最后一条变更不同。')
  return findings
}

const sameValue = (a: unknown, b: unknown): boolean =>
  changeHash({ salt: '', from: null, to: a }) === changeHash({ salt: '', from: null, to: b })

async function checkSeals(store: Readable, keys: readonly Uint8Array[]): Promise<{ n: number; findings: Tampering[] }> {
  const findings: Tampering[] = []
  const report = (place: string, sentence: string): void => void findings.push({ place, sentence })
  const isRight = (text: string, { keyed, mac }: { keyed: boolean; mac: string }): boolean =>
    (keyed ? keys : [undefined]).some((key) => macOf(text, key) === mac)
  let n = 0
  let previous = ''
  let keyedBefore = false
  for await (const { key, value } of all(store, ['seal'])) {
    const place = `封存第${Number(key.at(-1))}号`
    const read = Seal.safeParse(value)
    n++
    if (!read.success) {
      report(place, '内容不对。')
      continue
    }
    const seal = read.data
    if (seal.keyed && keys.length === 0) report(place, '是用密钥封存的，核对它需要 DATA_KEY。')
    else if (!isRight(sealText(seal), seal) || (keyedBefore && !seal.keyed))
      report(place, '被改动过，或不是用本机的 DATA_KEY 封存的。')
    if (seal.n !== n || Number(key.at(-1)) !== n) report(place, `编号不连续，应为第${n}号。`)
    if (seal.previous !== previous) report(place, '与前一号接不上。')
    previous = seal.mac
    keyedBefore = seal.keyed
    for (const [record, at, head] of seal.heads)
      if ((await headAt(store, auditKey(record, at))) !== head)
        report(named(record), `第${at}条变更记录与${place}不符。`)
  }
  const count = SealCount.safeParse((await store.get(sealCountKey))?.value)
  if (n > 0 && !count.success) report('封存', '总数不见了。')
  else if (count.success && (count.data.n !== n || !isRight(countText(n, previous), count.data)))
    report('封存', `总数对不上：有${n}号，应有${count.data.n}号。`)
  return { n, findings }
}
