import type { Milliseconds } from '../model/units.ts'
import { now } from './clock.ts'
import { watchMachine } from './covariates.ts'
import { watchApart } from './apart.ts'
import type { Root } from './forest.ts'
import type { Sampled, SessionOptions } from './messages.ts'
import { watchNode } from './node-watch.ts'
import { openForest } from './open-forest.ts'
import { loadSamplers } from './own-samplers.ts'
import { measuredPhase, phaseLog } from './phases.ts'
import { samplers as builtIn } from './registry.ts'
import { everyInterval } from './schedule.ts'
import type { Watch } from './watch.ts'
import { watch } from './watch.ts'

/** One case being sampled. */
export interface Session {
  add(root: Root): void
  /** A process tree that counts with nobody from now on. */
  apart(pid: number): void
  phase(name: string, at: Milliseconds, hurried: boolean): Promise<void>
  stop(at: Milliseconds, hurried: boolean): Promise<Sampled>
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const { interval_ms, agents, retained_heap } = options
  const { samplers: own, findings: refused } = await loadSamplers(options.samplers)
  const forest = openForest()
  const apart = watchApart(forest)
  const machine = watchMachine()
  const watches: Watch[] = []
  const origin = now()
  const phases = phaseLog(origin)
  const cpuBefore = process.cpuUsage()

  let crossed: Promise<unknown> = Promise.resolve()

  function cross(crossings: readonly Promise<void>[]): void {
    crossed = Promise.all([crossed, ...crossings])
    // `stop` tells of it.
    crossed.catch(() => {})
  }
  function add(root: Root): void {
    if (watches.some((each) => each.root.pid === root.pid)) return
    forest.add(root)
    // Agents come with the environment of a server; the other subjects are ours and have none.
    const node = agents !== undefined && root.subject === 'server' ? watchNode(agents, { retained: retained_heap }) : undefined
    const added = watch(root, { builtIn, own, ...(node ? { node } : {}) })
    if (phases.measuring()) cross([added.border(forest.tree(root.pid), true, true)])
    watches.push(added)
  }
  async function read(): Promise<void> {
    await forest.refresh('lively')
    apart.read()
    await Promise.all(watches.map((each) => each.read(forest.tree(each.root.pid))))
  }
  /** The measured phase begins or ends now, or everything does. Its figures do not wait for each other: who answers late is late alone. */
  async function border(inside: boolean, hurried: boolean): Promise<void> {
    await forest.refresh(hurried ? 'lively' : 'all')
    apart.read()
    apart.measured(inside)
    machine.measured(inside)
    cross(watches.map((each) => each.border(forest.tree(each.root.pid), inside, hurried)))
  }
  function ownCpuPercent(): number {
    const { user, system } = process.cpuUsage(cpuBefore)
    return Math.round(((user + system) / 1000 / Math.max(1, now() - origin)) * 1e4) / 100
  }

  for (const root of options.roots) add(root)
  for (const pid of options.apart) apart.add(pid)
  await border(false, false)
  await crossed
  const ticking = everyInterval(interval_ms, read)

  return {
    add,
    apart: (pid) => apart.add(pid),
    async phase(name, at, hurried) {
      const inside = name === measuredPhase
      // Figures are about the measured phase alone: only its borders are worth a reading of everything.
      if (inside !== phases.measuring()) await border(inside, hurried)
      phases.begin(name, at)
    },
    async stop(at, hurried) {
      ticking.stop()
      await border(false, hurried)
      if (!hurried) await crossed
      const own_cpu_percent = ownCpuPercent()
      phases.end(at)
      const wholeRun = !phases.measuredAny()
      const results = watches.map((each) => each.result({ origin, interval_ms, wholeRun, own_cpu_percent }))
      const apartMs = apart.cpuMs(wholeRun)
      for (const each of watches) each.close()
      forest.close()
      const resources = results.map((result) => result.resources)
      const { covariates, findings } = machine.result(wholeRun, resources, apartMs)
      return {
        resources,
        phases: phases.list(),
        covariates,
        findings: [...refused, ...results.flatMap((each) => each.findings), ...findings],
      }
    },
  }
}
