/** The machine and the software that a run used. `fingerprint` decides what may be compared; it never holds a measured MHz. */
export interface Environment {
  readonly fingerprint: string
  readonly os: string
  readonly os_version: string
  readonly architecture: string
  readonly cpu_model: string
  readonly cpu_cores: number
  readonly total_memory_mb: number
  readonly available_memory_mb: number
  /** Limit of the container, where there is one. */
  readonly cgroup_cpus: number | null
  readonly cgroup_memory_mb: number | null
  readonly node: string
  readonly v8: string
  readonly vitest: string
  readonly vitest_perf: string
  readonly ci: string | null
  readonly commit: string | null
  readonly branch: string | null
  readonly dirty: boolean | null
}
