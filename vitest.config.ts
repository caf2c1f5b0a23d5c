import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'

export default defineConfig({
  plugins: [perf({ server: { command: 'node dist/fixtures/reference-server/main.js', ready: '/health' } })],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/projects/**'],
    testTimeout: 30_000,
    // Real processes on a shared machine: what fails once by chance is tried again, what is broken fails each time.
    // Vitest names them in the summary of a job.
    retry: process.env['CI'] ? 2 : 0,
    ...(process.env['CI'] ? { setupFiles: ['test/no-retry.ts'] } : {}),
    // Most tests wait for processes of their own; the one worker that Vitest takes on two cores would leave half of the machine idle.
    maxWorkers: 2,
    typecheck: { include: ['test/**/*.test-d.ts'] },
    benchmark: { include: ['bench/*.bench.ts'] },
  },
})
