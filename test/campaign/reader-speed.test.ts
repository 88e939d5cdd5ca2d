import { expect, it } from 'vitest'
import { shaped, shapes } from '../../src/bench/hostile-shapes.ts'
import { readersOf } from '../../src/bench/readers.ts'
import { college } from './branches.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

const readers = readersOf(campaignOf(plan2022), college, college.slice(0, 3))

/** What a reader's own work on a text took, in milliseconds of processor time. */
function cost(read: (text: string) => unknown, text: string): number {
  const start = process.cpuUsage()
  read(text)
  return process.cpuUsage(start).user / 1000
}

/** Half of the goal for such a text, in milliseconds. A cheaper text holds nobody up, and the garbage collector takes as long. */
const least = 25

it.each(Object.entries(readers))(
  '%s: twice the text costs at most three times as much, whatever its shape',
  { timeout: 60_000 },
  (_, read) => {
    for (const piece of shapes) read(shaped(piece, 2_000))
    expect(shapes.filter((piece) => growsTooFast(read, piece))).toEqual([])
  },
)

/**
 * Whether the double length costs more than three times as much: four times where the time grows with the square. Other work on the machine
 * can add to any round, so the least of each length counts, and a text is acquitted by the first rounds that show it cheap.
 */
function growsTooFast(read: (text: string) => unknown, piece: string): boolean {
  let [once, twice] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let round = 0; round < 40; round++) {
    twice = Math.min(twice, cost(read, shaped(piece, 20_000)))
    if (twice <= least) return false
    once = Math.min(once, cost(read, shaped(piece, 10_000)))
    if (twice / once <= 3) return false
  }
  return true
}
