import type { LoadTimes } from '../../src/model/measured.ts'
import type { Resources } from '../../src/model/resources.ts'
import type { WindowPoint } from '../../src/report/chart-data.ts'
import { windowPoints } from '../../src/report/chart-data.ts'
import { plain } from '../../src/report/plain-text.ts'
import type { Track } from './charts/timeline.ts'

/** Short names for what is sampled most; anything else goes by its own. */
const names: Readonly<Record<string, string>> = {
  cpu_percent: 'CPU',
  memory_mb: 'Memory (RSS)',
  pss_mb: 'Memory (PSS)',
  virtual_memory_mb: 'Virtual memory',
  heap_mb: 'Heap',
  heap_total_mb: 'Heap reserved',
  external_mb: 'External memory',
  event_loop_delay_p99_ms: 'Event-loop delay',
  event_loop_utilization: 'Event loop busy',
  gc_pause_ms: 'GC pause',
  thread_count: 'Threads',
  process_count: 'Processes',
  disk_read_bytes: 'Disk read',
  disk_write_bytes: 'Disk written',
  network_rx_bytes: 'Received',
  network_tx_bytes: 'Sent',
  open_files: 'Open files',
}

export function resourceTracks({ series }: Resources): Track[] {
  return series
    .filter(({ values }) => values.length > 1)
    .map(({ metric, unit, at_ms, values }) => ({
      name: (Object.hasOwn(names, metric) ? names[metric] : undefined) ?? plain(metric, 40),
      unit: plain(unit, 20),
      at_ms,
      values,
    }))
}

export function loadTracks({ windows, elapsed_ms }: LoadTimes): { readonly tracks: Track[]; readonly points: WindowPoint[] } {
  const points = windowPoints(windows, elapsed_ms)
  if (points.length < 2) return { tracks: [], points }
  const at_ms = points.map((point) => point.at_ms)
  const failures = points.map((point) => point.failures)
  const tracks: Track[] = [
    { name: 'Requests', unit: '1/s', at_ms, values: points.map(({ per_second }) => per_second), tone: 'base' },
    { name: 'p50', unit: 'ms', at_ms, values: points.map(({ p50_ms }) => p50_ms) },
    { name: 'p99', unit: 'ms', at_ms, values: points.map(({ p99_ms }) => p99_ms) },
    ...(failures.some(Boolean) ? [{ name: 'Failed', unit: 'n', at_ms, values: failures, tone: 'bad' as const }] : []),
  ]
  return { tracks, points }
}
