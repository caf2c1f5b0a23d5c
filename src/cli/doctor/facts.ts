/** What was found out about a machine. What a system does not tell is undefined: nothing is said about it. */
export interface Facts {
  readonly platform: NodeJS.Platform
  readonly cores: number
  /** Cores that this process may run on. A quota hides some of them from `cores`, and takes time on them away all the same. */
  readonly affinity_cores?: number
  /** The container may use the time of so many cores. */
  readonly cgroup_cpus?: number
  readonly throttled_ms: number
  /** Length of the watched window. */
  readonly window_ms: number
  readonly governor?: string
  /** The clock rate may rise above its nominal value while it is cool. */
  readonly boost?: boolean
  readonly on_battery?: boolean
  readonly virtual?: boolean
  readonly steal_percent: number
  /** Of all cores, by everything but this process. */
  readonly busy_percent: number
  readonly load_average: number
  readonly busiest: readonly { readonly pid: number; readonly name: string; readonly cpu_percent: number }[]
  readonly swap_used_mb: number
  /** Pages written to or read from swap in the window. */
  readonly swapped_pages: number
  readonly available_memory_mb: number
  readonly clock: { readonly overhead_ns: number; readonly resolution_ns: number; readonly source?: string }
  readonly tools: readonly ('debugger' | 'coverage' | 'profiler')[]
  /** V8 flags that make code slower, or differ from where it runs in earnest. */
  readonly flags: readonly string[]
  readonly node: string
  readonly vitest: string
  readonly vitest_perf: string
  readonly free_disk_mb?: number
  /** Limit of connections that wait to be accepted. */
  readonly somaxconn?: number
  /** Limit of open files of a process. */
  readonly open_files?: number
  /** What this system does not tell, or not to us. */
  readonly unseen?: readonly string[]
}
