import type { SinceRelease } from '../model/trend.ts'
import type { Better } from '../model/spec.ts'
import { studentTQuantile } from '../stats/student-t.ts'
import { robustSpread } from '../stats/robust-spread.ts'
import { differenceSigma } from '../stats/change-points.ts'
import { toPercent } from './prediction.ts'
import type { Step } from './trend-changes.ts'

/** Runs on each side that give a level. */
const side = 5
/** The same prior for the spread between runs as for predictions (Smyth 2004). */
const prior = { runs: 6, spread: 0.03 }
const creepThreshold = Math.log1p(0.05)
/** A single step that explains this share is that step, not a creep. */
const explained = 0.6

/**
 * The newest runs against those up to the last release; where the newest run is a release itself, against the one before it. `undefined` without such
 * a release.
 */
export function sinceRelease(
  logs: readonly number[],
  releases: readonly (string | undefined)[],
  steps: readonly Step[],
  better: Better,
): SinceRelease | undefined {
  const index = releases.findLastIndex((release) => release !== undefined && release !== releases.at(-1))
  const release = releases[index]
  if (release === undefined) return undefined
  const levelStart = steps.findLast((step) => step.index <= index)?.index ?? 0
  const then = logs.slice(Math.max(levelStart, index - side + 1), index + 1)
  const now = logs.slice(Math.max(index + 1, logs.length - side))
  const effect = mean(now) - mean(then)
  const own = differenceSigma(logs) || robustSpread(logs)
  const df = prior.runs + logs.length - 1
  const spread = Math.sqrt((prior.runs * prior.spread ** 2 + (logs.length - 1) * own ** 2) / df)
  const half = studentTQuantile(0.975, df) * spread * Math.sqrt(1 / then.length + 1 / now.length)
  const largest = steps
    .filter((step) => step.index > index)
    .reduce((size, step) => (Math.abs(step.size) > Math.abs(size) ? step.size : size), 0)
  const worse = better === 'lower' ? effect : -effect
  return {
    release,
    index,
    change_percent: toPercent(effect),
    interval_percent: [toPercent(effect - half), toPercent(effect + half)],
    largest_step_percent: toPercent(largest),
    creeping: worse > creepThreshold && worse > half && Math.abs(largest) < explained * worse,
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
