import type { Store } from '../store/store.ts'
import { figure, type Line, rounded } from './line.ts'

const value = { text: '支部活动正常'.repeat(20) }
const writers = 32

/** Durable commits a second, one record each, on an empty store: one after another, and by 32 writers at once. */
export async function commitFigure(engine: string, store: Store, count: number): Promise<Line> {
  const alone = await perSecond(1, count, (writer, n) => write(store, writer, n))
  const together = await perSecond(writers, count, (writer, n) => write(store, writer, n))
  return figure('commits', { engine, alone: rounded(alone), writers, together: rounded(together) })
}

async function write(store: Store, writer: string, n: number): Promise<void> {
  const done = await store.commit([{ put: ['bench', writer, String(n).padStart(9, '0')], value, if: 'absent' }])
  if (!done) throw new Error('a key of the bench was written twice')
}

async function perSecond(
  loops: number,
  count: number,
  commit: (writer: string, n: number) => Promise<void>,
): Promise<number> {
  const began = performance.now()
  const each = Math.ceil(count / loops)
  await Promise.all(
    Array.from({ length: loops }, async (_, loop) => {
      for (let n = 0; n < each; n++) await commit(`${loops}-${loop}`, n)
    }),
  )
  return (each * loops) / ((performance.now() - began) / 1000)
}
