import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { reporters } from '../../reporters/index.ts'
import { terminalSummary } from '../../reporters/terminal/summary.ts'
import { compareWithBaseline } from '../baseline/compare.ts'
import { readBaseline } from '../baseline/read.ts'
import { describeRegressions, markRegressions } from '../gates/regressions.ts'
import { PerfError } from '../model/error.ts'
import type { Run } from '../model/run.ts'
import { reportOf } from '../report/reporter.ts'
import { readStoredRun } from './stored-run.ts'
import { uncompared } from './uncompared.ts'

/** The current run, compared with the baseline and judged by nothing else. @throws PerfError RESULTS_UNREADABLE, BASELINE_UNREADABLE */
export async function compareStored(current: string, baseline: string, threshold: number | undefined): Promise<Run> {
  const run = await readStoredRun(current)
  const isFolder = await stat(baseline).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const reading = await readBaseline(isFolder ? join(baseline, 'benchmark_results.json') : baseline, { required: true })
  if (reading.state !== 'usable') {
    const [found] = reading.findings
    const reason = found?.code === 'baseline_unusable' ? found.facts.reason : 'it cannot be used'
    throw new PerfError('BASELINE_UNREADABLE', `${baseline} cannot be compared with: ${reason}.`, { place: { file: baseline } })
  }
  const compared = compareWithBaseline(uncompared(run.cases), reading, {
    threshold_percent: threshold ?? run.config.regression_threshold_percent,
    fingerprint: run.environment.fingerprint,
    environment: run.environment,
  })
  const { failing, reported } = describeRegressions(compared, false)
  const failed = compared.cases.filter(({ state, comparison }) => state === 'failed' && comparison).map(failure)
  const passed = failing.length + failed.length === 0
  const slo = { overall_compliance: null, checks: [], violations: [], critical_violations: [], not_checked: [] }
  const verdict = { passed, exit_reason: passed ? 'ok' : 'regression', reasons: [...failed, ...failing, ...reported] } as const
  return { ...run, ...markRegressions(compared, true, false), gates: [], slo, verdict }
}

const failure = ({ identity }: Run['cases'][number]): string => `${identity.id} has a value in the baseline and failed in this run.`

export async function comparisonText(run: Run, format: 'console' | 'json' | 'markdown'): Promise<string> {
  switch (format) {
    case 'console': {
      const { stdout, env } = process
      return `${terminalSummary(reportOf(run).view, { columns: stdout.columns ?? 80, color: stdout.isTTY && !env['NO_COLOR'] })}\n`
    }
    case 'markdown':
      return String(await reporters.markdown.render(reportOf(run)))
    case 'json': {
      const comparisons = run.cases.flatMap(({ identity, comparison }) => (comparison ? [[identity.id, comparison] as const] : []))
      const { verdict, trends, missing, findings } = run
      return `${JSON.stringify({ verdict, comparisons: Object.fromEntries(comparisons), missing, trends, findings }, null, 2)}\n`
    }
  }
}
