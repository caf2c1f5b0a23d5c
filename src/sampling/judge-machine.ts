import type { Finding } from '../model/finding.ts'
import { finding } from '../model/finding.ts'
import type { Covariates } from '../model/measured.ts'

/** Above these a result is worth a second look. All in percent; docs/sampling.md says why. */
const steal = 2
const pressure = 10
const foreign = 10

export interface MachineFacts extends Covariates {
  /** CPU time of processes that belong to no subject, percent of all cores. */
  readonly foreign_percent: number
  readonly cores: number
  readonly periods: number
}

/** Pressure alone accuses nobody: a load that fills the machine makes it too. Only with foreign work beside it is it a neighbour's. */
export function judgeMachine(facts: MachineFacts): readonly Finding[] {
  const { steal_percent, pressure_percent, foreign_percent, load_average: load = 0, cores, periods, throttled_ms = 0 } = facts
  const findings: Finding[] = []
  if ((steal_percent ?? 0) >= steal || ((pressure_percent ?? 0) >= pressure && foreign_percent >= foreign)) {
    const told = {
      ...(steal_percent === undefined ? {} : { steal_percent }),
      ...(pressure_percent === undefined ? {} : { pressure_percent }),
    }
    findings.push(finding('noisy_neighbour', { ...told, load, cores, foreign_percent }))
  }
  if (throttled_ms > 0) findings.push(finding('throttled', { periods, throttled_ms }))
  return findings
}
