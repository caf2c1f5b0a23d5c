import type { Environment } from '../model/environment.ts'
import type { Finding } from '../model/finding.ts'
import type { Milliseconds } from '../model/units.ts'

/** What one run contributed to one metric of one case. */
export interface RecordedValue {
  /** ISO 8601, or null where the file does not say. */
  readonly at: string | null
  readonly commit: string | null
  readonly value: number
}

/** Values by metric name, oldest first. */
export type RecordedCase = Readonly<Record<string, readonly RecordedValue[]>>

/** What is kept of the machine, to say in words how two of them differ. */
export type Machine = Partial<Pick<Environment, (typeof machineKeys)[number]>>
export const machineKeys = [
  'os',
  'os_version',
  'architecture',
  'cpu_model',
  'cpu_cores',
  'cgroup_cpus',
  'cgroup_memory_mb',
  'node',
  'v8',
] as const

/** A change that somebody took as the new level, or a case that was dropped: why, and with which commit. The newest decision on each case. */
export interface Accepted {
  readonly at: string
  readonly commit: string | null
  readonly reason: string
  readonly metric: string
  /** Absent where the level before, or after, is not known: a case that was dropped has no `to`. */
  readonly from?: number
  readonly to?: number
}

/** Values of one machine: machines are never mixed in a comparison. */
export interface RecordedEnvironment {
  /** Null where the file does not say which machine it is from. */
  readonly fingerprint: string | null
  readonly machine: Machine
  readonly cases: Readonly<Record<string, RecordedCase>>
  /** How the times of the newest run of a case lie, by case id: at even shares from the shortest to the longest, to be drawn beside later ones. */
  readonly times?: Readonly<Record<string, readonly Milliseconds[]>>
  /** By case id. */
  readonly accepted?: Readonly<Record<string, Accepted>>
}

export interface Baseline {
  readonly path: string
  /** Only `baseline` is continued by later runs: a history is by itself, and the other two are single runs to compare with. */
  readonly format: 'baseline' | 'history' | 'results' | 'mission'
  readonly environments: readonly RecordedEnvironment[]
}

/** What reading a baseline came to. Only `unusable` has findings: a file that is not there yet is no fault. */
export type BaselineReading =
  | { readonly state: 'usable'; readonly baseline: Baseline; readonly findings: readonly Finding[] }
  | { readonly state: 'absent'; readonly path: string; readonly findings: readonly Finding[] }
  | { readonly state: 'unusable'; readonly path: string; readonly findings: readonly Finding[] }

/** The newest time of an environment, or null where none is known. */
export function newest({ cases }: RecordedEnvironment): string | null {
  const times = Object.values(cases).flatMap((one) => Object.values(one).flatMap((values) => values.flatMap(({ at }) => at ?? [])))
  return times.toSorted().at(-1) ?? null
}
