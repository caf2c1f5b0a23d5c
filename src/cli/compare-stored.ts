import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { reporters } from '../../reporters/index.ts'
import { terminalSummary } from '../../reporters/terminal/summary.ts'
import { terminalOf } from '../../reporters/terminal/terminal-of.ts'
import type { Baseline } from '../baseline/baseline.ts'
import { compareWithBaseline } from '../baseline/compare.ts'
import { readBaseline } from '../baseline/read.ts'
import { describeRegressions, markRegressions } from '../gates/regressions.ts'
import { waive } from '../gates/waivers.ts'
import { PerfError } from '../model/error.ts'
import type { ComparedRun, Run, Verdict } from '../model/run.ts'
import { reportOf } from '../report/reporter.ts'
import { unknownMachine } from './mission-run.ts'
import { readStoredRun } from './stored-run.ts'
import { withTemplates } from './stored-templates.ts'
import { uncompared } from './uncompared.ts'

export interface CompareStoredOptions {
  /** Change in percent that counts; that of the run's config where none is given. */
  readonly threshold: number | undefined
  /** Reports that do not name their machine are believed to be from the same one. */
  readonly sameMachine: boolean
}

/** The current run, compared with the baseline and judged by nothing else. @throws PerfError RESULTS_UNREADABLE, BASELINE_UNREADABLE */
export async function compareStored(current: string, baseline: string, { threshold, sameMachine }: CompareStoredOptions): Promise<Run> {
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
  const unwaived = compareWithBaseline(uncompared(run.cases), reading, {
    threshold_percent: threshold ?? run.config.regression_threshold_percent,
    fingerprint: sameMachine ? believed(run.environment.fingerprint, reading.baseline) : run.environment.fingerprint,
    environment: run.environment,
    assume_same_machine: sameMachine,
  })
  // That a waiver is about no case was said when the run ended: here either of the two may be a part.
  const compared = waive(unwaived, run.config.waivers ?? [], { started_at: run.started_at, partial: true })
  const { failing, reported } = describeRegressions(compared, false)
  const failed = compared.cases.filter(({ state, comparison }) => state === 'failed' && comparison).map(failure)
  const slo = { overall_compliance: null, checks: [], violations: [], critical_violations: [], not_checked: [] }
  const verdict = verdictOf([...failed, ...failing], reported, nothingCompared(compared, baseline))
  return { ...run, ...markRegressions(compared, true, false), gates: [], slo, verdict }
}

function verdictOf(failing: readonly string[], reported: readonly string[], nothing: readonly string[]): Verdict {
  const told = [
    ...nothing.map((text) => ['infrastructure', text] as const),
    ...failing.map((text) => ['regression', text] as const),
    ...reported.map((text) => ['comparison_remark', text] as const),
  ]
  return {
    passed: nothing.length + failing.length === 0,
    exit_reason: failing.length > 0 ? 'regression' : nothing.length > 0 ? 'infrastructure' : 'ok',
    reasons: told.map(([, text]) => text),
    reason_codes: told.map(([code]) => code),
  }
}

/** Where no case could be held against another, "no regression" would be said of nothing. */
function nothingCompared({ cases }: ComparedRun, baseline: string): string[] {
  const isCompared = cases.some(
    ({ state, comparison }) =>
      state === 'measured' &&
      comparison &&
      comparison.verdict !== 'new' &&
      comparison.verdict !== 'missing' &&
      !comparison.findings.some(({ code }) => code === 'baseline_other_machine'),
  )
  return isCompared ? [] : [`Nothing was compared: ${baseline} has no case of this run that is from the same machine.`]
}

/** A run that does not name its machine takes that of the baseline, where there is one. */
function believed(fingerprint: string, { environments }: Baseline): string {
  const [only, ...others] = environments
  return fingerprint === unknownMachine && only?.fingerprint && others.length === 0 ? only.fingerprint : fingerprint
}

const failure = ({ identity }: Run['cases'][number]): string => `${identity.id} has a value in the baseline and failed in this run.`

export async function comparisonText(run: Run, format: 'console' | 'json' | 'markdown'): Promise<string> {
  switch (format) {
    case 'console': {
      return `${terminalSummary(reportOf(run).view, terminalOf(process.stdout, process.env))}\n`
    }
    case 'markdown':
      return String(await reporters.markdown.render(reportOf((await withTemplates(run)).run)))
    case 'json': {
      const comparisons = run.cases.flatMap(({ identity, comparison }) => (comparison ? [[identity.id, comparison] as const] : []))
      const { verdict, trends, missing, findings } = run
      return `${JSON.stringify({ verdict, comparisons: Object.fromEntries(comparisons), missing, trends, findings }, null, 2)}\n`
    }
  }
}
