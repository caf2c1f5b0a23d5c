import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'

/** The tool measures itself: `npm run bench:self`, or one part with `npm run bench:self -- accuracy`. Ratios within one run, with gates. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [perf({ config: 'gates.json', results: '../../benchmark-results/self' })],
  test: {
    // Hundreds of comparisons take hours, so they run only where they are asked for: npm run bench:self -- against
    benchmark: { include: ['*.bench.ts'], exclude: process.argv.includes('against') ? [] : ['against.bench.ts'] },
    testTimeout: 600_000,
  },
})
