import { defineConfig } from 'vitest/config'

/** The quick tests of the rules; those that measure time or look at thousands of inputs are left to the whole suite. */
export default defineConfig({
  test: {
    include: (process.env['MUTATION_TESTS'] ?? 'test/campaign/*.test.ts').split(','),
    exclude: ['**/*-speed.test.ts', '**/*-laws.test.ts', '**/score-sentences.test.ts', '**/snooze.test.ts'],
    testTimeout: 60_000,
    maxWorkers: 1,
  },
})
