import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import { placeText } from '../model/error.ts'
import type { CaseError } from '../model/measured.ts'
import type { ComparedRun, ExitReason, JudgedGate, ReasonCode, SloCompliance, Verdict } from '../model/run.ts'
import type { ShardName } from '../model/shard.ts'
import { describeRegressions } from './regressions.ts'
import { visibleText } from './visible-text.ts'

/** What else happened in a run, apart from its numbers. */
export interface Circumstances {
  /** Errors that belong to no case: a file that does not load, a worker that died. */
  readonly errors: readonly CaseError[]
  readonly interrupted: boolean
  /** Other reasons why the run as such cannot count, one sentence each. */
  readonly infrastructure?: readonly string[]
  /** Only some of the files or cases were asked for: what was left out is reported, and fails nothing. @default false */
  readonly filtered?: boolean
  /** What it is compared with may have more than was asked for, so a case that is gone fails nothing. @default `filtered` */
  readonly partlyCompared?: boolean
  /** Set where the run is a part of one: what is not here is another shard's. */
  readonly shard?: ShardName | undefined
}

type Failure = Exclude<ExitReason, 'ok'>
/** Worst first: what makes the numbers themselves doubtful outweighs what the numbers say. */
const precedence = ['interrupted', 'infrastructure', 'failed_case', 'gate', 'slo', 'regression'] as const satisfies readonly Failure[]
const remarkCodes = ['gate_without_case', 'gate_remark', 'slo_remark', 'comparison_remark'] as const satisfies readonly ReasonCode[]
/** More reasons of one kind than this are counted, not listed. */
const listed = 20

/** The one answer of a run: passed or not, the worst reason, and every reason as a sentence. What is only remarkable stands last. */
export function decide(
  compared: ComparedRun,
  config: BenchmarkConfig,
  gates: readonly JudgedGate[],
  slo: SloCompliance,
  circumstances: Circumstances,
): Verdict {
  const filtered = circumstances.filtered ?? false
  const regressions = describeRegressions(compared, circumstances.partlyCompared ?? filtered)
  const unusable = compared.findings.flatMap((one) =>
    one.code === 'baseline_unusable'
      ? [`The baseline ${visibleText(one.facts.path, 200)} cannot be used, so nothing was compared: ${one.facts.reason}.`]
      : [],
  )
  const reasons: Record<Failure, readonly string[]> = {
    interrupted: circumstances.interrupted ? ['The run was interrupted; what was measured until then is kept.'] : [],
    infrastructure: [
      ...(circumstances.infrastructure ?? []),
      ...circumstances.errors.map(({ message }) => `Outside of the cases something failed: ${firstLine(message)}`),
      ...(circumstances.shard ? [] : nothingMeasured(compared)),
      ...(config.fail_on_regression ? unusable : []),
    ],
    failed_case: compared.cases.flatMap((one) =>
      one.state === 'failed'
        ? [`${one.identity.id} failed: ${firstLine(one.errors[0]?.message ?? 'no reason was given')} (${placeText(one.identity)})`]
        : [],
    ),
    gate: gates.filter(({ fails }) => fails).map(({ name, outcome, message }) => `Gate "${visibleText(name)}" ${outcome}: ${message}`),
    slo: slo.critical_violations.map(({ message }) => message),
    regression: config.fail_on_regression ? regressions.failing : [],
  }
  const remarks = [
    ...gates.filter(({ fails, outcome }) => !fails && outcome !== 'passed').map((gate) => coded(remarkCode(gate), remarkOn(gate))),
    ...slo.violations.filter(({ critical }) => !critical).map(({ message }) => coded('slo_remark', message)),
    ...[...(config.fail_on_regression ? [] : [...unusable, ...regressions.failing]), ...regressions.reported].map((text) =>
      coded('comparison_remark', text),
    ),
  ]
  const worst = precedence.find((reason) => reasons[reason].length > 0)
  const told = [
    ...precedence.flatMap((code) => atMost(reasons[code].map((text) => coded(code, text)))),
    ...remarkCodes.flatMap((kind) => atMost(remarks.filter(({ code }) => code === kind))),
  ]
  return {
    passed: worst === undefined,
    exit_reason: worst ?? 'ok',
    reasons: told.map(({ text }) => text),
    reason_codes: told.map(({ code }) => code),
  }
}

interface Coded {
  readonly code: ReasonCode
  readonly text: string
}

const coded = (code: ReasonCode, text: string): Coded => ({ code, text })
const remarkCode = ({ reason }: JudgedGate): ReasonCode =>
  reason === 'no_such_case' || reason === 'other_shard' ? 'gate_without_case' : 'gate_remark'
const remarkOn = ({ name, severity, outcome, message }: JudgedGate): string =>
  `${severity === 'Warning' ? 'Warning' : 'Gate'} "${visibleText(name)}" ${outcome}: ${message}`

function nothingMeasured({ cases }: ComparedRun): string[] {
  if (cases.some(({ state }) => state === 'measured' || state === 'failed')) return []
  if (cases.length === 0) return ['Nothing was measured: the run had no case.']
  const skipped = cases.filter(({ state }) => state === 'skipped').length
  return [`Nothing was measured: ${skipped} skipped, ${cases.length - skipped} not applicable here.`]
}

const firstLine = (text: string): string => visibleText(text.split('\n', 1)[0] ?? '', 300)

function atMost(reasons: readonly Coded[]): readonly Coded[] {
  const [next] = reasons.slice(listed)
  return next ? [...reasons.slice(0, listed), coded(next.code, `And ${reasons.length - listed} more of this kind.`)] : reasons
}
