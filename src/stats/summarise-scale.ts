import type { Estimate } from '../model/estimate.ts'
import { finding, type Finding } from '../model/finding.ts'
import type { CapacitySearch, LoadLevel, LoadLevels, ScaleTimes } from '../model/measured.ts'
import type { ProbedRate, Scaling } from '../model/scaling.ts'
import { bottleneck } from './bottleneck.ts'
import { fewestSizes, spanEnough } from './complexity.ts'
import { memoryGrowth, timeGrowth } from './growth.ts'
import { meanInterval } from './mean-interval.ts'
import { normalQuantile } from './normal-quantile.ts'
import { fewestLevels, kneeOf, universalScalability } from './universal-scalability.ts'
import { upAndDown } from './up-and-down.ts'

export interface ScaleSummary {
  readonly metrics: Record<string, number>
  readonly estimates: Record<string, Estimate>
  readonly findings: Finding[]
  readonly scaling: Scaling
}

/** Time and memory against n: their exponents are metrics, their classes stand in `scaling`. */
export function summariseScale({ points }: ScaleTimes): ScaleSummary {
  const time = timeGrowth(points)
  const memory = memoryGrowth(points)
  const estimates: Record<string, Estimate> = {
    ...(time.exponent ? { scaling_exponent: time.exponent } : {}),
    ...(memory?.exponent ? { memory_exponent: memory.exponent } : {}),
  }
  const [best, next] = time.fits
  const findings: Finding[] = []
  if (!spanEnough(points.map(({ n }) => n))) {
    findings.push(finding('few_levels', { what: 'the class of growth', levels: points.length, wanted: fewestSizes }))
  } else if (time.complexity === 'undecided' && best && next) {
    const { margin } = time
    findings.push(finding('law_undecided', { best: best.complexity, next: next.complexity, margin, miss_percent: best.rms_percent }))
  }
  return { metrics: pointsOf(estimates), estimates, findings, scaling: { type: 'growth', time, ...(memory ? { memory } : {}) } }
}

/** Throughput against users: the knee of the law, and the best throughput that was seen. */
export function summariseLevels({ points: levels }: LoadLevels): ScaleSummary {
  const points = levels.map((level) => ({ n: level.n, ...throughputOf(level) }))
  const z = normalQuantile(0.975)
  const law = universalScalability(
    points.map(({ n, point, low, high }) => ({ n, rate: point, relative_error: (high - low) / (2 * z * point) })),
  )
  const best = points.reduce<(typeof points)[number] | undefined>((a, b) => (a && a.point >= b.point ? a : b), undefined)
  const findings: Finding[] = []
  if (points.length < fewestLevels)
    findings.push(finding('few_levels', { what: 'the scalability law', levels: points.length, wanted: fewestLevels }))
  else if (law && !law.knee) {
    const largest = Math.max(...points.map(({ n }) => n))
    const beyond = kneeOf({ sigma: law.sigma.point, kappa: law.kappa.point }) > largest
    findings.push(beyond ? finding('knee_beyond', { largest }) : finding('knee_unsure', { miss_percent: law.rms_percent }))
  }
  const limiting = bottleneck(levels)
  if (limiting) findings.push(limiting)
  const estimates: Record<string, Estimate> = {
    ...(law?.knee ? { knee_concurrency: law.knee } : {}),
    ...(best && best.point > 0 ? { peak_requests_per_second: bare(best) } : {}),
  }
  return { metrics: pointsOf(estimates), estimates, findings, scaling: { type: 'concurrency', points, ...(law ? { law } : {}) } }
}

/** The rate that keeps the objective. Where every rate kept it the highest one stands for it, with a finding; where none did there is no figure. */
export function summariseCapacity({ keep, step, probes }: CapacitySearch): ScaleSummary {
  const capacity = upAndDown({ probes: probes.filter(({ part }) => part === 'staircase'), step })
  const scaling: Scaling = { type: 'capacity', keep, rates: ratesOf(probes), ...(capacity ? { capacity } : {}) }
  if (capacity)
    return { metrics: { capacity_rps: capacity.point }, estimates: { capacity_rps: capacity }, findings: generatorLimits(probes), scaling }
  const rates = probes.map(({ rate }) => rate)
  if (probes.every(({ kept }) => kept) && probes.length > 0) {
    const rate = Math.max(...rates)
    return {
      metrics: { capacity_rps: rate },
      estimates: {},
      findings: [finding('capacity_beyond', { rate, side: 'above', reason: '' })],
      scaling,
    }
  }
  const refused = probes.find(({ kept }) => !kept)
  const found = probes.some(({ kept }) => kept)
    ? finding('few_levels', { what: 'the capacity: its search was cut short', levels: probes.length, wanted: probes.length + 1 })
    : finding('capacity_beyond', { rate: Math.min(...rates), side: 'below', reason: refused?.reason ?? 'nothing was tried' })
  return { metrics: {}, estimates: {}, findings: [found], scaling }
}

/** Where the generator and not the server was at its end in most probes that were not kept, the server can do more. */
function generatorLimits(probes: CapacitySearch['probes']): Finding[] {
  const refused = probes.filter(({ kept, part }) => !kept && part === 'staircase')
  const limited = refused.filter(({ ceiling }) => ceiling.verdict === 'generator')
  const [first] = limited
  if (!first || limited.length * 2 <= refused.length) return []
  const { cpu_percent, event_loop_utilization: utilisation } = first.generator
  return [finding('generator_ceiling', { ceiling: 'generator', reason: first.ceiling.reason, cpu_percent, utilisation })]
}

function ratesOf(probes: CapacitySearch['probes']): ProbedRate[] {
  const rates = [...new Set(probes.map(({ rate }) => rate))].sort((a, b) => a - b)
  return rates.map((rate) => {
    const here = probes.filter((probe) => probe.rate === rate)
    return { rate, kept: here.filter(({ kept }) => kept).length, probes: here.length }
  })
}

/** Good answers per second. The interval is of the whole windows; of fewer than three, of a Poisson count. */
function throughputOf({ windows, elapsed_ms, answered, failed }: LoadLevel): Estimate {
  const good = Math.max(0, answered - failed)
  const point = elapsed_ms > 0 ? (good / elapsed_ms) * 1000 : 0
  const length = (windows[1]?.at_ms ?? 0) - (windows[0]?.at_ms ?? 0)
  const whole = windows.filter(({ at_ms }) => length > 0 && at_ms + length <= elapsed_ms + 1)
  const rates = whole.map(({ requests, failures }) => ((requests - failures) / length) * 1000)
  const interval = rates.length >= 3 ? meanInterval(rates) : undefined
  const margin = interval ? (interval.high - interval.low) / 2 : (normalQuantile(0.975) * point) / Math.sqrt(Math.max(1, good))
  return { point, low: Math.max(0, point - margin), high: point + margin, confidence: 0.95 }
}

function bare({ point, low, high, confidence }: Estimate): Estimate {
  return { point, low, high, confidence }
}

function pointsOf(estimates: Readonly<Record<string, Estimate>>): Record<string, number> {
  return Object.fromEntries(Object.entries(estimates).map(([name, { point }]) => [name, point]))
}
