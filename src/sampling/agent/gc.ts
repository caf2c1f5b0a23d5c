import * as v8 from 'node:v8'
import type { GcReading } from './reading.ts'

const kinds: Readonly<Record<string, string>> = {
  Scavenge: 'minor',
  MinorMarkSweep: 'minor',
  MarkSweepCompact: 'major',
  IncrementalMarking: 'incremental',
  ProcessWeakCallbacks: 'weakcb',
}

/** Collections while somebody is connected. */
export interface GcWatch {
  read(): GcReading
  /** Does something whose collections are not the program's. */
  without<Result>(work: () => Result): Result
  close(): void
}

/**
 * V8's own log, read when asked: a PerformanceObserver would run JavaScript after every collection, which costs a program that
 * collects 200 times a second 3 to 4 % of its time. Undefined before Node 18.15, which has no such log.
 */
export function watchGc(): GcWatch | undefined {
  // Older Nodes have no such export, whatever the types say.
  if ((v8 as { GCProfiler?: unknown }).GCProfiler === undefined) return undefined
  const profiler = new v8.GCProfiler()
  const counts: Record<string, number> = {}
  let pause_ms = 0
  let max_pause_ms = 0
  profiler.start()

  function take(): void {
    for (const { gcType, cost } of profiler.stop()?.statistics ?? []) {
      const kind = kinds[gcType] ?? 'other'
      // `cost` is in microseconds.
      counts[kind] = (counts[kind] ?? 0) + 1
      pause_ms += cost / 1000
      max_pause_ms = Math.max(max_pause_ms, cost / 1000)
    }
  }
  return {
    read() {
      take()
      profiler.start()
      const reading = { counts: { ...counts }, pause_ms, max_pause_ms }
      max_pause_ms = 0
      return reading
    },
    without(work) {
      take()
      try {
        return work()
      } finally {
        profiler.start()
      }
    },
    close: () => void profiler.stop(),
  }
}
