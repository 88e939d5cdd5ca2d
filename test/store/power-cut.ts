/** What a program did to the files of one folder, in order. `said` is a line that it printed. */
export type Deed =
  | { kind: 'make' | 'remove'; name: string }
  | { kind: 'sync'; name: string }
  | { kind: 'write'; name: string; at: number; bytes: Buffer }
  | { kind: 'cut'; name: string; size: number }
  | { kind: 'sync folder' }
  | { kind: 'said'; line: string }

/** The system calls to record. */
export const calls = 'openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink'

/** Reads the output of `strace -f -y -o`. Returns the deeds in `folder`. A sync counts from its end, everything else from its beginning. */
export function deedsIn(trace: string, folder: string): Deed[] {
  const deeds: Deed[] = []
  const begun = new Map<string, Deed>()
  for (const line of trace.split('\n')) {
    const space = line.indexOf(' ')
    const thread = line.slice(0, space)
    const call = line.slice(space).trimStart()
    if (call.startsWith('<... ')) {
      const sync = begun.get(thread)
      begun.delete(thread)
      if (sync && call.endsWith('= 0')) deeds.push(sync)
      continue
    }
    const deed = deedOf(call, folder)
    if (!deed) continue
    const isSync = deed.kind === 'sync' || deed.kind === 'sync folder'
    if (isSync && call.endsWith('<unfinished ...>')) begun.set(thread, deed)
    else deeds.push(deed)
  }
  return deeds
}

function deedOf(call: string, folder: string): Deed | undefined {
  const name = call.slice(0, call.indexOf('('))
  const said = name === 'write' ? /^write\(1<[^>]{0,80}>, "(stored \d{1,9})\\n"/.exec(call)?.[1] : undefined
  if (said !== undefined) return { kind: 'said', line: said }
  const at = call.indexOf(`${folder}/`)
  const closing = name === 'unlink' || name === 'openat' ? '"' : '>'
  if (at < 0 || at > 200)
    return (name === 'fsync' || name === 'fdatasync') && call.includes(`<${folder}>`)
      ? { kind: 'sync folder' }
      : undefined
  const from = at + folder.length + 1
  const file = call.slice(from, call.indexOf(closing, from))
  const rest = call.slice(from + file.length + 1)
  // Shared memory of running connections, which is made anew.
  if (file.endsWith('-shm')) return undefined
  if (name === 'fsync' || name === 'fdatasync') return { kind: 'sync', name: file }
  if (name === 'unlink') return { kind: 'remove', name: file }
  if (name === 'openat')
    return rest.includes('O_CREAT') && !rest.includes('ENOENT') ? { kind: 'make', name: file } : undefined
  if (name === 'ftruncate') return { kind: 'cut', name: file, size: Number.parseInt(rest.slice(2), 10) }
  const end = rest.lastIndexOf('"')
  const bytes = unquoted(rest.slice(rest.indexOf('"') + 1, end))
  return { kind: 'write', name: file, at: Number(/^", \d+, (\d+)/.exec(rest.slice(end))?.[1]), bytes }
}

const marks: { [mark: string]: string } = { n: '\n', t: '\t', v: '\v', f: '\f', r: '\r' }
const unquoted = (text: string): Buffer =>
  Buffer.from(
    text.replace(/\\(?:([0-7]{1,3})|(.))/g, (_, octal: string | undefined, mark: string) =>
      octal === undefined ? (marks[mark] ?? mark) : String.fromCharCode(Number.parseInt(octal, 8)),
    ),
    'latin1',
  )

type Change = Extract<Deed, { kind: 'write' | 'cut' }>
/** A file under any name: `safe` is certainly on the disk, `pending` was only written. */
type Held = { safe: Buffer; pending: Change[] }
const sector = 512

/**
 * The files after a power cut at some moment. Writes since the last sync of their file may be there or not, sector by sector and in any
 * order. Names made or removed since the last sync of the folder hold up to some moment. `random` gives numbers from 0 to below 1.
 */
export function afterPowerCut(deeds: readonly Deed[], random: () => number): Map<string, Buffer> {
  let safeNames = new Map<string, Held>()
  let names = new Map<string, Held>()
  let since: Map<string, Held>[] = []
  for (const deed of deeds) {
    if (deed.kind === 'said') continue
    if (deed.kind === 'sync folder') {
      safeNames = names
      since = []
    } else if (deed.kind === 'make' || deed.kind === 'remove') {
      const had = names.get(deed.name)
      if (deed.kind === 'make' && had) continue
      names = new Map(names)
      if (deed.kind === 'make') names.set(deed.name, { safe: Buffer.alloc(0), pending: [] })
      else names.delete(deed.name)
      since.push(names)
    } else {
      const held = names.get(deed.name)
      if (!held) throw new Error(`${deed.name} was never made`)
      if (deed.kind === 'write' || deed.kind === 'cut') held.pending.push(deed)
      else {
        held.safe = held.pending.reduce(changed, held.safe)
        held.pending = []
      }
    }
  }
  const left = [safeNames, ...since][Math.floor(random() * (since.length + 1))] ?? safeNames
  const share = [0, 0.1, 0.5, 0.9][Math.floor(random() * 4)] ?? 0
  const survived = ({ safe, pending }: Held): Buffer =>
    pending
      .flatMap(inSectors)
      .filter(() => random() < share)
      .map((change) => ({ change, order: random() }))
      .toSorted((a, b) => a.order - b.order)
      .reduce((bytes, { change }) => changed(bytes, change), safe)
  return new Map([...left].map(([name, held]) => [name, survived(held)]))
}

function changed(bytes: Buffer, change: Change): Buffer {
  if (change.kind === 'cut')
    return change.size <= bytes.length ? bytes.subarray(0, change.size) : Buffer.concat([bytes], change.size)
  const result = Buffer.concat([bytes], Math.max(bytes.length, change.at + change.bytes.length))
  change.bytes.copy(result, change.at)
  return result
}

function inSectors(change: Change): Change[] {
  if (change.kind === 'cut') return [change]
  const { name, at, bytes } = change
  const pieces: Change[] = []
  for (let from = 0; from < bytes.length; ) {
    const size = sector - ((at + from) % sector)
    pieces.push({ kind: 'write', name, at: at + from, bytes: bytes.subarray(from, from + size) })
    from += size
  }
  return pieces
}
