import { defineConfig } from 'vitest/config'

const chosen = process.env['MUTATION_TESTS']
/** These tests measure time, or may find wordings that are read wrongly. Neither tells anything about a mutant. */
const never = ['**/*-speed.test.ts', '**/score-sentences.test.ts']

/** The quick tests of the rules. Tests with thousands of inputs run only for mutants that these do not notice. */
export default defineConfig({
  test: {
    include: (chosen ?? 'test/campaign/*.test.ts').split(','),
    exclude: [...never, ...(chosen === undefined ? ['**/*-laws.test.ts'] : [])],
    testTimeout: 60_000,
    maxWorkers: 1,
  },
})
