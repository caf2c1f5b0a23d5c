import type { PerformanceEntry } from 'node:perf_hooks'
import { constants, PerformanceObserver } from 'node:perf_hooks'
import type { GcReading } from './reading.ts'

const kinds = new Map<number, string>([
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
])

type GcEntry = PerformanceEntry & { readonly detail?: { readonly kind?: number; readonly flags?: number } }

/** Collections while somebody is connected. Those that the agent forces itself are left out. */
export function watchGc(): { read(): GcReading; close(): void } {
  const counts: Record<string, number> = {}
  let pause_ms = 0
  let max_pause_ms = 0

  function take(entries: readonly GcEntry[]): void {
    for (const { detail, duration } of entries) {
      if (((detail?.flags ?? 0) & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0) continue
      const kind = kinds.get(detail?.kind ?? 0) ?? 'other'
      counts[kind] = (counts[kind] ?? 0) + 1
      pause_ms += duration
      max_pause_ms = Math.max(max_pause_ms, duration)
    }
  }
  const observer = new PerformanceObserver((list) => take(list.getEntries()))
  observer.observe({ entryTypes: ['gc'] })
  return {
    read() {
      take(observer.takeRecords())
      const reading = { counts: { ...counts }, pause_ms, max_pause_ms }
      max_pause_ms = 0
      return reading
    },
    close: () => observer.disconnect(),
  }
}
