import type { Project } from './project.ts'

export const vitestConfig = `import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'

export default defineConfig({
  plugins: [perf()],
})
`

/** The same in TypeScript and JavaScript. */
export const exampleBench = `import { bench, describePerf } from 'vitest-perf'

// An example: put your own code in its place. Its budget is the gate in benchmark-config.json.
const words = Array.from({ length: 1000 }, (_, at) => \`word\${(at * 7919) % 1000}\`)

describePerf('example', () => {
  bench('sort words', () => [...words].sort())
})
`

const gate = { name: 'Sorting words', metric: 'sort_words.p95_time_ms', operator: 'LessThan', threshold: 10, severity: 'Blocking' }

/** With a gate for the example, where that is written too. */
export function benchmarkConfig({ benches }: Project): string {
  const gates = benches.length === 0 ? [gate] : []
  return `${JSON.stringify({ gates, fail_on_regression: true, regression_threshold_percent: 5 }, null, 2)}\n`
}
