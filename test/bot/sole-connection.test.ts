import { expect, it } from 'vitest'
import { backOff } from '../../src/bot/connections/sole-connection.ts'

it('the waits between attempts grow, and no two programs wait the same', () => {
  const waits = [1, 2, 3, 10].map((failures) => backOff(failures, { firstWait: 1000, longestWait: 60_000 }))
  for (const [i, full] of [1000, 2000, 4000, 60_000].entries()) {
    expect(waits[i]).toBeGreaterThanOrEqual(full / 2)
    expect(waits[i]).toBeLessThanOrEqual(full)
  }
})
