import { PerfError } from '../../src/model/error.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import { fullMarkdown } from '../markdown.ts'
import { customBiggerIsBetter, customSmallerIsBetter } from './action-benchmark.ts'
import { bencher } from './bencher.ts'
import { benchstat } from './benchstat.ts'
import { csv } from './csv.ts'
import { githubAnnotations, githubSummary } from './github.ts'
import { junit } from './junit.ts'
import { k6 } from './k6.ts'
import { openmetrics } from './openmetrics.ts'
import { vitest4 } from './vitest4.ts'

/** Reports for other tools, by the name that `perf({ reporters: […] })` and `vitest-perf report -f` know. docs/exporters.md describes them. */
export const exporters = {
  junit,
  csv,
  openmetrics,
  bencher,
  benchstat,
  k6,
  vitest4,
  customSmallerIsBetter,
  customBiggerIsBetter,
  'github-summary': githubSummary,
  'github-annotations': githubAnnotations,
  'markdown-full': fullMarkdown,
} satisfies Record<string, Reporter>

export type ExporterName = keyof typeof exporters

/** @throws PerfError OPTION_INVALID for a name that no exporter has */
export function exportersNamed(names: readonly string[]): Record<string, Reporter> {
  return Object.fromEntries(
    names.map((name) => {
      if (!Object.hasOwn(exporters, name)) {
        throw new PerfError('OPTION_INVALID', `There is no report "${name}"; there are ${Object.keys(exporters).join(', ')}.`)
      }
      return [name, exporters[name as ExporterName]]
    }),
  )
}
