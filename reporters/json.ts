import type { Reporter } from '../src/report/reporter.ts'
import { resultsPieces, resultsText } from '../src/report/results-text.ts'

export const json = {
  file: 'benchmark_results.json',
  render: ({ results }) => resultsText(results),
  pieces: ({ results }) => resultsPieces(results),
} satisfies Reporter
