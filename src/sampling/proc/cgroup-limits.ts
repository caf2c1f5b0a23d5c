import { totalmem } from 'node:os'
import { toMegabytes } from '../../model/units.ts'
import type { ControlGroup } from './cgroup.ts'
import { readProc } from './read-file.ts'

/** What the container may use at most; null where nothing is set. */
export interface Limits {
  readonly cgroup_cpus: number | null
  readonly cgroup_memory_mb: number | null
}

function cpuLimit(folder: string): number {
  // Second generation: "max 100000" or "150000 100000"; first: -1 for no limit.
  const [quota, period] = readProc(`${folder}/cpu.max`)?.split(/\s+/) ?? [
    readProc(`${folder}/cpu.cfs_quota_us`),
    readProc(`${folder}/cpu.cfs_period_us`),
  ]
  const share = Number(quota) / Number(period)
  return Number.isFinite(share) && share > 0 ? share : Infinity
}

function memoryLimit(folder: string): number {
  const text = readProc(`${folder}/memory.max`) ?? readProc(`${folder}/memory.limit_in_bytes`)
  const bytes = Number(text)
  return Number.isFinite(bytes) && bytes > 0 ? bytes : Infinity
}

/** The tightest limit of the group and of those above it. One that is no less than the machine's own memory is none. */
export function limits(group: ControlGroup): Limits {
  const cpus = Math.min(Infinity, ...group.cpu.map(cpuLimit))
  const memory = Math.min(Infinity, ...group.memory.map(memoryLimit))
  return {
    cgroup_cpus: Number.isFinite(cpus) ? Math.round(cpus * 1000) / 1000 : null,
    cgroup_memory_mb: memory < totalmem() ? Math.round(toMegabytes(memory)) : null,
  }
}
