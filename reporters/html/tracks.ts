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

/** What tells most about a process under load; everything else that moved is one fold away. */
const first = ['cpu_percent', 'memory_mb', 'heap_mb', 'event_loop_delay_p99_ms', 'event_loop_utilization'] as const
const mostPoints = 150

export interface ResourceTracks {
  readonly main: readonly Track[]
  readonly more: readonly Track[]
}

/** `whole`: also what is not of the first interest. What never moved is told by its figure in the table. */
export function resourceTracks({ series }: Resources, depth: 'whole' | 'main'): ResourceTracks {
  const drawn = series.filter(({ values }) => values.length > 1)
  const main = first.flatMap((metric) => drawn.filter((one) => one.metric === metric))
  const more = depth === 'main' ? [] : drawn.filter((one) => !main.includes(one) && one.values.some((value) => value !== one.values[0]))
  return { main: main.map(trackOf), more: more.map(trackOf) }
}

function trackOf({ metric, unit, at_ms, values }: Resources['series'][number]): Track {
  const every = Math.ceil(values.length / mostPoints)
  const thin = (numbers: readonly number[]): readonly number[] => (every > 1 ? numbers.filter((_, at) => at % every === 0) : numbers)
  const name = (Object.hasOwn(names, metric) ? names[metric] : undefined) ?? plain(metric, 40)
  return { name, unit: plain(unit, 20), at_ms: thin(at_ms), values: thin(values) }
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
