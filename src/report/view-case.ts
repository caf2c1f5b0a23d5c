import type { CaseError } from '../model/measured.ts'
import type { Compared, Comparison, SummarisedCase } from '../model/run.ts'
import { change, changeRange, counted, elapsed, integer, none, number, quantity } from './format.ts'
import { intervalText, isSpeed, spreadText, unitOf, valueText } from './metric-text.ts'
import { plain, plainLines } from './plain-text.ts'
import { repeatCommand } from './repeat-command.ts'
import { shownFindings } from './shown-findings.ts'
import type { Mark, MarkKey, Sentence, Weight } from './sentences.ts'
import { marks, sentenceOf, sizeOf, weightOf } from './sentences.ts'

export interface ChangeView {
  readonly mark: Mark
  /** `+4.2 %`, `~` where no difference was found, a dash where there is no figure. */
  readonly text: string
  /** The same, with its figure also where no difference was found. */
  readonly signed: string
  /** `[−1.1, +9.6]`, percent; empty where there is none. */
  readonly interval: string
  readonly metric: string
  readonly base: string
  readonly head: string
  /** The base in its unit, for charts. */
  readonly baseValue: number | null
  readonly against: string
  readonly threshold: string
  readonly visible: string
  readonly runs: string
  /** Percent, for charts. */
  readonly effect: { readonly point: number; readonly low: number; readonly high: number; readonly threshold: number } | null
}

export interface FindingView extends Sentence {
  readonly code: string
  readonly weight: Weight
  /** Larger is worse among those of one code. */
  readonly size: number
}

export interface ErrorView {
  readonly message: string
  readonly lines: readonly string[]
}

export interface CaseView {
  readonly id: string
  readonly mark: Mark
  readonly name: string
  readonly suite: string
  readonly project: string
  readonly kind: string
  /** Name of the metric that stands for the case. */
  readonly headline: string
  /** Whether `value` is a time. */
  readonly timed: boolean
  readonly place: string
  /** The figure that stands for the case: its mean time, tracked value, exponent or CPU. */
  readonly value: string
  readonly spread: string
  readonly interval: string
  readonly rate: string
  readonly p95: string
  readonly p99: string
  readonly cpu: string
  readonly memory: string
  /** `120 samples`, `4,210 requests` */
  readonly n: string
  readonly took: string
  /** Time against the base of its group: `1.04x`, `[1.02, 1.06] of parse`; empty where there is none. */
  readonly relative: string
  readonly relativeTo: string
  readonly change: ChangeView | null
  readonly findings: readonly FindingView[]
  readonly errors: readonly ErrorView[]
  readonly reason: string
  readonly repeat: string
}

const headlineOf = {
  function: 'avg_time_ms',
  http: 'avg_time_ms',
  scale: 'scaling_exponent',
  track: 'value',
  observe: 'cpu_percent',
} as const

/** `gateFailed`: a blocking gate on this case did not pass. `judged`: full names of metrics that a gate or an objective is on. */
export function caseView(one: Compared, gateFailed: boolean, judged: ReadonlySet<string> = new Set()): CaseView {
  const { id, name, suite, project, kind, file, line } = one.identity
  const place = `${file}:${line}`
  return {
    id,
    mark: marks[markKey(one, gateFailed)],
    name: plain(name),
    suite: plain(suite),
    project: plain(project, 40),
    kind,
    headline: headlineMetric(one),
    timed: headlineMetric(one) === 'avg_time_ms',
    place: plain(place),
    ...numbersOf(one),
    change: one.comparison ? changeView(one.comparison, one) : null,
    findings: shownFindings(one, judged).map((finding) => ({
      ...sentenceOf(finding),
      code: finding.code,
      weight: weightOf(finding),
      size: sizeOf(finding),
    })),
    errors: one.state === 'failed' ? one.errors.map(errorView) : [],
    reason: one.state === 'skipped' || one.state === 'not_applicable' ? plain(one.reason, 300) : '',
    repeat: repeatCommand(one.identity),
  }
}

function headlineMetric(one: Compared): string {
  const type = one.state === 'measured' ? one.measurement.type : undefined
  if (type === 'levels') return 'knee_concurrency'
  return type === 'capacity' ? 'capacity_rps' : headlineOf[one.identity.kind]
}

function markKey(one: Compared, gateFailed: boolean): MarkKey {
  if (one.state !== 'measured') return one.state
  return gateFailed ? 'gate' : (one.comparison?.verdict ?? 'measured')
}

