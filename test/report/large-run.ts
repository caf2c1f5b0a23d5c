import type { Compared, Run } from '../../src/model/run.ts'
import type { ChangePoint, Trend, TrendReport, TrendRun } from '../../src/model/trend.ts'
import { comparison, failed, identity, loaded, measuredFunction, measuredLoad, randomFrom, runOf, sloCheck } from './run-builder.ts'

const suites = ['parser', 'router', 'orm', 'cache', 'crypto', 'json', 'render', 'auth', 'queue', 'stream']
const verbs = ['decode', 'match', 'insert', 'drain', 'hash', 'lookup', 'encode', 'batch', 'verify', 'filter']
const things = ['sparse set', 'large blob', 'small object', 'cold start', 'hot path', 'deep tree', 'mixed load', 'empty input']
const start = Date.UTC(2026, 5, 1)
const day = 86_400_000

/** Commits and releases of a made-up history, oldest first. */
function runsOf(count: number, before: number): TrendRun[] {
  return Array.from({ length: count }, (_, at) => ({
    run: `run_${at}`,
    at: new Date(before - (count - at) * day).toISOString(),
    commit: (0x9e3779b1 * (at + 1)).toString(16).slice(0, 7).padStart(7, '0').padEnd(40, '0'),
    ...(at % 30 === 10 ? { release: `v1.${Math.floor(at / 30)}.0` } : {}),
  }))
}

/** One case's history: noise of 1 %, and a step in some. */
export function trendOf(one: Compared, runs: readonly TrendRun[], level: number, seed: number): Trend {
  const random = randomFrom(seed + 77)
  const step = seed % 4 === 0 ? { at: 20 + Math.floor(random() * (runs.length - 40)), factor: 1 + (random() - 0.45) * 0.3 } : undefined
  const factor = (at: number): number => (step && at < step.at ? 1 / step.factor : 1)
  const values = runs.map((_, at) => level * factor(at) * (1 + 0.02 * (random() - 0.5)))
  const side = (share: number): number[] => runs.map((_, at) => (at > 5 ? level * factor(at) * share : Number.NaN))
  const change = (at: number, size: number): ChangePoint => ({
    index: at, run: runs[at]?.run ?? '', at: runs[at]?.at ?? '', commit: runs[at]?.commit ?? null, previous_commit: runs[at - 1]?.commit ?? null,
    direction: size > 1 ? 'worse' : 'better', change_percent: (size - 1) * 100, before: level / size, after: level, state: at > runs.length - 5 ? 'provisional' : 'confirmed',
  }) // prettier-ignore
  return {
    case: one.identity.id, metric: one.identity.kind === 'http' ? 'p50_time_ms' : 'avg_time_ms', unit: 'ms', better: 'lower', runs, values, low: side(0.97), high: side(1.03),
    levels: step ? [{ from: 0, to: step.at - 1, value: level / step.factor }, { from: step.at, to: runs.length - 1, value: level }] : [{ from: 0, to: runs.length - 1, value: level }],
    changes: step && Math.abs(step.factor - 1) > 0.03 ? [change(step.at, step.factor)] : [],
    anomalies: [],
    suite_factor_removed: true,
  } // prettier-ignore
}

function caseAt(at: number): Compared {
  const random = randomFrom(at + 1)
  const suite = suites[at % suites.length] ?? ''
  const name = `${verbs[Math.floor(at / 10) % verbs.length]} ${things[Math.floor(at / 100 + at) % things.length]}${at >= 100 ? ` #${Math.floor(at / 100) + 1}` : ''}`
  const who = identity(`case_${at}`, { name, suite, file: `bench/${suite}.bench.ts`, line: 5 + at })
  if (at === 7) return failed(`case_${at}`, { identity: who })
  const mean = 10 ** (random() * 5 - 4)
  const effect = at % 17 === 0 ? (random() - 0.4) * 60 : (random() - 0.5) * 3
  const unclear = at % 23 === 0
  const half = unclear ? 9 : 0.4 + random()
  const verdict = unclear ? 'inconclusive' : effect > 5 ? 'regressed' : effect < -5 ? 'improved' : 'unchanged'
  const compare = (metric: string, head: number) =>
    at % 61 === 60
      ? comparison('new')
      : comparison(verdict, { metric, base: head / (1 + effect / 100), head, effect_percent: effect, interval_percent: [effect - half, effect + half], visible_percent: 2.1, against: '3f9c2ab' })
  return at % 4 === 3
    ? measuredLoad(`case_${at}`, mean + 0.2, { identity: { ...who, kind: 'http' }, comparison: compare('p50_time_ms', (mean + 0.2) * 0.82) }, oneHistogram)
    : measuredFunction(`case_${at}`, mean, { identity: who, comparison: compare('avg_time_ms', mean) })
} // prettier-ignore

// Making a histogram takes longer than all else: the loads share one.
const { histogram } = loaded(2, 5000)
const oneHistogram = { histogram }

const valueOf = (one: Compared): number =>
  one.state === 'measured' ? (one.metrics[one.identity.kind === 'http' ? 'p50_time_ms' : 'avg_time_ms'] ?? 1) : 1

/** A made-up suite of many cases with a history of many runs, as reports of large projects have it. */
export function largeRun(count: number, history: number): Run {
  const cases = Array.from({ length: count }, (_, at) => caseAt(at))
  const started_at = start + 200 * day
  const runs = runsOf(history, started_at)
  const trend: TrendReport = {
    fingerprint: 'x64-8-node24-0f3a',
    machine: 'AMD EPYC 7B13, 8 cores, x64, Linux 6.12.0, Node 24.21.0',
    runs: history,
    trends: history ? cases.map((one, at) => trendOf(one, runs, valueOf(one), at)) : [],
    other_machines: [{ fingerprint: 'arm64', machine: 'Apple M4, 10 cores', runs: 12, newest: '2026-09-01T10:00:00Z' }],
    skipped_lines: 0,
  }
  const checks = cases.flatMap((one) =>
    one.identity.kind === 'http' && one.state === 'measured'
      ? [sloCheck({ case: one.identity.id, metric: `${one.identity.id}.p95_time_ms`, limit: 30, actual: one.metrics['p95_time_ms'] ?? 0, met: (one.metrics['p95_time_ms'] ?? 0) <= 30 })]
      : [],
  ) // prettier-ignore
  const violations = checks.filter(({ met }) => !met)
  const slower = cases.filter(({ comparison }) => comparison?.verdict === 'regressed').length
  return runOf({
    started_at, cases, trend,
    slo: { overall_compliance: 100 * (1 - violations.length / Math.max(1, checks.length)), checks, violations, critical_violations: [], not_checked: [] },
    verdict: { passed: false, exit_reason: 'regression', reasons: [`${slower} cases are slower than the base by more than 5 %`, '1 case failed to run'] },
  }) // prettier-ignore
}
