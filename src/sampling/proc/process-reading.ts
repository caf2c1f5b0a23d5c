import type { Bytes, Milliseconds } from '../../model/units.ts'

/** One process of a tree, as the last reading found it. */
export interface ProcessReading {
  readonly pid: number
  readonly ppid: number
  readonly cpu_ms: Milliseconds
  readonly rss_bytes: Bytes
  readonly virtual_bytes: Bytes
  readonly threads: number
}
