import type { NodeGCPerformanceDetail, PerformanceEntry } from 'node:perf_hooks'
import { constants, PerformanceObserver } from 'node:perf_hooks'
import type { GcKind, GcReading } from './reading.ts'

/** Minor collections that mark and sweep are of a kind that has no constant yet. */
const minorMarkSweep = 2

const kindOf: Readonly<Record<number, GcKind>> = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [minorMarkSweep]: 'minor',
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
}

interface Collection extends PerformanceEntry {
  readonly detail: NodeGCPerformanceDetail
}

/** Collections while somebody is connected. */
export interface GcWatch {
  read(): GcReading
  close(): void
}

/**
 * Told by an observer, which costs the program about 10 us a collection. V8's own log (`GCProfiler`) costs 100: it writes down every
 * space of the heap before and after each of them. Collections that were forced are ours and not the program's.
 */
export function watchGc(): GcWatch {
  const kinds = { minor: { count: 0, pause_ms: 0 }, major: { count: 0, pause_ms: 0 }, other: { count: 0, pause_ms: 0 } }
  let max_pause_ms = 0

  function take(entries: readonly PerformanceEntry[]): void {
    for (const { detail, duration } of entries as readonly Collection[]) {
      const { kind, flags } = detail
      if ((flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) !== 0) continue
      const told = kinds[kindOf[kind] ?? 'other']
      told.count++
      told.pause_ms += duration
      max_pause_ms = Math.max(max_pause_ms, duration)
    }
  }
  const observer = new PerformanceObserver((list) => take(list.getEntries()))
  observer.observe({ type: 'gc' })

  return {
    read() {
      take(observer.takeRecords())
      const reading = { kinds: structuredClone(kinds), max_pause_ms }
      max_pause_ms = 0
      return reading
    },
    close: () => observer.disconnect(),
  }
}
