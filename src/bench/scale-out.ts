import { availableParallelism } from 'node:os'
import { generatedCollege } from '../crash/generated-college.ts'
import { callbacks, scoring } from './college.ts'
import { figure, type Line, rounded } from './line.ts'
import { load, median } from './load.ts'
import { type Place, programOn } from './program.ts'

/** Scorecards a second on one Redis, by one instance and by two that take half each. The gain shows only with more cores than instances. */
export async function scaleOutFigure(place: Place, rounds: number, count: number): Promise<Line> {
  const roster = generatedCollege(40)
  const { credentials, start, close } = await programOn(place, roster)
  const said = scoring(roster)
  const [one, other] = [await start(), await start()]
  try {
    const alone: number[] = []
    const both: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const single = await load(one.port, callbacks(credentials, said, count))
      const began = performance.now()
      await Promise.all([one, other].map(({ port }) => load(port, callbacks(credentials, said, count / 2))))
      const together = (count * 1000) / (performance.now() - began)
      if (round === 0) continue
      alone.push(single.perSecond)
      both.push(together)
    }
    const [a, b] = [median(alone), median(both)]
    return figure('scale-out', {
      engine: 'redis',
      cores: availableParallelism(),
      one: rounded(a),
      two: rounded(b),
      times: rounded(b / a),
    })
  } finally {
    await one.stop()
    await other.stop()
    close()
  }
}
