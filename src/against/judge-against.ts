import { decide } from '../gates/verdict.ts'
import { waive } from '../gates/waivers.ts'
import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import type { Environment } from '../model/environment.ts'
import type { Run, SloCompliance } from '../model/run.ts'
import type { AgainstResult } from './run-against.ts'

export interface AgainstCircumstances {
  readonly started_at: number
  readonly environment: Environment
  readonly project: string
  /** Not all files and cases were asked for. */
  readonly filtered: boolean
}

const noObjectives: SloCompliance = { overall_compliance: null, checks: [], violations: [], critical_violations: [], not_checked: [] }

/**
 * A comparison as a run. It judges the change and nothing else: gates and objectives are about one version under its full measurement, which short
 * processes are not.
 */
export function judgeAgainst(result: AgainstResult, config: BenchmarkConfig, circumstances: AgainstCircumstances): Run {
  const { summary, errors, interrupted } = result
  const { filtered, ...about } = circumstances
  const compared = waive(result.compared, config.waivers ?? [], {
    started_at: about.started_at,
    partial: filtered || interrupted,
  })
  return {
    ...about,
    duration_ms: Date.now() - about.started_at,
    config: { ...config, gates: [] },
    cases: compared.cases,
    missing: compared.missing,
    trends: compared.trends,
    gates: [],
    slo: noObjectives,
    findings: compared.findings,
    errors,
    verdict: decide(compared, config, [], noObjectives, { errors, interrupted }),
    against: summary,
  }
}
