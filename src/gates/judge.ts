import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import { finding, type Finding } from '../model/finding.ts'
import type { ComparedRun, JudgedGate, SloCompliance, Verdict } from '../model/run.ts'
import { gateFails, judgeGate } from './judge-gate.ts'
import { markRegressions } from './regressions.ts'
import { judgeSlo } from './slo.ts'
import type { Circumstances } from './verdict.ts'
import { decide } from './verdict.ts'

export type { Circumstances } from './verdict.ts'

export interface Judgement {
  /** As they came, with what fails the run marked. */
  readonly cases: ComparedRun['cases']
  readonly missing: ComparedRun['missing']
  readonly gates: readonly JudgedGate[]
  readonly slo: SloCompliance
  readonly verdict: Verdict
  /** One `undecided_gate` for each gate whose interval holds its threshold. */
  readonly findings: readonly Finding[]
}

/** Stage 4: judges a compared run by its gates, its objectives and its comparison. Rules: docs/config.md. */
export function judge(compared: ComparedRun, config: BenchmarkConfig, circumstances: Circumstances): Judgement {
  const rulings = config.gates.flatMap((gate) => judgeGate(gate, compared.cases, circumstances.shard))
  const slo = judgeSlo(compared.cases, config.slo)
  const findings = rulings.flatMap(({ gate, interval, unit }) =>
    gate.outcome === 'undecided' && interval
      ? [
          finding('undecided_gate', {
            gate: gate.name,
            low: interval[0],
            high: interval[1],
            threshold: gate.threshold,
            ...(unit !== undefined && { unit }),
          }),
        ]
      : [],
  )
  const { filtered = false, partlyCompared = filtered } = circumstances
  const gates = rulings.map((ruling) => ({ ...ruling.gate, fails: gateFails(ruling, config.strict, filtered) }))
  const { cases, missing } = markRegressions(compared, config.fail_on_regression, partlyCompared)
  return { cases, missing, gates, slo, verdict: decide(compared, config, gates, slo, circumstances), findings }
}
