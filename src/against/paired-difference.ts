import { nanosecondsPerMillisecond } from '../model/units.ts'
import type { ProcessPair, ProcessSummary } from './process-summary.ts'
import type { Guard } from './rule.ts'

/** Logarithms of head over base, of one pair. Above 0 is worse: slower, or more bytes. */
export interface PairedDifference {
  readonly main: number
  readonly guards: Readonly<Partial<Record<Guard, number>>>
  /** Place of the pair among those of its file. */
  readonly pair?: number
}

/** So few bytes a call are the loop's own: their ratio says nothing. */
const ownBytes = 64

/** `d_i = L_head,i - L_base,i` (docs/statistics.md), of the headline figure and of every guard that both sides have. */
export function pairedDifference({ base, head, pair }: ProcessPair): PairedDifference {
  const main = head.sign * (Math.log(comparable(head, base)) - Math.log(comparable(base, head)))
  const guards: Partial<Record<Guard, number>> = {}
  const mean = logRatio(base.avg_time_ms, head.avg_time_ms)
  if (mean !== undefined) guards.avg_time_ms = mean
  const bytes = logRatio(base.heap_bytes_per_call, head.heap_bytes_per_call, ownBytes)
  if (bytes !== undefined) guards.heap_bytes_per_call = bytes
  const collected = collection(base, head)
  if (collected !== undefined) guards.gc_time_ns_per_call = collected
  return { main, guards, ...(pair === undefined ? {} : { pair }) }
}

/** A body of about one sample's length is timed call by call in one process and in batches in the next: a decile and a median are no pair. */
function comparable(one: ProcessSummary, other: ProcessSummary): number {
  return one.metric === other.metric ? one.value : (one.p50_time_ms ?? one.value)
}

function logRatio(base: number | undefined, head: number | undefined, offset = 0): number | undefined {
  if (base === undefined || head === undefined) return undefined
  const [from, to] = [Math.max(0, base) + offset, Math.max(0, head) + offset]
  return from > 0 && to > 0 ? Math.log(to / from) : undefined
}

/** Collection time is often 0, so it counts as what it adds to the time of a call: ln((t + gc_head) / (t + gc_base)), t being base's. */
function collection(base: ProcessSummary, head: ProcessSummary): number | undefined {
  const time = (base.avg_time_ms ?? base.value) * nanosecondsPerMillisecond
  return logRatio(base.gc_time_ns_per_call, head.gc_time_ns_per_call, time)
}
