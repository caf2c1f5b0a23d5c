import type { Comparison, JudgedGate, Run } from '../model/run.ts'

type Settings = Pick<Run, 'config' | 'verdict'>

/** Whether the gate fails its run: as it was judged, and by its outcome where the results are from before that was kept. */
export function gateFails({ fails, severity, outcome }: JudgedGate, { config, verdict }: Settings): boolean {
  if (fails !== undefined) return fails
  if (verdict.passed || severity === 'Warning') return false
  return outcome === 'failed' || outcome === 'missing' || (outcome === 'undecided' && config.strict)
}

/** Whether a change, or a case that is gone, fails its run: as it was judged, like `gateFails`. */
export function comparisonFails(comparison: Comparison | undefined, { config, verdict }: Settings): boolean {
  if (comparison?.fails !== undefined) return comparison.fails
  if (verdict.passed || !config.fail_on_regression) return false
  return comparison?.verdict === 'regressed' || comparison?.verdict === 'missing'
}

/** A gate about cases that this run does not have: not asked for, or another shard's. */
export const isAboutNoCase = ({ reason }: JudgedGate): boolean => reason === 'no_such_case' || reason === 'other_shard'

/** A case of the baseline that was not asked for: it fails nothing although missing cases do, and nobody waived it. */
export function isLeftOut({ verdict, fails, findings }: Comparison, { config }: Settings): boolean {
  return verdict === 'missing' && fails === false && config.fail_on_regression && !findings.some(({ code }) => code === 'regression_waived')
}
