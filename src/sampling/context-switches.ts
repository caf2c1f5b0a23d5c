import { catalogued } from './catalogued.ts'
import { needsProc } from './proc/available.ts'
import type { Switches, ThreadSwitches } from './proc/thread-switches.ts'
import { watchThreads } from './proc/thread-switches.ts'
import type { Sampler } from './sampler.ts'

/** Each has a file of its own to open and to read: more would cost more than they tell. */
const mostThreads = 100

/** Over all threads, each of which has its own counters. Processes that ended keep the last value that was seen. */
export const contextSwitches = {
  metrics: catalogued({ context_switches: 'total', involuntary_context_switches: 'total' }),
  every_ms: 2000,
  unsupported: () => needsProc('status'),
  open() {
    const watched = new Map<number, { readonly threads: ThreadSwitches; last: Switches }>()
    const ended = { voluntary: 0, involuntary: 0 }
    return {
      read({ processes }) {
        const all = processes.reduce((sum, { threads }) => sum + threads, 0)
        if (all > mostThreads) throw new Error(`${all} threads: reading more than ${mostThreads} costs too much`)
        const running = new Set(processes.map(({ pid }) => pid))
        for (const [pid, { threads, last }] of watched) {
          if (running.has(pid)) continue
          ended.voluntary += last.voluntary
          ended.involuntary += last.involuntary
          threads.close()
          watched.delete(pid)
        }
        const total = { context_switches: ended.voluntary, involuntary_context_switches: ended.involuntary }
        for (const { pid, threads: count } of processes) {
          const process = watched.get(pid) ?? { threads: watchThreads(pid), last: { voluntary: 0, involuntary: 0 } }
          process.last = process.threads.read(count) ?? process.last
          watched.set(pid, process)
          total.context_switches += process.last.voluntary
          total.involuntary_context_switches += process.last.involuntary
        }
        return total
      },
      close() {
        for (const { threads } of watched.values()) threads.close()
      },
    }
  },
} satisfies Sampler<'context_switches' | 'involuntary_context_switches'>
