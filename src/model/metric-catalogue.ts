import type { Better, CaseKind } from './spec.ts'

export interface MetricDefinition {
  readonly unit: 'ms' | 'ns' | '1/s' | '%' | 'MB' | 'B' | 'count' | 'ratio' | 'B/s' | 'MB/min' | 'n'
  readonly better: Better
  readonly kinds: readonly CaseKind[]
  readonly meaning: string
  /** Of figures of processes: what gives it, by the name under which `unavailable` of a case's resources says why there is none. */
  readonly sampler?: string
}

const timed = ['function', 'http'] as const
/** A series is told by its parts. */
const watched = ['function', 'http', 'track', 'observe'] as const
/** Cases that have a server: what only a Node.js process itself can tell, the server's agent tells. Others have it where they ask for `server`. */
const served = ['http', 'observe'] as const
const time = (meaning: string): MetricDefinition => ({ unit: 'ms', better: 'lower', kinds: timed, meaning })
const load = (unit: MetricDefinition['unit'], better: Better, meaning: string): MetricDefinition => ({
  unit,
  better,
  kinds: ['http'],
  meaning,
})
type Resource = (sampler: string, unit: MetricDefinition['unit'], meaning: string) => MetricDefinition
const resource: Resource = (sampler, unit, meaning) => ({ unit, better: 'lower', kinds: watched, meaning, sampler })
const inside: Resource = (sampler, unit, meaning) => ({ ...resource(sampler, unit, `Of a Node.js server: ${meaning}`), kinds: served })
const leak: Resource = (sampler, unit, meaning) => ({
  ...resource(sampler, unit, `Of a Node.js server, with \`bench.observe(name, { leak: true })\` only: ${meaning}`),
  kinds: ['observe'],
})

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
  cpu_percent: resource('cpu', '%', 'Mean CPU time of the process tree: 100 is one full core.'),
  cpu_time_ms: resource('cpu', 'ms', 'CPU time spent by the process tree.'),
  memory_mb: resource('memory', 'MB', 'Peak resident memory (RSS) of the process tree.'),
  pss_mb: resource('pss', 'MB', 'Peak proportional memory (PSS): shared pages counted once.'),
  virtual_memory_mb: resource('memory', 'MB', 'Peak virtual memory of the process tree.'),
  heap_mb: inside('heap', 'MB', 'peak used JavaScript heap.'),
  heap_total_mb: inside('heap', 'MB', 'peak JavaScript heap reserved.'),
  external_mb: inside('heap', 'MB', 'peak memory of buffers outside the JavaScript heap.'),
  retained_heap_mb: leak('leak', 'MB', 'heap and buffers that survived the last forced garbage collection.'),
  leak_mb_per_minute: leak('leak', 'MB/min', 'slope of the heap that survives forced garbage collections (Theil-Sen).'),
  gc_pause_ms: inside('gc', 'ms', 'total time of garbage collection pauses.'),
  gc_minor_pause_ms: inside('gc', 'ms', 'total time of pauses that collected the young generation.'),
  gc_major_pause_ms: inside('gc', 'ms', 'total time of pauses that collected the whole heap.'),
  gc_max_pause_ms: inside('gc', 'ms', 'longest garbage collection pause.'),
  gc_count: inside('gc', 'count', 'garbage collections.'),
  gc_minor_count: inside('gc', 'count', 'garbage collections of the young generation.'),
  gc_major_count: inside('gc', 'count', 'garbage collections of the whole heap.'),
  event_loop_delay_p99_ms: inside('event_loop', 'ms', 'delay of the event loop: 99 % of its turns came no later.'),
  event_loop_delay_max_ms: inside('event_loop', 'ms', 'longest delay of the event loop.'),
  event_loop_utilization: inside('event_loop', 'ratio', 'share of time the event loop was busy, 0 to 1.'),
  active_handles: inside('handles', 'count', 'most open handles: sockets, timers, files.'),
  disk_read_bytes: resource('disk', 'B', 'Bytes read from storage.'),
  disk_write_bytes: resource('disk', 'B', 'Bytes written to storage.'),
  network_rx_bytes: inside('network', 'B', 'bytes received through sockets.'),
  network_tx_bytes: inside('network', 'B', 'bytes sent through sockets.'),
  thread_count: resource('threads', 'count', 'Most threads of the process tree at once.'),
  process_count: resource('processes', 'count', 'Most processes of the tree at once.'),
  context_switches: resource('context_switches', 'count', 'Voluntary context switches.'),
  involuntary_context_switches: resource('context_switches', 'count', 'Times the system took the core away.'),
  open_files: resource('open_files', 'count', 'Most open file descriptors.'),
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
