import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { all } from '../../src/store/store.ts'
import { describeWith } from '../support/tools.ts'
import { afterPowerCut, calls, type Deed, deedsIn } from './power-cut.ts'

const cuts = Number(process.env['POWER_CUTS'] ?? 200)

describeWith('strace', 'the power goes at any moment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'power-'))
  let deeds: Deed[] = []
  beforeAll(async () => {
    const dir = join(folder, 'recorded')
    const trace = join(folder, 'trace')
    mkdirSync(dir)
    const program = [process.execPath, '--import', 'tsx', join(import.meta.dirname, 'recorded.ts'), dir]
    const options = ['-f', '-y', '-qq', '-s', '1000000', '-o', trace, '-e', `trace=${calls}`, '-e', 'signal=none']
    await promisify(execFile)('strace', [...options, ...program])
    deeds = deedsIn(readFileSync(trace, 'latin1'), dir)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('nothing acknowledged is lost, no commit is there by half, and the store opens', {
    timeout: 120_000,
  }, async () => {
    expect(deeds.filter(({ kind }) => kind === 'said').length).toBeGreaterThan(100)
    const faults: string[] = []
    for (let cut = 0; cut < cuts; cut++) {
      const seed = Math.floor(Math.random() * 2 ** 31)
      faults.push(...(await faultsAfter(deeds, seed)).map((fault) => `seed ${seed}: ${fault}`))
    }
    expect(faults).toEqual([])
  })

  it('would show a store that does not wait for the disk', async () => {
    const careless = deeds.filter(({ kind }) => kind !== 'sync')
    const faults: string[] = []
    for (let seed = 1; seed <= 20; seed++) faults.push(...(await faultsAfter(careless, seed)))
    expect(faults.join()).toContain('lost')
  })

  /** The faults of the store after the power cut that this seed gives. */
  async function faultsAfter(done: readonly Deed[], seed: number): Promise<string[]> {
    const random = randomFrom(seed)
    const before = done.slice(0, Math.floor(random() * (done.length + 1)))
    const dir = mkdtempSync(join(folder, 'cut-'))
    for (const [name, bytes] of afterPowerCut(before, random)) writeFileSync(join(dir, name), bytes)
    try {
      const said = before.flatMap((deed) => (deed.kind === 'said' ? [Number(deed.line.slice('stored '.length))] : []))
      return await faultsOf(dir, said)
    } catch (error) {
      return [`does not open: ${error instanceof Error ? error.message : String(error)}`]
    } finally {
      rmSync(dir, { recursive: true })
    }
  }
})

async function faultsOf(dir: string, acknowledged: readonly number[]): Promise<string[]> {
  const store = await openEmbedded(dir, { kind: 'platform' })
  const numbers = async (half: string): Promise<Set<unknown>> => {
    const found = new Set<unknown>()
    for await (const { value } of all(store, [half])) found.add(value)
    return found
  }
  const left = await numbers('left')
  const right = await numbers('right')
  const last = Number((await store.get(['last']))?.value ?? -1)
  const goesOn = await store.commit([{ put: ['after'], value: 1, if: 'absent' }])
  await store.close()
  const lost = acknowledged.filter((n) => !left.has(n) || !right.has(n) || n > last)
  const halves = [...left, ...right].filter((n) => left.has(n) !== right.has(n))
  return [
    ...(lost.length > 0 ? [`lost ${lost.join(' ')}`] : []),
    ...(halves.length > 0 ? [`by half ${halves.join(' ')}`] : []),
    ...(goesOn ? [] : ['takes no more']),
  ]
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
