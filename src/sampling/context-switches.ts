import { readdirSync } from 'node:fs'
import { catalogued } from './catalogued.ts'
import { needsProc } from './proc/available.ts'
import { readProc } from './proc/read-file.ts'
import type { Sampler } from './sampler.ts'

interface Switches {
  voluntary: number
  involuntary: number
}

/** The counters are the last two lines of a long file. */
function ofThread(path: string): Switches | undefined {
  const text = readProc(path)
  if (text === undefined) return undefined
  const lines = text.slice(text.lastIndexOf('\nvoluntary_ctxt_switches:') + 1).split('\n')
  const [voluntary = NaN, involuntary = NaN] = lines.map((line) => Number(line.slice(line.indexOf(':') + 1)))
  return Number.isFinite(voluntary + involuntary) ? { voluntary, involuntary } : undefined
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/status`)
  } catch {
    return []
  }
}

/** Over all threads, each of which has its own counters. Those that ended keep the last value that was seen. */
export const contextSwitches = {
  metrics: catalogued({ context_switches: 'total', involuntary_context_switches: 'total' }),
  every_ms: 2000,
  unsupported: () => needsProc('status'),
  open() {
    let live = new Map<string, Switches>()
    const ended: Switches = { voluntary: 0, involuntary: 0 }
    return {
      read({ processes }) {
        const next = new Map<string, Switches>()
        for (const path of processes.flatMap(({ pid }) => threadsOf(pid))) {
          const switches = ofThread(path)
          if (switches) next.set(path, switches)
        }
        for (const [path, { voluntary, involuntary }] of live) {
          if (next.has(path)) continue
          ended.voluntary += voluntary
          ended.involuntary += involuntary
        }
        live = next
        const total = { context_switches: ended.voluntary, involuntary_context_switches: ended.involuntary }
        for (const { voluntary, involuntary } of live.values()) {
          total.context_switches += voluntary
          total.involuntary_context_switches += involuntary
        }
        return total
      },
    }
  },
} satisfies Sampler<'context_switches' | 'involuntary_context_switches'>
