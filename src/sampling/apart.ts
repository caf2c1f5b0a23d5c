import type { Milliseconds } from '../model/units.ts'
import { now } from './clock.ts'
import type { Forest } from './forest.ts'
import { record, type Recorder } from './recorder.ts'

/** Process trees that count with nobody. Their CPU time is ours all the same: it is no neighbour's. */
export interface Apart {
  add(pid: number): void
  read(): void
  measured(inside: boolean): void
  cpuMs(wholeRun: boolean): Milliseconds
}

export function watchApart(forest: Forest): Apart {
  const trees = new Map<number, Recorder>()
  let measuring = false
  return {
    add(pid) {
      if (trees.has(pid)) return
      forest.add({ pid })
      const recorder = record({ unit: 'ms', better: 'lower', meaning: '', aggregate: 'total' })
      recorder.measured(measuring)
      trees.set(pid, recorder)
    },
    read() {
      for (const [pid, recorder] of trees) recorder.push(now(), forest.tree(pid).cpu_ms)
    },
    measured(inside) {
      measuring = inside
      for (const recorder of trees.values()) recorder.measured(inside)
    },
    cpuMs: (wholeRun) => [...trees.values()].reduce((sum, recorder) => sum + (recorder.result(wholeRun) ?? 0), 0),
  }
}
