import type { Run } from '../model/run.ts'
import { shardText } from '../model/shard.ts'
import { gateFails, isLeftOut } from './failing.ts'
import { counted, elapsed, integer, moment, quantity } from './format.ts'
import { headlineOf } from './headline.ts'
import { splitMetric } from './metric-text.ts'
import { plain } from './plain-text.ts'
import type { Recommendation } from './recommendation.ts'
import { recommendationsOf } from './recommendations.ts'
import type { Mark, MarkKey } from './sentences.ts'
import { markOrder, marks } from './sentences.ts'
import { worstFirst } from './worst-first.ts'
import type { CaseView, ChangeView, ErrorView } from './view-case.ts'
import { caseView, changeView, errorView } from './view-case.ts'
import type { GateView, SloSummary } from './view-gates.ts'
import { gateViews, reasonsOf, sloSummary } from './view-gates.ts'
import type { TrendView } from './view-trend.ts'
import { trendView } from './view-trend.ts'

export interface Fact {
  readonly label: string
  readonly value: string
}

/** What every report shows, as text that needs no more than escaping. Numbers are here only where a chart needs them. */
export interface View {
  readonly project: string
  /** `91d07e4 feature/fast-router`, or empty. */
  readonly version: string
  readonly when: string
  readonly took: string
  readonly verdict: {
    readonly passed: boolean
    /** Pass, Fail or Interrupted. */
    readonly word: string
    readonly sentence: string
    readonly exitReason: string
    readonly reasons: readonly string[]
  }
  /** How many cases carry which mark, worst first; marks that none carries are left out. */
  readonly counts: readonly (Mark & { readonly count: number })[]
  /** Worst first, of one mark the largest change first, then in the order of the run. */
  readonly cases: readonly CaseView[]
  /** Cases of the baseline that this run should have; not those that were not asked for. */
  readonly missing: readonly { readonly id: string; readonly change: ChangeView }[]
  /** What the run was compared with, or empty. */
  readonly against: string
  /** Where and how it was measured, in short: machine, pairs, what the machine does to a comparison of the same code. */
  readonly facts: readonly string[]
  readonly gates: readonly GateView[]
  readonly gatesText: string
  readonly slo: SloSummary
  readonly recommendations: readonly Recommendation[]
  readonly errors: readonly ErrorView[]
  readonly environment: readonly Fact[]
  /** Earlier runs; null where this run knows of none. */
  readonly trend: TrendView | null
}

export function viewOf(run: Run): View {
  const byId = new Map(run.cases.map((one) => [one.identity.id, one]))
  const gates = gateViews(run, byId)
  const over = new Set(
    run.gates.filter((gate) => gate.outcome === 'failed' && gateFails(gate, run)).map(({ metric }) => splitMetric(metric).id),
  )
  const judged = new Set([...run.gates, ...run.slo.checks].map(({ metric }) => metric))
  const inOrder = withoutOnlyProject(run.cases.map((one) => caseView(one, over.has(one.identity.id), judged)))
  const cases = worstFirst(inOrder)
  const missing = run.missing.filter(({ comparison }) => !isLeftOut(comparison, run))
  const { word, sentence } = headlineOf(run)
  return {
    project: plain(run.project ?? 'Performance report', 60),
    version: versionOf(run),
    when: moment(run.started_at),
    took: elapsed(run.duration_ms),
    verdict: {
      passed: run.verdict.passed,
      word,
      sentence,
      exitReason: run.verdict.exit_reason,
      reasons: reasonsOf(run).map((reason) => plain(reason, 400)),
    },
    counts: countsOf(cases, missing.length),
    cases,
    missing: missing.map(({ id, comparison }) => ({ id: plain(id), change: changeView(comparison) })),
    against: againstOf(run),
    facts: factsOf(run),
    gates,
    gatesText: gatesTextOf(gates.filter(({ absent }) => !absent)),
    slo: sloSummary(run),
    recommendations: recommendationsOf(run, inOrder),
    errors: run.errors.map(errorView),
    environment: environmentOf(run),
    trend: trendView(run),
  }
}

