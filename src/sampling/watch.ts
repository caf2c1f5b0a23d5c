import { setTimeout } from 'node:timers/promises'
import type { Resources } from '../model/resources.ts'
import type { Milliseconds } from '../model/units.ts'
import type { Root, Tree } from './forest.ts'
import type { ProbeRunner } from './probe-runner.ts'
import { runProbe } from './probe-runner.ts'
import type { AgentReading } from './agent/reading.ts'
import type { Sampler } from './sampler.ts'

/** All samplers on one process tree. */
export interface Watch {
  readonly root: Root
  read(tree: Tree, agents: readonly AgentReading[], border: boolean): Promise<void>
  measured(inside: boolean): void
  result(about: { origin: Milliseconds; interval_ms: Milliseconds; wholeRun: boolean; own_cpu_percent: number }): Resources
  close(): void
}

const longestWait_ms = 1000

const rounded = (value: number): number => Number(value.toPrecision(8))

export function watch(root: Root, samplers: Readonly<Record<string, Sampler>>): Watch {
  const probes: ProbeRunner[] = Object.entries(samplers).map(([name, sampler]) => runProbe(name, sampler, root))
  let readings = 0
  let processes = 0

  function unavailable(): Record<string, string> {
    const reasons: Record<string, string> = {}
    if (processes === 0) reasons['process'] = `no process with pid ${root.pid} was running`
    for (const probe of probes) {
      const reason = probe.unavailable()
      if (reason !== undefined && processes > 0) reasons[probe.name] = reason
    }
    return reasons
  }

  return {
    root,
    async read(tree, agents, border) {
      if (tree.processes.length > 0) readings++
      else if (processes === 0) return
      processes = Math.max(processes, tree.processes.length)
      const target = { subject: root.subject, pid: root.pid, processes: tree.processes, cpu_ms: tree.cpu_ms, agents }
      const waits = probes.map((probe) => probe.read(target, border)).filter((wait) => wait !== undefined)
      // A sampler that waits for somebody holds up nobody but the border of a phase, and that not for long.
      if (border && waits.length > 0) await Promise.race([Promise.all(waits), setTimeout(longestWait_ms, undefined, { ref: false })])
    },
    measured(inside) {
      for (const { recorders } of probes) for (const recorder of recorders.values()) recorder.measured(inside)
    },
    result({ origin, interval_ms, wholeRun, own_cpu_percent }) {
      const metrics: Record<string, number> = {}
      const series = []
      for (const [name, recorder] of probes.flatMap((probe) => [...probe.recorders])) {
        const value = recorder.result(wholeRun)
        if (value === undefined) continue
        metrics[name] = rounded(value)
        series.push(recorder.series(name, origin))
      }
      const { subject, pid } = root
      return { subject, pid, processes, samples: readings, interval_ms, metrics, series, unavailable: unavailable(), own_cpu_percent }
    },
    close() {
      for (const probe of probes) probe.close()
    },
  }
}
