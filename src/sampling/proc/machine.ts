import { availableParallelism, cpus } from 'node:os'
import type { Milliseconds } from '../../model/units.ts'
import { millisecondsPerTick } from './units.ts'
import { readProc } from './read-file.ts'
import type { ControlGroup } from './cgroup.ts'
import { throttling } from './cgroup.ts'

/** Counters of the whole machine, those that the system has. */
export interface MachineReading {
  /** Time of all cores together. */
  readonly total_ms: Milliseconds
  readonly busy_ms: Milliseconds
  /** Time that the hypervisor gave to other machines while this one wanted to run. */
  readonly steal_ms?: Milliseconds
  /** Time in which at least one task waited for a core: `some` of /proc/pressure/cpu (PSI). */
  readonly pressure_ms?: Milliseconds
  readonly throttled_ms?: Milliseconds
  readonly throttled_periods?: number
}

export const cores = availableParallelism()

function processorTimes(): Pick<MachineReading, 'total_ms' | 'busy_ms' | 'steal_ms'> {
  const line = readProc('/proc/stat')?.split('\n', 1)[0]
  if (line === undefined) {
    const times = cpus().map((core) => core.times)
    const sum = (pick: (time: (typeof times)[number]) => number): number => times.reduce((total, time) => total + pick(time), 0)
    const busy_ms = sum(({ user, nice, sys, irq }) => user + nice + sys + irq)
    return { total_ms: busy_ms + sum(({ idle }) => idle), busy_ms }
  }
  // user nice system idle iowait irq softirq steal; guest time is part of user (proc(5)).
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .split(/\s+/)
    .slice(1)
    .map((ticks) => Number(ticks) * millisecondsPerTick)
  const busy_ms = user + nice + system + irq + softirq
  return { total_ms: busy_ms + idle + iowait + steal, busy_ms, steal_ms: steal }
}

export function readMachine(group: ControlGroup): MachineReading {
  const pressure = /^some .*total=(\d+)/m.exec(readProc('/proc/pressure/cpu') ?? '')?.[1]
  const throttled = throttling(group.cpu)
  return {
    ...processorTimes(),
    ...(pressure === undefined ? {} : { pressure_ms: Number(pressure) / 1e3 }),
    ...(throttled ? { throttled_ms: throttled.throttled_ms, throttled_periods: throttled.periods } : {}),
  }
}
