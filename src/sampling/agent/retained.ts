import { performance } from 'node:perf_hooks'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { RetainedReading } from './reading.ts'

let collect: (() => void) | undefined

/** A full collection and what it left, without a flag at the start of the program. */
export function retained(): RetainedReading {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  const start = performance.now()
  collect()
  const took_ms = performance.now() - start
  const { used_heap_size, external_memory } = getHeapStatistics()
  return { bytes: used_heap_size + external_memory, took_ms }
}
