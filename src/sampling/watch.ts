import type { Finding } from '../model/finding.ts'
import type { Resources } from '../model/resources.ts'
import type { Milliseconds } from '../model/units.ts'
import type { AgentReport } from './agent-totals.ts'
import { noTotals } from './agent-totals.ts'
import type { OwnSampler } from './define-sampler.ts'
import type { Root, Tree } from './forest.ts'
import type { NodeWatch } from './node-watch.ts'
import type { ProbeRunner } from './probe-runner.ts'
import { runProbe } from './probe-runner.ts'
import type { Sampler } from './sampler.ts'

/** All samplers on one process tree. */
export interface Watch {
  readonly root: Root
  /** Resolves when all has been read; where no phase begins or ends, slow samplers are not waited for. */
  read(tree: Tree, border: boolean): Promise<void>
  measured(inside: boolean): void
  result(about: ResultAbout): { readonly resources: Resources; readonly findings: readonly Finding[] }
  close(): void
}

export interface ResultAbout {
  readonly origin: Milliseconds
  readonly interval_ms: Milliseconds
  /** No phase was named `measure`. */
  readonly wholeRun: boolean
  readonly own_cpu_percent: number
}

export interface WatchOptions {
  readonly builtIn: Readonly<Record<string, Sampler>>
  readonly own: Readonly<Record<string, OwnSampler>>
  readonly node?: NodeWatch
}

const noAgents: AgentReport = { live: [], totals: noTotals }

const noReading = ({ source }: ProbeRunner): string =>
  source === 'agent' ? 'no Node.js process of this tree has an agent' : 'there was no reading in time'

const rounded = (value: number): number => Number(value.toPrecision(8))

export function watch(root: Root, { builtIn, own, node }: WatchOptions): Watch {
  const wanted = Object.entries({ ...builtIn, ...own }).filter(([, { subjects }]) => subjects?.includes(root.subject) ?? true)
  const probes: ProbeRunner[] = wanted.map(([name, sampler]) => runProbe(name, sampler, root))
  const inside = probes.filter(({ source }) => source === 'agent')
  const outside = probes.filter(({ source }) => source !== 'agent')
  let readings = 0
  let processes = 0

  function unavailable(metrics: Readonly<Record<string, number>>): Record<string, string> {
    if (processes === 0) return { process: `no process with pid ${root.pid} was running` }
    const missing = probes.filter(({ recorders }) => ![...recorders.keys()].some((metric) => metric in metrics))
    return Object.fromEntries(missing.map((probe) => [probe.name, probe.unavailable() ?? noReading(probe)]))
  }

  return {
    root,
    async read(tree, border) {
      if (tree.processes.length > 0) readings++
      else if (processes === 0) return
      processes = Math.max(processes, tree.processes.length)
      const target = { subject: root.subject, pid: root.pid, agents: noAgents, ...tree }
      const waits = outside.map((probe) => probe.read(target, border)).filter((wait) => wait !== undefined)
      if (node) {
        // Agents answer when they can: what is read from outside does not wait for them.
        await node.read(tree, border)
        const told = { ...target, agents: node.report() }
        for (const probe of inside) void probe.read(told, border)
      }
      if (border) await Promise.all(waits)
    },
    measured(inside) {
      for (const { recorders } of probes) for (const recorder of recorders.values()) recorder.measured(inside)
      node?.measured(inside)
    },
    result({ origin, interval_ms, wholeRun, own_cpu_percent }) {
      const metrics: Record<string, number> = {}
      const own_metrics: Record<string, Pick<Sampler['metrics'][string], 'unit' | 'better' | 'meaning'>> = {}
      const series = []
      for (const { name, recorders } of probes) {
        for (const [metric, recorder] of recorders) {
          const value = recorder.result(wholeRun)
          if (value === undefined) continue
          metrics[metric] = rounded(value)
          series.push(recorder.series(metric, origin))
          const definition = own[name]?.metrics[metric]
          if (definition) own_metrics[metric] = { unit: definition.unit, better: definition.better, meaning: definition.meaning }
        }
      }
      const told = node?.result({ origin, wholeRun })
      const resources = {
        subject: root.subject,
        pid: root.pid,
        processes,
        samples: readings,
        interval_ms,
        metrics: { ...metrics, ...told?.metrics },
        series: [...series, ...(told?.series ?? [])],
        unavailable: { ...unavailable(metrics), ...told?.unavailable },
        own_cpu_percent,
        ...(told?.estimates ? { estimates: told.estimates } : {}),
        ...(Object.keys(own_metrics).length > 0 ? { own_metrics } : {}),
      }
      return { resources, findings: told?.findings ?? [] }
    },
    close() {
      for (const probe of probes) probe.close()
      node?.close()
    },
  }
}
