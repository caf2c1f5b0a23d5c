import type { Milliseconds } from '../model/units.ts'
import { now } from './clock.ts'
import { watchMachine } from './covariates.ts'
import type { Root } from './forest.ts'
import { openForest } from './open-forest.ts'
import type { Sampled, SessionOptions } from './messages.ts'
import { phaseLog } from './phases.ts'
import { samplers } from './registry.ts'
import { everyInterval } from './schedule.ts'
import type { Watch } from './watch.ts'
import { watch } from './watch.ts'

/** One case being sampled. */
export interface Session {
  add(root: Root): void
  phase(name: string, at: Milliseconds): Promise<void>
  stop(at: Milliseconds): Promise<Sampled>
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const { interval_ms } = options
  const forest = openForest()
  const machine = watchMachine()
  const origin = now()
  const phases = phaseLog(origin)
  const watches: Watch[] = []
  const before = { cpu: process.cpuUsage(), at: now() }

  function add(root: Root): void {
    forest.add(root)
    watches.push(watch(root, samplers))
  }
  async function read(border: boolean): Promise<void> {
    await forest.refresh()
    await Promise.all(watches.map((each) => each.read(forest.tree(each.root.pid), [], border)))
  }
  function ownCpu(): number {
    const { user, system } = process.cpuUsage(before.cpu)
    return Math.round(((user + system) / 1000 / Math.max(1, now() - before.at)) * 1e4) / 100
  }
  function measured(inside: boolean): void {
    for (const each of watches) each.measured(inside)
    machine.measured(inside)
  }

  for (const root of options.roots) add(root)
  await read(true)
  const ticking = everyInterval(interval_ms, () => read(false))

  return {
    add,
    async phase(name, at) {
      await read(true)
      const inside = name === 'measure'
      if (inside !== phases.measuring()) measured(inside)
      phases.begin(name, at)
    },
    async stop(at) {
      ticking.stop()
      await read(true)
      const own_cpu_percent = ownCpu()
      measured(false)
      phases.end(at)
      const wholeRun = !phases.measuredAny()
      const resources = watches.map((each) => each.result({ origin, interval_ms, wholeRun, own_cpu_percent }))
      for (const each of watches) each.close()
      forest.close()
      const { covariates, findings } = machine.result(wholeRun, resources)
      return { resources, phases: phases.list(), covariates, findings }
    },
  }
}
