import type { ZodError } from 'zod'
import { PerfError } from '../model/error.ts'
import type { Compared, Run } from '../model/run.ts'
import type { CaseResult, MeasuredResult, ResultsJson } from './results.ts'
import { resultsSchema } from './schema.ts'

/** A run that was read from a file. */
export interface StoredRun {
  readonly run: Run
  readonly file: string
}

/**
 * A stored benchmark_results.json as the run that it came from.
 * @throws PerfError RESULTS_UNREADABLE where the text is not one
 */
export function parseResults(text: string, file: string): StoredRun {
  const parsed = resultsSchema.safeParse(parseJson(text, file))
  if (!parsed.success) {
    throw new PerfError('RESULTS_UNREADABLE', `${file} is not a benchmark_results.json: ${firstIssue(parsed.error)}`, { place: { file } })
  }
  return { run: runOf(parsed.data), file }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      // A record with this key would lose it without a word.
      if (key === '__proto__') throw new SyntaxError('the key "__proto__" is not allowed')
      return value
    })
  } catch (cause) {
    throw new PerfError('RESULTS_UNREADABLE', `${file} is not JSON: ${(cause as Error).message}`, { place: { file }, cause })
  }
}

function firstIssue({ issues }: ZodError): string {
  const [issue] = issues
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  return issue ? `${issue.path.join('.') || 'the whole'}: ${issue.message}${more}` : 'unknown'
}

function runOf(stored: ResultsJson): Run {
  return {
    ...(stored.project !== undefined && { project: stored.project }),
    started_at: Date.parse(stored.timestamp),
    duration_ms: stored.duration_ms,
    config: stored.config,
    environment: stored.environment,
    cases: Object.entries(stored.results).map(([id, result]) => caseOf(id, result)),
    missing: stored.missing,
    trends: stored.trends,
    gates: stored.gates,
    slo: stored.slo_compliance,
    findings: stored.findings,
    errors: stored.errors,
    ...(stored.infrastructure && { infrastructure: stored.infrastructure }),
    verdict: stored.verdict,
    ...(stored.against && { against: stored.against }),
    ...(stored.shard && { shard: stored.shard }),
    ...(stored.shards && { shards: stored.shards }),
  }
}

function caseOf(id: string, result: CaseResult): Compared {
  const { operation, suite, name, file, line, kind, project, findings, errors, regression_threshold_percent, comparison } = result
  const base = {
    identity: { id, operation, suite, name, file, line, kind, project },
    findings,
    ...(regression_threshold_percent !== undefined && { regression_threshold_percent }),
    ...(comparison && { comparison }),
  }
  switch (result.state) {
    case 'measured':
      return { ...base, state: result.state, ...measuredOf(result) }
    case 'failed':
      return { ...base, state: result.state, errors }
    case 'skipped':
    case 'not_applicable':
      return { ...base, state: result.state, reason: result.reason }
  }
}

type Measured = Extract<Compared, { state: 'measured' }>

function measuredOf(result: MeasuredResult): Omit<Measured, 'identity' | 'findings' | 'state' | 'comparison'> {
  const { samples, histogram = '', intervals, metrics, confidence = {} } = result
  const estimates = Object.entries(intervals).map(([metric, [low, high]]) => {
    const point = metrics[metric] ?? (low + high) / 2
    return [metric, { point, low, high, confidence: confidence[metric] ?? 0.95 }] as const
  })
  return {
    started_at: result.started_at,
    duration_ms: result.duration_ms,
    metrics,
    estimates: Object.fromEntries(estimates),
    own_metrics: result.own_metrics,
    measurement: samples.type === 'load' ? { ...samples, histogram } : samples,
    phases: result.phases,
    resources: Object.values(result.resources),
    ...(result.startup_time_ms !== undefined && { startup_time_ms: result.startup_time_ms }),
    ...(result.covariates && { covariates: result.covariates }),
    ...(result.group && { group: result.group }),
    ...(result.relative && { relative: result.relative }),
    ...(result.scaling && { scaling: result.scaling }),
  }
}
