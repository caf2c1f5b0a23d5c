import type { Better, CaseKind } from './spec.ts'

export interface MetricDefinition {
  readonly unit: 'ms' | 'ns' | '1/s' | '%' | 'MB' | 'B' | 'count' | 'ratio' | 'B/s' | 'MB/min' | 'n'
  readonly better: Better
  readonly kinds: readonly CaseKind[]
  readonly meaning: string
}

const timed = ['function', 'http'] as const
const watched = ['function', 'http', 'scale', 'track', 'observe'] as const
const time = (meaning: string): MetricDefinition => ({ unit: 'ms', better: 'lower', kinds: timed, meaning })
const load = (unit: MetricDefinition['unit'], better: Better, meaning: string): MetricDefinition => ({
  unit,
  better,
  kinds: ['http'],
  meaning,
})
const resource = (unit: MetricDefinition['unit'], meaning: string): MetricDefinition => ({ unit, better: 'lower', kinds: watched, meaning })

/** Every metric that vitest-perf itself gives. docs/metrics.md is made from this table; `bench.track` and own samplers add to it. */
export const metricCatalogue = {
  avg_time_ms: time('Mean time of one call or request.'),
  min_time_ms: time('Shortest time. For functions: of a batch, per call.'),
  max_time_ms: time('Longest time. For functions: of a batch, per call.'),
  p10_time_ms: { ...time('Lower decile of the samples: what comparisons use, for noise only ever adds time.'), kinds: ['function'] },
  p50_time_ms: time('Median time.'),
  p75_time_ms: time('75 % took no longer.'),
  p90_time_ms: time('90 % took no longer.'),
  p95_time_ms: time('95 % took no longer.'),
  p99_time_ms: time('99 % took no longer.'),
  p999_time_ms: time('99.9 % took no longer.'),
  stddev_time_ms: time('Standard deviation of the samples.'),
  ops_per_second: {
    unit: '1/s',
    better: 'higher',
    kinds: timed,
    meaning: 'Calls per second of body time, or requests per second of wall time.',
  },
  requests_per_second: load('1/s', 'higher', 'Answered requests per second of wall time.'),
  bytes_per_second: load('B/s', 'higher', 'Bytes received per second of wall time, headers included.'),
  bytes_per_request: load('B', 'lower', 'Bytes received per answered request, headers included.'),
  header_bytes_per_request: load('B', 'lower', 'Bytes of status line and headers per answered request: the overhead of the protocol.'),
  body_bytes_per_request: load('B', 'lower', 'Bytes of body per answered request.'),
  success_rate: {
    unit: '%',
    better: 'higher',
    kinds: ['function', 'http', 'track'],
    meaning: 'Share of calls or requests that were answered, in time, with a good status and a passed check.',
  },
  error_count: {
    unit: 'count',
    better: 'lower',
    kinds: ['function', 'http', 'track'],
    meaning: 'Calls or requests that failed, of any kind.',
  },
  status_error_count: load('count', 'lower', 'Answers with a status of 400 or more.'),
  check_error_count: load('count', 'lower', 'Answers that the check refused.'),
  timeout_count: load('count', 'lower', 'Requests without an answer in time.'),
  connection_error_count: load('count', 'lower', 'Requests whose connection was refused, reset or closed.'),
  dropped_count: load('count', 'lower', 'Planned requests that were not sent because too many were in flight.'),
  late_count: load('count', 'lower', 'Requests sent later than planned by more than 1 ms.'),
  connections_opened: load('count', 'lower', 'TCP connections opened.'),
  connections_reused: load('count', 'higher', 'Requests sent on a connection that had served one before.'),
  connect_time_ms: load('ms', 'lower', 'Mean time to open a TCP connection.'),
  tls_time_ms: load('ms', 'lower', 'Mean time of a TLS handshake.'),
  connection_wait_ms: load('ms', 'lower', 'Mean wait for a free connection.'),
  recovery_time_ms: load('ms', 'lower', 'Last failure to the first window at the earlier rate.'),
  heap_bytes_per_call: { unit: 'B', better: 'lower', kinds: ['function'], meaning: 'Heap bytes allocated by one call.' },
  gc_time_ns_per_call: { unit: 'ns', better: 'lower', kinds: ['function'], meaning: 'Garbage collection time caused by one call.' },
  cpu_percent: resource('%', 'Mean CPU time of the process tree: 100 is one full core.'),
  cpu_time_ms: resource('ms', 'CPU time spent by the process tree.'),
  memory_mb: resource('MB', 'Peak resident memory (RSS) of the process tree.'),
  pss_mb: resource('MB', 'Peak proportional memory (PSS): shared pages counted once.'),
  virtual_memory_mb: resource('MB', 'Peak virtual memory of the process tree.'),
  heap_mb: resource('MB', 'Peak used JavaScript heap.'),
  heap_total_mb: resource('MB', 'Peak JavaScript heap reserved.'),
  external_mb: resource('MB', 'Peak memory of buffers outside the JavaScript heap.'),
  retained_heap_mb: resource('MB', 'JavaScript heap and buffers that survived the last forced garbage collection.'),
  leak_mb_per_minute: {
    unit: 'MB/min',
    better: 'lower',
    kinds: ['observe', 'function', 'http', 'track'],
    meaning: 'Slope of the heap that survives garbage collection (Theil-Sen).',
  },
  gc_pause_ms: resource('ms', 'Total time of garbage collection pauses.'),
  gc_max_pause_ms: resource('ms', 'Longest garbage collection pause.'),
  gc_count: resource('count', 'Garbage collections.'),
  event_loop_delay_p99_ms: resource('ms', 'Delay of the event loop: 99 % of its turns came no later.'),
  event_loop_delay_max_ms: resource('ms', 'Longest delay of the event loop.'),
  event_loop_utilization: resource('ratio', 'Share of time the event loop was busy, 0 to 1.'),
  active_handles: resource('count', 'Most open handles: sockets, timers, files.'),
  disk_read_bytes: resource('B', 'Bytes read from storage.'),
  disk_write_bytes: resource('B', 'Bytes written to storage.'),
  network_rx_bytes: resource('B', 'Bytes received through sockets.'),
  network_tx_bytes: resource('B', 'Bytes sent through sockets.'),
  thread_count: resource('count', 'Most threads of the process tree at once.'),
  process_count: resource('count', 'Most processes of the tree at once.'),
  context_switches: resource('count', 'Voluntary context switches.'),
  involuntary_context_switches: resource('count', 'Times the system took the core away.'),
  open_files: resource('count', 'Most open file descriptors.'),
  startup_time_ms: {
    unit: 'ms',
    better: 'lower',
    kinds: ['http', 'observe', 'track'],
    meaning: 'Start of the server process to its first good answer.',
  },
  scaling_exponent: { unit: 'ratio', better: 'lower', kinds: ['scale'], meaning: 'Exponent b of time = a * n^b.' },
  memory_exponent: { unit: 'ratio', better: 'lower', kinds: ['scale'], meaning: 'Exponent b of retained heap = a * n^b.' },
  capacity_rps: {
    unit: '1/s',
    better: 'higher',
    kinds: ['scale', 'http'],
    meaning: 'Highest rate that keeps the objective, as often as not.',
  },
  knee_concurrency: {
    unit: 'n',
    better: 'higher',
    kinds: ['scale'],
    meaning: 'Concurrency beyond which throughput no longer grows in step.',
  },
  peak_requests_per_second: { unit: '1/s', better: 'higher', kinds: ['scale'], meaning: 'Throughput at the best number of users tried.' },
  value: { unit: 'n', better: 'lower', kinds: ['track'], meaning: 'The value that bench.track followed, in its own unit and direction.' },
} as const satisfies Record<string, MetricDefinition>

export type MetricName = keyof typeof metricCatalogue

export function metricDefinition(name: string): MetricDefinition | undefined {
  return Object.hasOwn(metricCatalogue, name) ? metricCatalogue[name as MetricName] : undefined
}
