import { plain } from '../../../src/report/plain-text.ts'

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
  gc_minor_pause_ms: 'Minor GC pause',
  gc_major_pause_ms: 'Major GC pause',
  thread_count: 'Threads',
  process_count: 'Processes',
  disk_read_bytes: 'Disk read',
  disk_write_bytes: 'Disk written',
  network_rx_bytes: 'Received',
  network_tx_bytes: 'Sent',
  open_files: 'Open files',
}

export const trackName = (metric: string): string => (Object.hasOwn(names, metric) ? names[metric] : undefined) ?? plain(metric, 40)
