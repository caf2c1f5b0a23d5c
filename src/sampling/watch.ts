import { finding, type Finding } from '../model/finding.ts'
import type { Resources } from '../model/resources.ts'
import type { Milliseconds } from '../model/units.ts'
import type { AgentReport } from './agent-totals.ts'
import { noTotals } from './agent-totals.ts'
import type { OwnSampler } from './define-sampler.ts'
import type { Root, Tree } from './forest.ts'
import type { NodeWatch } from './node-watch.ts'
import type { ProbeRunner } from './probe-runner.ts'
import { runProbe } from './probe-runner.ts'
import type { Sampler, Target } from './sampler.ts'

/** All samplers on one process tree. */
export interface Watch {
  readonly root: Root
  /** Reads what is due. Resolves when agents were asked; slow samplers are not waited for. */
  read(tree: Tree): Promise<void>
  /**
   * The measured phase begins or ends now. What answers at once is inside, or outside, at once; agents and slow samplers are on their own, and the
   * promise resolves when they are there too. `hurried`: none is waited for.
   */
  border(tree: Tree, inside: boolean, hurried: boolean): Promise<void>
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

/** What a sampler that gave readings could not tell. */
function gaps(probe: ProbeRunner, partial: string | undefined): readonly Finding[] {
  if (partial !== undefined) return [finding('sampling_unavailable', { what: `sampler ${probe.name}`, reason: partial })]
  if (probe.missed() === 0) return []
  const reason = probe.unavailable() ?? 'they failed'
  return [finding('sampling_unavailable', { what: `${probe.missed()} readings of sampler ${probe.name}`, reason })]
}

const rounded = (value: number): number => Number(value.toPrecision(8))

export function watch(root: Root, { builtIn, own, node }: WatchOptions): Watch {
  const wanted = Object.entries({ ...builtIn, ...own }).filter(([, { subjects }]) => subjects?.includes(root.subject) ?? true)
  const probes: ProbeRunner[] = wanted.map(([name, sampler]) => runProbe(name, sampler, root))
  const inside = probes.filter(({ source }) => source === 'agent')
  const outside = probes.filter(({ source }) => source !== 'agent')
  let readings = 0
  let processes = 0
  let agentsCross: Promise<void> | undefined

  function targetOf(tree: Tree): Target {
    if (tree.processes.length > 0) readings++
    processes = Math.max(processes, tree.processes.length)
    return { subject: root.subject, pid: root.pid, agents: noAgents, ...tree }
  }
  async function crossAgents(agents: NodeWatch, tree: Tree, target: Target, about: { inside: boolean; hurried: boolean }): Promise<void> {
    if (!about.hurried) await agentsCross
    await agents.read(tree, !about.hurried)
    const told = { ...target, agents: agents.report() }
    await Promise.all(inside.map((probe) => probe.border(told, about.inside, about.hurried)))
    agents.measured(about.inside)
  }
  function unavailable(metrics: Readonly<Record<string, number>>, wholeRun: boolean): Record<string, string> {
    if (processes === 0) return { process: `no process with pid ${root.pid} was running` }
    const missing = probes.filter(({ recorders }) => ![...recorders.keys()].some((metric) => metric in metrics))
    return Object.fromEntries(missing.map((probe) => [probe.name, probe.partial(wholeRun) ?? probe.unavailable() ?? noReading(probe)]))
  }

  return {
    root,
    async read(tree) {
      if (tree.processes.length === 0 && processes === 0) return
      const target = targetOf(tree)
      for (const probe of outside) void probe.read(target)
      if (!node) return
      // Agents answer when they can: what is read from outside does not wait for them.
      await node.read(tree, false)
      const told = { ...target, agents: node.report() }
      for (const probe of inside) void probe.read(told)
    },
    async border(tree, inside, hurried) {
      const target = targetOf(tree)
      const crossings = outside.map((probe) => probe.border(target, inside, hurried))
      if (node) crossings.push((agentsCross = crossAgents(node, tree, target, { inside, hurried })))
      await Promise.all(crossings)
    },
    result({ origin, interval_ms, wholeRun, own_cpu_percent }) {
      const metrics: Record<string, number> = {}
      const own_metrics: Record<string, Pick<Sampler['metrics'][string], 'unit' | 'better' | 'meaning'>> = {}
      const series = []
      const findings: Finding[] = []
      for (const probe of probes) {
        const { name, recorders } = probe
        const partial = probe.partial(wholeRun)
        let seen = false
        for (const [metric, recorder] of recorders) {
          const value = recorder.result(wholeRun)
          if (value === undefined) continue
          seen = true
          series.push(recorder.series(metric, origin))
          if (partial !== undefined) continue
          metrics[metric] = rounded(value)
          const definition = own[name]?.metrics[metric]
          if (definition) own_metrics[metric] = { unit: definition.unit, better: definition.better, meaning: definition.meaning }
        }
        if (seen) findings.push(...gaps(probe, partial))
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
        unavailable: { ...unavailable(metrics, wholeRun), ...told?.unavailable },
        own_cpu_percent,
        ...(told?.estimates ? { estimates: told.estimates } : {}),
        ...(Object.keys(own_metrics).length > 0 ? { own_metrics } : {}),
      }
      return { resources, findings: [...findings, ...(told?.findings ?? [])] }
    },
    close() {
      for (const probe of probes) probe.close()
      node?.close()
    },
  }
}
