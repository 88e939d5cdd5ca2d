import { relative } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const chosen = process.env['MUTATION_TESTS']
/** These tests measure time, or may find wordings that are read wrongly. Neither tells anything about a mutant. */
const never = ['**/*-speed.test.ts', '**/score-sentences.test.ts']

/** What noticed the mutant before comes first, then the quick files: a run ends with the first test that fails. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const costOf = ({ project, moduleId }: TestSpecification): number => {
      const last = this.ctx.cache.getFileTestResults(`${project.name}:${relative(this.ctx.config.root, moduleId)}`)
      return last?.failed ? -1 : (last?.duration ?? 0)
    }
    return files.toSorted((a, b) => costOf(a) - costOf(b))
  }
}

/** The quick tests of the rules. Tests with thousands of inputs run only for mutants that these do not notice. */
export default defineConfig({
  test: {
    include: (chosen ?? 'test/campaign/*.test.ts').split(','),
    exclude: [...never, ...(chosen === undefined ? ['**/*-laws.test.ts'] : [])],
    testTimeout: 60_000,
    maxWorkers: 1,
    isolate: false,
    sequence: { sequencer: QuickFirst },
  },
})
