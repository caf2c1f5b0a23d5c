import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import { finding, type Finding } from '../model/finding.ts'
import type { ComparedRun, JudgedGate, SloCompliance, Verdict } from '../model/run.ts'
import { judgeGate } from './judge-gate.ts'
import { judgeSlo } from './slo.ts'
import type { Circumstances } from './verdict.ts'
import { decide } from './verdict.ts'

export type { Circumstances } from './verdict.ts'

export interface Judgement {
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
  const findings = rulings.flatMap(({ gate, interval }) =>
    gate.outcome === 'undecided' && interval
      ? [finding('undecided_gate', { gate: gate.name, low: interval[0], high: interval[1], threshold: gate.threshold })]
      : [],
  )
  return { gates: rulings.map(({ gate }) => gate), slo, verdict: decide(compared, config, rulings, slo, circumstances), findings }
}
