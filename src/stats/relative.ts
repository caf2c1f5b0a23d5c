import { median } from 'simple-statistics'
import type { Estimate } from '../model/estimate.ts'
import type { SampledTimes } from '../model/measured.ts'
import { blockBootstrap } from './block-bootstrap.ts'
import { hodgesLehmann } from './hodges-lehmann.ts'
import { signedRankBounds } from './signed-rank.ts'

const confidence = 0.95
const alpha = (1 - confidence) / 2

/**
 * Time of `other` over the time of `base`: 2 is twice as slow. From cases measured in turns, the log ratios of the medians of
 * turns that belong together: Hodges-Lehmann with exact signed-rank bounds, so what slowed the machine for a while counts for
 * both. Without six such pairs, the ratio of the medians with a moving-block bootstrap of each side.
 */
export function relativeTime(base: SampledTimes, other: SampledTimes): Estimate {
  const pairs = logRatios(base, other)
  const bounds = signedRankBounds(pairs, alpha)
  if (!bounds) return unpaired(base.ns_per_call, other.ns_per_call)
  return { point: Math.exp(hodgesLehmann(pairs)), low: Math.exp(bounds.low), high: Math.exp(bounds.high), confidence }
}

function logRatios(base: SampledTimes, other: SampledTimes): number[] {
  const before = blockMedians(base)
  const after = blockMedians(other)
  return before.slice(0, after.length).flatMap((time, turn) => {
    const ratio = Math.log((after[turn] ?? Number.NaN) / time)
    return Number.isFinite(ratio) ? [ratio] : []
  })
}

function blockMedians({ ns_per_call, block_starts = [] }: SampledTimes): number[] {
  return block_starts.map((start, turn) => {
    const block = ns_per_call.slice(start, block_starts[turn + 1])
    return block.length > 0 ? median([...block]) : Number.NaN
  })
}

function unpaired(base: readonly number[], other: readonly number[]): Estimate {
  const logMedian = (values: readonly number[]): number => Math.log(median([...values]))
  const before = blockBootstrap(base, logMedian, { seed: 1 })
  const after = blockBootstrap(other, logMedian, { seed: 2 })
  const point = Math.exp(logMedian(other) - logMedian(base))
  // Each side's replicates are sorted; the standard errors of independent sides add up in squares.
  const reach = (side: readonly number[], share: number): number =>
    (side[Math.round(share * (side.length - 1))] ?? 0) - (side[side.length >> 1] ?? 0)
  const down = Math.hypot(reach(after, alpha), reach(before, 1 - alpha))
  const up = Math.hypot(reach(after, 1 - alpha), reach(before, alpha))
  return { point, low: point * Math.exp(-down), high: point * Math.exp(up), confidence }
}
