import { readdirSync } from 'node:fs'
import { readProc } from '../../sampling/proc/read-file.ts'
import { millisecondsPerTick } from '../../sampling/proc/units.ts'
import type { Facts } from './facts.ts'

interface ProcessTime {
  readonly name: string
  readonly cpu_ms: number
}

/** CPU time of every process by pid; empty where there is no /proc. */
export function processTimes(): ReadonlyMap<number, ProcessTime> {
  return new Map(
    pids().flatMap((pid) => {
      const text = readProc(`/proc/${pid}/stat`)
      // The name in brackets may hold anything, so the last bracket is where it ends (proc(5)).
      const end = text?.lastIndexOf(')') ?? -1
      if (text === undefined || end < 0) return []
      const fields = text.slice(end + 2).split(' ')
      const ticks = Number(fields[11]) + Number(fields[12])
      return [[pid, { name: text.slice(text.indexOf('(') + 1, end), cpu_ms: ticks * millisecondsPerTick }] as const]
    }),
  )
}

function pids(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => Number.isInteger(pid))
  } catch {
    return []
  }
}

/** Who used at least a twentieth of a core between two readings, busiest first; we ourselves do not count. */
export function busiestOf(
  before: ReadonlyMap<number, ProcessTime>,
  after: ReadonlyMap<number, ProcessTime>,
  window_ms: number,
): Facts['busiest'] {
  return [...after]
    .filter(([pid]) => pid !== process.pid)
    .map(([pid, { name, cpu_ms }]) => ({ pid, name, cpu_percent: (100 * (cpu_ms - (before.get(pid)?.cpu_ms ?? cpu_ms))) / window_ms }))
    .filter(({ cpu_percent }) => cpu_percent >= 5)
    .toSorted((a, b) => b.cpu_percent - a.cpu_percent)
}
