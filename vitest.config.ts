import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'

export default defineConfig({
  plugins: [perf({ server: { command: 'node dist/fixtures/reference-server/main.js', ready: '/health' } })],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/projects/**'],
    testTimeout: 30_000,
    // Most tests wait for processes of their own; the one worker that Vitest takes on two cores would leave half of the machine idle.
    maxWorkers: 2,
    typecheck: { include: ['test/**/*.test-d.ts'] },
    benchmark: { include: ['bench/*.bench.ts'] },
  },
})
