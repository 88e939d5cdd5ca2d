import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Wording, wordingsOf } from '../support/score-cases.ts'
import { atOnce, hasOneValue, wordingCollege } from '../support/score-wordings.ts'

/** Real wordings, and our own of the same kinds. test/cases/README.md explains a line. */
describe.each(['scores', 'own-scores'])('the wordings of %s', (name) => {
  it('are understood as they were meant, or asked back', async () => {
    const all = wordingsOf(readFileSync(new URL(`../cases/${name}.jsonl`, import.meta.url), 'utf8'))
    const wrong: string[] = []
    const asked: Wording[] = []
    for (let from = 0; from < all.length; from += atOnce) {
      const college = await wordingCollege()
      for (const [i, wording] of all.slice(from, from + atOnce).entries()) {
        const { outcome, got } = await college.play(wording, i)
        const said = [...(wording.before ?? []), wording.text].join(' ⏩ ')
        if (outcome === 'wrong') wrong.push(`${said} → ${got}, not ${JSON.stringify(wording.want)}`)
        if (outcome === 'asked' && hasOneValue(wording)) asked.push(wording)
      }
      await college.close()
    }
    expect(wrong).toEqual([])
    expect(asked.length / all.filter(hasOneValue).length).toBeLessThanOrEqual(0.02)
  }, 300_000)
})
