import { defineConfig } from 'vitest/config'

const chosen = process.env['MUTATION_TESTS']
/** These measure time, or may find a wording of their own that is read wrongly: neither says anything about a mutant. */
const never = ['**/*-speed.test.ts', '**/score-sentences.test.ts']

/** The quick tests of the rules; those that look at thousands of inputs are for what these do not notice. */
export default defineConfig({
  test: {
    include: (chosen ?? 'test/campaign/*.test.ts').split(','),
    exclude: [...never, ...(chosen === undefined ? ['**/*-laws.test.ts'] : [])],
    testTimeout: 60_000,
    maxWorkers: 1,
  },
})
