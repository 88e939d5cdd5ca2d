import { expect, it } from 'vitest'
import { shaped, shapes } from '../../src/bench/hostile-shapes.ts'
import { readersOf } from '../../src/bench/readers.ts'
import { college } from './branches.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

const readers = readersOf(campaignOf(plan2022), college, college.slice(0, 3))

/** The reader's own work in milliseconds of processor time, as the best of several rounds. */
function cost(read: (text: string) => unknown, text: string, times: number): number {
  const rounds = Array.from({ length: times }, () => {
    const start = process.cpuUsage()
    read(text)
    return process.cpuUsage(start).user / 1000
  })
  return Math.min(...rounds)
}

/** Half of the goal for such a text, in milliseconds. A cheaper text holds nobody up, and the garbage collector takes as long. */
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
    // One round is enough if it passes. If it fails, the machine was busy or the time grows too fast, so the shape is measured again.
    const suspected = shapes.filter((piece) => ratio(piece, 1) > 3)
    expect(suspected.filter((piece) => ratio(piece, 7) > 3)).toEqual([])
  },
)
