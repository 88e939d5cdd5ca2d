import { execFileSync } from 'node:child_process'
import { openEmbedded } from '../../src/store/embedded.ts'
import { all } from '../../src/store/store.ts'

/**
 * A program whose files may not grow beyond a limit set from outside. It commits until the store refuses, reads, has the limit lifted, and
 * commits again. It prints what it saw as one JSON object.
 */
const store = await openEmbedded(process.argv[2] ?? '', { kind: 'platform' })
const acknowledged: string[] = []
const errors = new Set<string>()

async function commit(n: string): Promise<void> {
  const halves = ['left', 'right'].map((side) => ({ put: [side, n], value: 'x'.repeat(20_000) }))
  try {
    if (await store.commit(halves)) acknowledged.push(n)
  } catch (error) {
    errors.add(error instanceof Error ? error.name : 'unknown')
  }
}
async function stored(): Promise<{ left: string[]; right: string[] }> {
  const found = { left: new Array<string>(), right: new Array<string>() }
  for await (const { key } of all(store, ['left'])) found.left.push(key[1] ?? '')
  for await (const { key } of all(store, ['right'])) found.right.push(key[1] ?? '')
  return found
}

for (let n = 1000; errors.size === 0 && n < 2000; n++) await commit(String(n))
await Promise.all([commit('3001'), commit('3002')])
const full = { acknowledged: [...acknowledged], errors: [...errors], stored: await stored() }
execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited'])
errors.clear()
await commit('9000')
const afterwards = { acknowledged, errors: [...errors], stored: await stored() }
console.log(JSON.stringify({ full, afterwards }))
await store.close()
