import { medianSorted, quantileSorted } from 'simple-statistics'
import type { Covariates, LoadTimes, MeasuredCase, SampledTimes, ScaleTimes, TrackedValues } from '../model/measured.ts'
import { nanosecondsPerMillisecond } from '../model/units.ts'

/** What one fresh process says about one case: the unit of every decision. Samples of a process are no replicates. */
export interface ProcessSummary {
  readonly metric: string
  /** Above 0, in the metric's own unit. */
  readonly value: number
  /** 1 where more is worse, -1 where more is better. */
  readonly sign: 1 | -1
  /** Of the samples of a function: what is compared where the other side has its calls timed one by one, and this side in batches. */
  readonly p50_time_ms?: number
  readonly avg_time_ms?: number
  readonly heap_bytes_per_call?: number
  readonly gc_time_ns_per_call?: number
  readonly covariates?: Covariates
}

/** One process of base and one of head, measured next to each other. */
export interface ProcessPair {
  readonly base: ProcessSummary
  readonly head: ProcessSummary
  /** Its place among the pairs of its file, from 0: cases that one pair of processes measured share its luck. */
  readonly pair?: number
}

type Figures = Omit<ProcessSummary, 'covariates'>

/** `undefined` for what cannot be compared as a ratio: an observation, a load whose levels are cases of their own, a value of 0 or less, a case without samples. */
export function processSummary(one: MeasuredCase): ProcessSummary | undefined {
  const figures = figuresOf(one)
  if (!figures || !(figures.value > 0) || !Number.isFinite(figures.value)) return undefined
  return { ...figures, ...(one.covariates ? { covariates: one.covariates } : {}) }
}

function figuresOf({ measurement }: MeasuredCase): Figures | undefined {
  switch (measurement.type) {
    case 'samples':
      return ofSamples(measurement)
    case 'load':
      return ofLoad(measurement)
    case 'scale':
      return ofScale(measurement)
    case 'tracked':
      return ofTracked(measurement)
    case 'reported':
    case 'levels':
    case 'capacity':
    case 'observation':
      return undefined
  }
}

/**
 * The lower decile of batches: a busy neighbour slows many of them, but rarely nine in ten. Where a sample is one call, the decile would
 * be the lucky calls only, so it is the median. The mean is that of all batches: among those that ran undisturbed, collections are too rare.
 */
function ofSamples({ ns_per_call, batch, memory, undisturbed }: SampledTimes): Figures | undefined {
  if (ns_per_call.length === 0) return undefined
  const average = undisturbed?.mean_ns_of_all ?? ns_per_call.reduce((sum, ns) => sum + ns, 0) / ns_per_call.length
  return {
    metric: batch > 1 ? 'p10_time_ms' : 'p50_time_ms',
    value: typicalTime(ns_per_call, batch),
    sign: 1,
    p50_time_ms: typicalTime(ns_per_call, 1),
    avg_time_ms: average / nanosecondsPerMillisecond,
    ...(memory ? { heap_bytes_per_call: memory.bytes_per_call, gc_time_ns_per_call: memory.gc_ns_per_call } : {}),
  }
}

function ofLoad({ windows, mean_ms }: LoadTimes): Figures | undefined {
  const medians = windows.filter(({ requests, failures }) => requests > failures).flatMap(({ p50_ms }) => p50_ms ?? [])
  if (medians.length === 0) return undefined
  return { metric: 'p50_time_ms', value: median(medians), sign: 1, avg_time_ms: mean_ms }
}

/** Both sides measure the same sizes, so the geometric mean over them weighs each alike. */
function ofScale({ points }: ScaleTimes): Figures | undefined {
  const logs = points.map(({ times }) => Math.log(typicalTime(times.ns_per_call, times.batch)))
  if (logs.length === 0 || !logs.every(Number.isFinite)) return undefined
  return { metric: 'time_ms_over_sizes', value: Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length), sign: 1 }
}

function ofTracked({ values, better }: TrackedValues): Figures | undefined {
  return values.length === 0 ? undefined : { metric: 'value', value: median(values), sign: better === 'lower' ? 1 : -1 }
}

function typicalTime(nanoseconds: readonly number[], batch: number): number {
  if (nanoseconds.length === 0) return Number.NaN
  const sorted = nanoseconds.toSorted((a, b) => a - b)
  return (batch > 1 ? quantileSorted(sorted, 0.1) : medianSorted(sorted)) / nanosecondsPerMillisecond
}

function median(values: readonly number[]): number {
  return medianSorted(values.toSorted((a, b) => a - b))
}
