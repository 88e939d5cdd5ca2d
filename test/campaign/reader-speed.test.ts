import { expect, it } from 'vitest'
import { shaped, shapes } from '../../src/bench/hostile-shapes.ts'
import { readersOf } from '../../src/bench/readers.ts'
import { college } from './branches.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

const readers = readersOf(campaignOf(plan2022), college, college.slice(0, 3))

/** What the reader itself works, in milliseconds of the processor; the best of so many rounds. */
function cost(read: (text: string) => unknown, text: string, times: number): number {
  const rounds = Array.from({ length: times }, () => {
    const start = process.cpuUsage()
    read(text)
    return process.cpuUsage(start).user / 1000
  })
  return Math.min(...rounds)
}

/** Half of the goal for such a text: what costs less holds nobody up, and the collector takes as long. Milliseconds. */
const least = 25

it.each(Object.entries(readers))(
  '%s: twice the text costs at most three times as much, whatever its shape',
  { timeout: 60_000 },
  (_, read) => {
    const ratio = (piece: string, times: number): number => {
      const twice = cost(read, shaped(piece, 20_000), times)
      return twice > least ? twice / cost(read, shaped(piece, 10_000), times) : 0
    }
    for (const piece of shapes) read(shaped(piece, 2_000))
    // Once is enough where it holds; where it does not, the machine had something else to do, or it grows too fast.
    const suspected = shapes.filter((piece) => ratio(piece, 1) > 3)
    expect(suspected.filter((piece) => ratio(piece, 7) > 3)).toEqual([])
  },
)
