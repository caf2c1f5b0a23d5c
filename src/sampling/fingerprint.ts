import { createHash } from 'node:crypto'
import type { Environment } from '../model/environment.ts'

type Distinguishing = Pick<
  Environment,
  'architecture' | 'cpu_model' | 'cpu_cores' | 'os' | 'os_version' | 'cgroup_cpus' | 'cgroup_memory_mb' | 'node' | 'v8'
>

/** Flags that change how fast code runs, or how much memory it may have. Others, such as `--import`, make no other environment. */
const decisive =
  /^--(?:max-|min-semi|semi-space|no-opt|opt\b|no-turbo|turbo|jitless|no-maglev|maglev|no-sparkplug|sparkplug|interpreted|single-threaded|stack-size|inspect|cpu-prof|heap-prof|prof\b|trace-|gc-|expose-gc|always-|lite-mode|optimize-for-size|no-lazy)/

export function decisiveFlags(execArgv: readonly string[], nodeOptions: string | undefined): readonly string[] {
  const given = [...execArgv, ...(nodeOptions ?? '').split(/\s+/)].map((flag) => flag.replaceAll('_', '-'))
  return [...new Set(given.filter((flag) => decisive.test(flag)))].sort()
}

const leading = (version: string, parts: number): string => version.replace(/^v/, '').split('.').slice(0, parts).join('.')

/** What may be compared with what: 12 characters over everything that moves numbers by itself. A measured clock rate is not among it: it changes by the minute. */
export function fingerprint(environment: Distinguishing, flags: readonly string[]): string {
  const { architecture, cpu_model, cpu_cores, os, os_version, cgroup_cpus, cgroup_memory_mb, node, v8 } = environment
  const parts = [
    architecture,
    cpu_model,
    cpu_cores,
    os,
    leading(os_version, 1),
    cgroup_cpus,
    cgroup_memory_mb,
    leading(node, 1),
    leading(v8, 3),
    flags,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
}
