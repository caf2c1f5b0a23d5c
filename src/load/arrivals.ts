import type { Stage } from './job.ts'
import { randomStream } from './random.ts'

/** Mean requests per second over all stages. */
export function meanRate(stages: readonly Stage[]): number {
  const ms = stages.reduce((sum, stage) => sum + stage.durationMs, 0)
  const requests = stages.reduce((sum, { fromRate, toRate, durationMs }) => sum + ((fromRate + toRate) / 2) * durationMs, 0)
  return ms > 0 ? requests / ms : 0
}

/**
 * The times, in milliseconds from the start, at which requests are due. Constant: the k-th request is due when the area under the rate reaches k.
 * Poisson: the areas between requests are exponential with mean 1 (time change of a unit-rate process, Çınlar 1975), so it holds for ramps too.
 */
export function* arrivalTimes(stages: readonly Stage[], arrivals: 'constant' | 'poisson', seed: number): Generator<number, void> {
  const random = randomStream(seed, -1)
  const step = (): number => (arrivals === 'constant' ? 1 : -Math.log(1 - random()))
  let begin = 0
  let before = 0
  let area = arrivals === 'constant' ? 0 : step()
  for (const { fromRate, toRate, durationMs } of stages) {
    const seconds = durationMs / 1000
    const total = ((fromRate + toRate) / 2) * seconds
    // A request that falls on the end of a stage belongs to the next.
    for (; area - before < total - 1e-9; area += step()) {
      yield begin + timeAt(area - before, fromRate, (toRate - fromRate) / seconds) * 1000
    }
    before += total
    begin += durationMs
  }
}

/** Solves rate * t + slope * t^2 / 2 = area for t, in the form that loses no digits for small slopes. */
function timeAt(area: number, rate: number, slope: number): number {
  return area === 0 ? 0 : (2 * area) / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope * area)))
}
