import type { Reporter } from '../src/report/reporter.ts'
import { resultsText } from '../src/report/results-text.ts'

export const json = {
  file: 'benchmark_results.json',
  render: ({ results }) => resultsText(results),
} satisfies Reporter