// The name of a Vitest project tells cases apart only where there are several.
function withoutOnlyProject(cases: CaseView[]): CaseView[] {
  if (new Set(cases.map(({ project }) => project)).size > 1) return cases
  for (const one of cases) Object.assign(one, { project: '' })
  return cases
}

function countsOf(cases: readonly CaseView[], missing: number): View['counts'] {
  const count = (key: MarkKey): number => (key === 'missing' ? missing : cases.filter(({ mark }) => mark.key === key).length)
  return markOrder.map((key) => ({ ...marks[key], count: count(key) })).filter(({ count }) => count > 0)
}

function versionOf({ environment: { commit, branch, dirty } }: Run): string {
  const short = commit === null ? '' : commit.slice(0, 7) + (dirty ? ' + changes' : '')
  return plain([short, branch ?? ''].filter(Boolean).join(' '), 80)
}

const gatesTextOf = (gates: readonly GateView[]): string =>
  gates.length ? `${integer(gates.filter(({ mark }) => mark.key === 'passed').length)} of ${integer(gates.length)} passed` : ''

function againstOf(run: Run): string {
  const compared = [...run.cases, ...run.missing].flatMap(({ comparison }) =>
    comparison && comparison.verdict !== 'new' ? [comparison.against] : [],
  )
  const [first] = compared
  return first === undefined ? '' : plain(first)
}

function factsOf({ environment: on, against, shard, shards }: Run): string[] {
  const machine = plain(`${counted(on.cpu_cores, 'core')} · ${on.os} ${on.architecture} · Node ${on.node}`)
  if (shard) return [machine, `${shardText(shard)}: ${counted(shard.not_run.length, 'benchmark file')} ran elsewhere`]
  if (shards) return [machine, mergedText(shards)]
  if (!against) return [machine]
  const control = against.control && `same code called slower in ${quantity(against.control.false_alarms_percent.point, '%')}`
  const pairs = [counted(against.pairs, 'pair'), `seed ${against.seed}`, control, against.out_of_time && 'stopped by its budget']
  return [machine, pairs.filter(Boolean).join(' · ')]
}

function mergedText(shards: NonNullable<Run['shards']>): string {
  const machines = new Set(shards.map(({ fingerprint }) => fingerprint)).size
  return `merged from ${integer(shards.length)} of ${counted(shards[0]?.count ?? 0, 'shard')}${machines > 1 ? ` on ${integer(machines)} kinds of machine` : ''}`
}

function environmentOf({ environment: on, duration_ms }: Run): Fact[] {
  const limits = [
    on.cgroup_cpus === null ? '' : counted(on.cgroup_cpus, 'core'),
    on.cgroup_memory_mb === null ? '' : quantity(on.cgroup_memory_mb, 'MB'),
  ].filter(Boolean)
  const facts: Fact[] = [
    { label: 'Processor', value: `${on.cpu_model}, ${counted(on.cpu_cores, 'core')}` },
    { label: 'Memory', value: `${quantity(on.total_memory_mb, 'MB')}, ${quantity(on.available_memory_mb, 'MB')} free` },
    ...(limits.length ? [{ label: 'Container limit', value: limits.join(', ') }] : []),
    { label: 'System', value: `${on.os} ${on.os_version} ${on.architecture}` },
    { label: 'Node', value: `${on.node} (V8 ${on.v8})` },
    { label: 'Vitest', value: `${on.vitest}, vitest-perf ${on.vitest_perf}` },
    ...(on.ci === null ? [] : [{ label: 'CI', value: on.ci }]),
    { label: 'Run time', value: elapsed(duration_ms) },
    { label: 'Fingerprint', value: on.fingerprint },
  ]
  return facts.map(({ label, value }) => ({ label, value: plain(value) }))
}