type Numbers = Pick<
  CaseView,
  'value' | 'spread' | 'interval' | 'rate' | 'p95' | 'p99' | 'cpu' | 'memory' | 'n' | 'took' | 'relative' | 'relativeTo'
>

const noNumbers: Numbers = {
  value: none, spread: '', interval: none, rate: none, p95: none, p99: none, cpu: none, memory: none, n: none, took: none, relative: '',
  relativeTo: '',
} // prettier-ignore

function numbersOf(one: Compared): Numbers {
  if (one.state !== 'measured') return noNumbers
  const metric = headlineMetric(one)
  const has = (name: string): boolean => Object.hasOwn(one.metrics, name)
  const rate = has('requests_per_second') ? 'requests_per_second' : 'ops_per_second'
  return {
    value: valueText(one, metric),
    // A share of an exponent says nothing where it is near 0: its interval does.
    spread: metric === 'scaling_exponent' ? '' : spreadText(one, metric),
    interval: intervalText(one, metric),
    rate: valueText(one, rate),
    p95: valueText(one, 'p95_time_ms'),
    p99: valueText(one, 'p99_time_ms'),
    cpu: valueText(one, 'cpu_percent'),
    memory: valueText(one, 'memory_mb'),
    n: sizeText(one),
    took: elapsed(one.duration_ms),
    ...relativeOf(one),
  }
}

function relativeOf({ relative }: SummarisedCase): Pick<CaseView, 'relative' | 'relativeTo'> {
  if (!relative) return { relative: '', relativeTo: '' }
  const { point, low, high } = relative.ratio
  const [text, from, to] = [point, low, high].map((ratio) => (ratio >= 10 ? number(ratio) : ratio.toFixed(2)))
  return { relative: `${text}x`, relativeTo: `[${from}, ${to}] of ${plain(relative.to, 60)}` }
}

function sizeText({ measurement }: SummarisedCase): string {
  switch (measurement.type) {
    case 'samples':
      return `${counted(measurement.ns_per_call.length, 'sample')} of ${counted(measurement.batch, 'call')}`
    case 'load':
    case 'reported':
      return counted(measurement.requests, 'request')
    case 'tracked':
      return counted(measurement.values.length, 'value')
    case 'scale':
      return counted(measurement.points.length, 'size')
    case 'levels':
      return counted(measurement.points.length, 'level')
    case 'capacity':
      return counted(measurement.probes.length, 'probe')
    case 'observation':
      return elapsed(measurement.elapsed_ms)
  }
}

/** The change of a case, also of one that this run does not have. */
export function changeView(comparison: Comparison, one?: Compared): ChangeView {
  const { verdict, metric, base, head, effect_percent, interval_percent, threshold_percent, visible_percent, against, runs } = comparison
  const unit = unitOf(metric, one)
  const known = effect_percent !== undefined && Number.isFinite(effect_percent)
  const [low, high] = interval_percent ?? [Number.NaN, Number.NaN]
  const bounded = Number.isFinite(low) && Number.isFinite(high)
  return {
    mark: markOf(verdict, metric),
    text: verdict === 'unchanged' ? '~' : known ? change(effect_percent) : none,
    signed: known ? change(effect_percent) : none,
    interval: bounded ? changeRange(low, high) : '',
    metric: plain(metric, 60),
    base: base === undefined ? none : quantity(base, unit),
    head: head === undefined ? none : quantity(head, unit),
    baseValue: base ?? null,
    against: plain(against),
    threshold: `±${quantity(threshold_percent, '%')}`,
    visible: visible_percent === undefined ? '' : quantity(visible_percent, '%'),
    runs: integer(runs),
    effect: known
      ? { point: effect_percent, low: bounded ? low : effect_percent, high: bounded ? high : effect_percent, threshold: threshold_percent }
      : null,
  }
}

// "Slower" fits times; what else got worse is called so.
function markOf(verdict: Comparison['verdict'], metric: string): Mark {
  const mark: Mark = marks[verdict]
  if (isSpeed(metric)) return mark
  if (verdict === 'regressed') return { ...mark, word: 'worse' }
  return verdict === 'improved' ? { ...mark, word: 'better' } : mark
}

export function errorView({ message, stack }: CaseError): ErrorView {
  const frames = stack === undefined ? [] : plainLines(stack, 60).filter((line) => /^\s*at /.test(line)).slice(0, 8) // prettier-ignore
  const [first = '', ...rest] = plainLines(message, 60)
  return { message: first, lines: [...rest, ...frames] }
}
