import { theilSen } from '../stats/theil-sen.ts'
import type { Estimate } from '../model/estimate.ts'
import type { Finding } from '../model/finding.ts'
import { finding } from '../model/finding.ts'
import type { Milliseconds } from '../model/units.ts'

/** Heap that survived a forced collection. */
export interface RetainedPoint {
  readonly at_ms: Milliseconds
  readonly mb: number
}

const fewest = 8
const shortest_ms = 5000
/** Retained heap is steady to about this, percent: less growth over the window is no leak. */
const steadiness = 3
const msPerMinute = 60_000

const span = (points: readonly RetainedPoint[]): Milliseconds => (points.at(-1)?.at_ms ?? 0) - (points[0]?.at_ms ?? 0)

/** Why there is no slope; undefined where there is one. */
export function tooShort(points: readonly RetainedPoint[]): string | undefined {
  // A tenth of slack: points are taken between other work, never quite on time.
  if (points.length >= fewest && span(points) >= 0.9 * shortest_ms) return undefined
  return `${points.length} points over ${(span(points) / 1000).toFixed(1)} s: a slope needs ${fewest} points over ${shortest_ms / 1000} s`
}

/** Growth of the retained heap in MB a minute (Theil-Sen), with its 95 % interval. Undefined where the points do not suffice. */
export function leakSlope(points: readonly RetainedPoint[]): Estimate | undefined {
  return tooShort(points) === undefined ? slopeOf(points) : undefined
}

function slopeOf(points: readonly RetainedPoint[]): Estimate | undefined {
  return theilSen(
    points.map(({ at_ms }) => at_ms / msPerMinute),
    points.map(({ mb }) => mb),
  )?.slope
}

/**
 * Does it still grow at the end? A cache that fills has a slope over the whole window too. The second half has to grow for sure, and the last third by
 * half of the whole slope or more: what levels off is no leak. A steady leak passes this in 94 of 100 of the shortest windows with a noise of 4 % of its growth.
 */
function keepsGrowing(points: readonly RetainedPoint[], slope: Estimate): boolean {
  const half = slopeOf(points.slice(Math.floor(points.length / 2)))
  const third = slopeOf(points.slice(Math.floor((points.length * 2) / 3)))
  return half !== undefined && half.low > 0 && third !== undefined && third.point >= slope.point / 2
}

/**
 * A leak is claimed where even the low end of the slope would be seen: above zero, and above what a steady heap does over the window; and where the
 * growth goes on.
 */
export function judgeLeak(points: readonly RetainedPoint[], slope: Estimate): Finding | undefined {
  const heap = points.map(({ mb }) => mb).sort((a, b) => a - b)[Math.floor(points.length / 2)] ?? 0
  const growth = slope.low * (span(points) / msPerMinute)
  if (slope.low <= 0 || growth < (steadiness / 100) * heap || !keepsGrowing(points, slope)) return undefined
  return finding('leak', { mb_per_minute: slope.point, low: slope.low, high: slope.high, points: points.length })
}
