import { defineConfig } from 'vitest/config'

// Many tests wait for timers and processes of their own more than they reckon: more of them than cores run at once.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    // The files of one worker share the modules, since reading them anew for each of 230 files took minutes. A test puts back what it changed.
    isolate: false,
  },
})
