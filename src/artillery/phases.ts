import type { ArtilleryLoad } from './artillery-load.ts'
import { refused } from './expressible.ts'

export interface ArtilleryPhase {
  /** In seconds, or with a unit where it is no whole number of them. */
  readonly duration: number | string
  readonly arrivalRate: number
  readonly rampTo?: number
  readonly mode?: 'uniform' | 'poisson'
  /** Users at a time: each sends one request, so these are the requests in flight. */
  readonly maxVusers: number
}

/**
 * Stages as phases for one worker: each cloud worker runs the whole script, so it gets its share of the rate.
 *
 * @throws PerfError OPTION_INVALID for rates and ramps that Artillery would round away
 */
export function phasesOf({ name, stages, arrivals, maxInFlight, distributed: { workers } }: ArtilleryLoad): ArtilleryPhase[] {
  const maxVusers = Math.ceil(maxInFlight / workers)
  return stages.map(({ fromRate, toRate, durationMs }) => {
    const seconds = durationMs / 1000
    if (fromRate !== toRate) {
      // It goes from step to step once a second.
      if (!Number.isInteger(seconds) || seconds < 2)
        throw refused(name, `a ramp of ${durationMs} ms`, 'its ramps have whole seconds, 2 or more')
      if (arrivals === 'poisson') throw refused(name, "arrivals: 'poisson' in a ramp", 'its ramps are even')
      return { duration: seconds, arrivalRate: fromRate / workers, rampTo: toRate / workers, maxVusers }
    }
    const arrivalRate = toRate / workers
    // It shares a constant rate among its threads in whole numbers, and stops where they do not add up.
    if (!Number.isInteger(arrivalRate)) {
      throw refused(
        name,
        `a rate of ${toRate} for ${workers === 1 ? 'one worker' : `${workers} workers`}`,
        'each worker sends a whole number per second',
      )
    }
    return {
      duration: Number.isInteger(seconds) ? seconds : `${durationMs}ms`,
      arrivalRate,
      mode: arrivals === 'poisson' ? 'poisson' : 'uniform',
      maxVusers,
    }
  })
}
