import { compareWithBaseline } from '../baseline/compare.ts'
import type { BaselineReading } from '../baseline/baseline.ts'
import { judge } from '../gates/judge.ts'
import { waive } from '../gates/waivers.ts'
import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import type { Environment } from '../model/environment.ts'
import type { CaseError } from '../model/measured.ts'
import type { ComparedRun, Run } from '../model/run.ts'
import type { Shard } from '../model/shard.ts'
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
  readonly shard?: Shard | undefined
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
  const interrupted = circumstances.interrupted || (result?.interrupted ?? false)
  const { shard, filtered } = circumstances
  const run = judgeCompared(shard && !result ? ofShard(compared) : compared, config, {
    ...circumstances,
    errors,
    interrupted,
    // The pairs of a shard are about its files alone: what is missing there is missing.
    partlyCompared: shard && result ? shard.filtered : filtered,
  })
  return result ? { ...run, against: result.summary } : run
}

/** Cases of the baseline that a shard does not have are another shard's: that one is missing shows in the whole. */
function ofShard(compared: ComparedRun): ComparedRun {
  const gone = new Set(compared.missing.map(({ id }) => id))
  const missing_operations = compared.trends.missing_operations.filter((id) => !gone.has(id))
  return { ...compared, missing: [], trends: { ...compared.trends, missing_operations } }
}

export interface JudgedCircumstances extends Omit<Circumstances, 'against'> {
  readonly errors: readonly CaseError[]
  /** Reasons why the run as such cannot count. */
  readonly infrastructure?: readonly string[]
  /** What it is compared with may have more than was asked for. @default `filtered` */
  readonly partlyCompared?: boolean
}

/** The last stage: a run that was measured here, or put together from shards. */
export function judgeCompared(unwaived: ComparedRun, config: BenchmarkConfig, circumstances: JudgedCircumstances): Run {
  const { started_at, duration_ms, environment, project, errors, shard, filtered, infrastructure = [] } = circumstances
  const compared = waive(unwaived, config.waivers ?? [], { started_at, partial: filtered || shard !== undefined })
  const judged = judge(compared, config, circumstances)
  return {
    started_at,
    duration_ms,
    config,
    environment,
    project,
    cases: judged.cases,
    missing: judged.missing,
    trends: compared.trends,
    findings: [...compared.findings, ...judged.findings],
    errors,
    ...(infrastructure.length > 0 ? { infrastructure } : {}),
    gates: judged.gates,
    slo: judged.slo,
    verdict: judged.verdict,
    ...(shard ? { shard } : {}),
  }
}
