import { trendsOf } from '../baseline/trends.ts'
import type { Estimate } from '../model/estimate.ts'
import { finding, type Finding } from '../model/finding.ts'
import type { AgainstSummary, ComparedRun } from '../model/run.ts'
import { comparedCases, type JudgedRecord } from './compared-cases.ts'
import { pairedDifference } from './paired-difference.ts'
import { prepared, type PairBook } from './pair-book.ts'
import type { DeclaredId } from './side-messages.ts'
import { suiteVerdict, type SuiteVerdict } from './suite-verdict.ts'

export interface OutcomeOptions {
  /** Names of the versions. */
  readonly base: string
  readonly head: string
  readonly threshold_percent: number
  readonly seed: number
  readonly swapped: boolean
  readonly out_of_time: boolean
  /** What base's own benchmark files declare, where they differ from head's. */
  readonly baseDeclares: readonly DeclaredId[]
  /** Is a case of base asked for? */
  readonly isWanted: (one: DeclaredId) => boolean
}

export interface Outcome {
  readonly compared: ComparedRun
  readonly summary: AgainstSummary
  readonly judged: readonly JudgedRecord[]
}

/** What a comparison amounts to: verdicts by case, cases that are gone, and what they say together. */
export function outcomeOf(book: PairBook, options: OutcomeOptions): Outcome {
  const { base: against, threshold_percent, seed } = options
  const known = book.records.map((record) => ({ record, prepared: prepared(record, threshold_percent) }))
  const suite = suiteVerdict(
    known.map(({ prepared }, at) => ({ ...prepared.pairs, id: String(at) })),
    { control: book.control.map(pairedDifference), threshold_percent, seed },
  )
  const decisionOf = new Map(suite.cases.map((decision) => [Number(decision.id), decision]))
  const judged = known.map((one, at) => ({ ...one, decision: decisionOf.get(at) }))
  const active = [...options.baseDeclares, ...book.declaredByBase()].filter((one) => one.active && options.isWanted(one))
  const inBase = new Set(active.map(({ identity }) => identity.id))
  const cases = comparedCases(judged, { against, threshold_percent, inBase })
  const inHead = new Set([...book.declared().map(({ identity }) => identity.id), ...book.records.map(({ id }) => id)])
  const missing = [...inBase]
    .filter((id) => !inHead.has(id))
    .map((id) => ({ id, comparison: { verdict: 'missing' as const, metric: 'value', threshold_percent, against, runs: 0, findings: [] } }))
  return {
    judged,
    compared: { cases, missing, trends: trendsOf(cases, missing, null), findings: suiteFindings(suite) },
    summary: {
      base: against,
      head: options.head,
      seed,
      pairs: Math.max(0, ...suite.cases.map(({ pairs }) => pairs)),
      swapped: options.swapped,
      out_of_time: options.out_of_time,
      ...(suite.effect && Number.isFinite(suite.effect.high) ? { effect_percent: suite.effect } : {}),
      ...(suite.control ? { control: controlOf(suite.control) } : {}),
    },
  }
}

function suiteFindings({ cases, effect, moved_together: moved, control }: SuiteVerdict): Finding[] {
  return [
    ...(moved
      ? [
          finding('environment_changed', {
            cases: moved.cases,
            share_percent: moved.share_percent,
            change_percent: moved.percent,
            cause: moved.cause,
          }),
        ]
      : []),
    ...(effect && Number.isFinite(effect.high) && cases.length > 1
      ? [finding('suite_effect', { cases: cases.length, change_percent: effect.point, low_percent: effect.low, high_percent: effect.high })]
      : []),
    ...(control ? [finding('control_rate', rateOf(control.false_alarms_percent, control.pairs))] : []),
  ]
}

function rateOf({ point, low, high }: Estimate, pairs: number): { percent: number; low: number; high: number; pairs: number } {
  return { percent: point, low, high, pairs }
}

function controlOf({ false_alarms_percent, effect, pairs }: NonNullable<SuiteVerdict['control']>): NonNullable<AgainstSummary['control']> {
  const [point, low, high] = [effect.theta, effect.low, effect.high].map((log) => Math.expm1(log) * 100)
  return { false_alarms_percent, effect_percent: { point: point ?? 0, low: low ?? 0, high: high ?? 0, confidence: 0.95 }, pairs }
}
