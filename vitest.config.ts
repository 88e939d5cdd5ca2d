import { defineConfig } from 'vitest/config'

// Many tests wait for timers and processes of their own more than they reckon: more of them than cores run at once.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: 3 },
})
