import type { Estimate } from '../model/estimate.ts'
import type { Finding } from '../model/finding.ts'
import { finding } from '../model/finding.ts'
import type { Series } from '../model/resources.ts'
import type { Milliseconds } from '../model/units.ts'
import { agentHub } from './agent-hub.ts'
import type { AgentReport } from './agent-totals.ts'
import { attachmentFailure } from './attachment.ts'
import { downsample } from './downsample.ts'
import type { Tree } from './forest.ts'
import { judgeLeak, leakSlope, tooShort } from './leak.ts'
import { followRetainedHeap } from './retained-heap.ts'

interface Told {
  readonly metrics: Readonly<Record<string, number>>
  readonly series: readonly Series[]
  readonly unavailable: Readonly<Record<string, string>>
  readonly estimates?: Readonly<Record<string, Estimate>>
  readonly findings: readonly Finding[]
}

/** The Node processes of a tree, from inside: what agents report, and the heap that survives collections. */
export interface NodeWatch {
  read(tree: Tree, border: boolean): Promise<void>
  report(): AgentReport
  measured(inside: boolean): void
  result(about: { readonly origin: Milliseconds; readonly wholeRun: boolean }): Told
  close(): void
}

export function watchNode(folder: string, options: { readonly retained: boolean }): NodeWatch {
  const hub = agentHub(folder)
  const retained = options.retained ? followRetainedHeap(hub) : undefined
  let pids: readonly number[] = []
  let attached = false
  let measuring = false

  function leak(origin: Milliseconds, wholeRun: boolean): Told {
    const points = retained?.points(wholeRun) ?? []
    const slope = leakSlope(points)
    const last = points.at(-1)
    if (!retained || !last) return { metrics: {}, series: [], unavailable: {}, findings: [] }
    const curve = downsample({ at_ms: points.map(({ at_ms }) => at_ms - origin), values: points.map(({ mb }) => mb) }, 300)
    const found = slope && judgeLeak(points, slope)
    return {
      metrics: { retained_heap_mb: last.mb, ...(slope ? { leak_mb_per_minute: slope.point } : {}) },
      series: [{ metric: 'retained_heap_mb', unit: 'MB', ...curve }],
      unavailable: slope ? {} : { leak: tooShort(points) ?? 'the points have no slope' },
      ...(slope ? { estimates: { leak_mb_per_minute: slope } } : {}),
      findings: found ? [found] : [],
    }
  }

  return {
    async read(tree, border) {
      if (tree.processes.length > 0) pids = tree.processes.map(({ pid }) => pid)
      await hub.ask(pids, { wait: border })
      attached ||= hub.connections().length > 0
      if (border && measuring) await retained?.finish()
      else if (!border) retained?.tick()
    },
    report: () => hub.report(),
    measured(inside) {
      measuring = inside
      retained?.measured(inside)
      if (inside) hub.reset()
    },
    result({ origin, wholeRun }) {
      const told = leak(origin, wholeRun)
      const reason = attached ? undefined : attachmentFailure(folder, pids)
      return reason === undefined ? told : { ...told, findings: [...told.findings, finding('agent_not_attached', { reason })] }
    },
    close: () => hub.close(),
  }
}
