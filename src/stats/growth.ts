import { medianSorted } from 'simple-statistics'
import type { ScalePoint } from '../model/measured.ts'
import type { Growth, LevelEstimate } from '../model/scaling.ts'
import { nanosecondsPerMillisecond } from '../model/units.ts'
import { blockBootstrap } from './block-bootstrap.ts'
import { classify } from './complexity.ts'
import { quantileInterval } from './quantile-interval.ts'
import { powerLaw, type SizedReplicates } from './scaling-exponent.ts'

const confidence = 0.95
const replicates = 200

/** How the median time of a call grows with n. */
export function timeGrowth(points: readonly ScalePoint[]): Growth {
  const timed = points.filter(({ times }) => times.ns_per_call.length > 0)
  const sized = timed.map(({ n, times }): SizedReplicates & { times: readonly number[] } => {
    const ms = times.ns_per_call.map((ns) => ns / nanosecondsPerMillisecond)
    return { n, times: ms, value: median(ms), replicates: blockBootstrap(ms, median, { resamples: replicates, seed: n }) }
  })
  return growth(
    'ms',
    sized,
    sized.map(({ n, times, value }) => ({ n, ...(quantileInterval(times, 0.5, confidence) ?? bare(value)) })),
  )
}

/** The heap of a whole process moves by this much on its own: what is below is no size of a subject. */
const leastBytes = 64 * 1024

/** How the memory that a size holds grows with n. Garbage was collected before each look, so one look a size is all there is. */
export function memoryGrowth(points: readonly ScalePoint[]): Growth | undefined {
  const sized = points.flatMap(({ n, heap_bytes: value }) =>
    value !== undefined && value >= leastBytes ? [{ n, value, replicates: [value] }] : [],
  )
  if (sized.length === 0) return undefined
  return growth(
    'B',
    sized,
    sized.map(({ n, value }) => ({ n, ...bare(value) })),
  )
}

function growth(unit: Growth['unit'], sized: readonly SizedReplicates[], points: readonly LevelEstimate[]): Growth {
  const known = sized.filter(({ n, value }) => n > 0 && value > 0)
  const law = powerLaw(known, confidence)
  return { unit, points, ...(law ? { exponent: law.exponent, factor: law.factor } : {}), ...classify(known) }
}

function bare(point: number): Omit<LevelEstimate, 'n'> {
  return { point, low: point, high: point, confidence }
}

function median(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : medianSorted(values.toSorted((a, b) => a - b))
}
