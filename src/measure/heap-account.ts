import v8 from 'node:v8'
import type { Bytes, Milliseconds } from '../model/units.ts'

export interface HeapUse {
  /** Allocated on the JavaScript heap, what was collected meanwhile included. */
  readonly bytes: Bytes
  readonly gc_ms: Milliseconds
  readonly gc_count: number
}

/**
 * Allocated bytes, exactly: growth of the used heap plus what each collection in between freed. V8's GC profiler gives the
 * size before and after every collection, and its time, without waiting for a turn of the event loop.
 */
export async function heapUse(work: () => unknown): Promise<HeapUse> {
  const profiler = new v8.GCProfiler()
  profiler.start()
  const before = v8.getHeapStatistics().used_heap_size
  await work()
  const grown = v8.getHeapStatistics().used_heap_size - before
  const collections = profiler.stop().statistics
  let freed = 0
  let cost = 0
  for (const { beforeGC, afterGC, cost: microseconds } of collections) {
    freed += beforeGC.heapStatistics.usedHeapSize - afterGC.heapStatistics.usedHeapSize
    cost += microseconds
  }
  return { bytes: grown + freed, gc_ms: cost / 1e3, gc_count: collections.length }
}
