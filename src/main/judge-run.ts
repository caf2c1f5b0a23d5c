import { compareWithBaseline } from '../baseline/compare.ts'
import type { BaselineReading } from '../baseline/baseline.ts'
import { judge } from '../gates/judge.ts'
import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import type { Environment } from '../model/environment.ts'
import type { Run } from '../model/run.ts'
import type { EpochMilliseconds, Milliseconds } from '../model/units.ts'
import { summarise } from '../stats/summarise.ts'
import { comparedWith, type AgainstOfRun } from './against-of-run.ts'
import { failClashes } from './clashes.ts'
import type { Gathered } from './gather.ts'

export interface Circumstances {
  readonly started_at: EpochMilliseconds
  readonly duration_ms: Milliseconds
  readonly environment: Environment
  readonly project: string
  readonly interrupted: boolean
  /** Not all benchmark files and cases were asked for. */
  readonly filtered: boolean
  /** Stands in for the baseline. */
  readonly against?: AgainstOfRun | undefined
}

/** The pipeline of the main process: Measured -> Summarised -> Compared -> Judged -> Run. */
export function judgeRun(gathered: Gathered, config: BenchmarkConfig, baseline: BaselineReading, circumstances: Circumstances): Run {
  const summarised = summarise(failClashes(gathered.cases))
  const { against } = circumstances
  const result = against && 'result' in against ? against.result : undefined
  const compared = result
    ? comparedWith(summarised, result)
    : compareWithBaseline(summarised, baseline, {
        threshold_percent: config.regression_threshold_percent,
        fingerprint: circumstances.environment.fingerprint,
        environment: circumstances.environment,
      })
  const errors = [...gathered.errors, ...(against && 'error' in against ? [against.error] : []), ...(result?.errors ?? [])]
  const judged = judge(compared, config, {
    errors,
    interrupted: circumstances.interrupted || (result?.interrupted ?? false),
    filtered: circumstances.filtered,
  })
  return {
    started_at: circumstances.started_at,
    duration_ms: circumstances.duration_ms,
    config,
    environment: circumstances.environment,
    project: circumstances.project,
    cases: compared.cases,
    missing: compared.missing,
    trends: compared.trends,
    findings: [...compared.findings, ...judged.findings],
    errors,
    gates: judged.gates,
    slo: judged.slo,
    verdict: judged.verdict,
    ...(result ? { against: result.summary } : {}),
  }
}
