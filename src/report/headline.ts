import type { Comparison, ExitReason, Run } from '../model/run.ts'
import { shardText } from '../model/shard.ts'
import { comparisonFails, gateFails, isAboutNoCase } from './failing.ts'
import { counted } from './format.ts'
import { isSpeed } from './metric-text.ts'

/** What the exit reason means for whoever opens the report. It counts what failed the run, and nothing that was waived, left out or only reported. */
const headlines: Readonly<Record<ExitReason, (run: Run) => string>> = {
  ok: (run) =>
    run.shard
      ? `${counted(measuredCases(run), 'case')} measured in ${shardText(run.shard)}; vitest-perf merge judges the whole`
      : `${counted(measuredCases(run), 'case')} measured, ${passText(run)}`,
  gate: (run) => `${counted(run.gates.filter((gate) => gateFails(gate, run)).length, 'performance gate')} not met`,
  slo: ({ slo: { checks, violations, critical_violations } }) => {
    if (critical_violations.length > 0) return `${counted(critical_violations.length, 'critical service objective')} missed`
    // A stored run can be validated strictly, and one without any objective is not valid.
    return checks.length === 0 ? 'nothing could be validated' : `${counted(violations.length, 'service objective')} missed`
  },
  regression: regressionText,
  failed_case: (run) => `${counted(failedCases(run).length, 'case')} failed to run`,
  infrastructure: () => 'the run could not be carried out, so nothing was judged',
  interrupted: (run) => `the run was stopped; ${counted(measuredCases(run), 'case')} measured until then`,
}

export function headlineOf(run: Run): { readonly word: string; readonly sentence: string } {
  const { passed, exit_reason } = run.verdict
  const word = exit_reason === 'interrupted' ? 'Interrupted' : passed ? 'Pass' : 'Fail'
  return { word, sentence: headlines[exit_reason](run) }
}

function regressionText(run: Run): string {
  const failing = comparisonsOf(run).filter((comparison) => comparisonFails(comparison, run))
  const worse = failing.filter(({ verdict }) => verdict === 'regressed')
  const gone = failing.length - worse.length
  // Where two stored runs are compared, nothing else speaks of these.
  const broken = failedCases(run).filter(({ comparison }) => comparison).length
  const parts = [
    worse.length
      ? `${counted(worse.length, 'case')} ${worse.every(({ metric }) => isSpeed(metric)) ? 'slower' : 'worse'} than allowed`
      : '',
    gone ? `${counted(gone, 'case')} of the baseline missing` : '',
    broken ? `${counted(broken, 'case')} of the baseline failed` : '',
  ]
  return parts.filter(Boolean).join(', ') || 'a regression was found'
}

/** A pass says what it rests on, and how much of it rests on nothing. */
function passText(run: Run): string {
  const comparisons = comparisonsOf(run)
  const gates = run.gates.filter((gate) => !isAboutNoCase(gate))
  const decided = [
    ...gates.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed'),
    ...run.slo.checks,
    ...comparisons.filter(({ verdict }) => verdict === 'improved' || verdict === 'unchanged' || verdict === 'regressed'),
  ]
  const remarks = remarksOf(run, comparisons, gates)
  const open = openText(run, comparisons, gates)
  const verdict =
    decided.length === 0 ? 'nothing was judged' : remarks.length > 0 ? 'nothing fails the run' : 'nothing stands against a release'
  const said = [...remarks, ...open]
  return said.length > 0 ? `${verdict}; ${said.join(', ')}` : verdict
}

/** What is against the run and does not fail it. */
function remarksOf({ slo }: Run, comparisons: readonly Comparison[], gates: Run['gates']): string[] {
  const waived = comparisons.filter(isWaived)
  const worse = comparisons.filter((comparison) => comparison.verdict === 'regressed' && !isWaived(comparison))
  const warnings = gates.filter(({ outcome, severity }) => severity === 'Warning' && (outcome === 'failed' || outcome === 'missing'))
  const parts: [number, string, string][] = [
    [worse.length, 'regression', 'regressions'],
    [waived.length, 'waived regression', 'waived regressions'],
    [warnings.length, 'warning of a gate', 'warnings of gates'],
    [slo.violations.length, 'service objective missed', 'service objectives missed'],
  ]
  return parts.flatMap(([count, one, many]) => (count > 0 ? [counted(count, one, many)] : []))
}

function openText({ against }: Run, comparisons: readonly Comparison[], gates: Run['gates']): string[] {
  const unclear = comparisons.filter(({ verdict }) => verdict === 'inconclusive').length
  const undecided = gates.filter(({ outcome }) => outcome === 'undecided').length
  return [
    ...(unclear > 0 ? [`${counted(unclear, 'case')} ${against ? 'too noisy to compare' : 'whose change is unclear'}`] : []),
    ...(undecided > 0 ? [`${counted(undecided, 'gate')} undecided`] : []),
  ]
}

const isWaived = ({ findings }: Comparison): boolean => findings.some(({ code }) => code === 'regression_waived')
const measuredCases = (run: Run): number => run.cases.filter(({ state }) => state === 'measured').length
const failedCases = ({ cases }: Run): Run['cases'] => cases.filter(({ state }) => state === 'failed')
const comparisonsOf = ({ cases, missing }: Run): Comparison[] => [...cases, ...missing].flatMap(({ comparison }) => comparison ?? [])
