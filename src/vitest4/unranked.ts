import type { RunnerTask, RunnerTaskResultPack } from 'vitest'
import type { Reporter, Vitest } from 'vitest/node'

/**
 * Vitest 4 ranks what stands in one suite by its mean, and says how many times faster the first one is. Cases of ours in a suite need not be
 * comparable, and `bench.compare` tells with an interval: theirs are taken away again before Vitest prints its summary.
 */
export class Unranked implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTaskUpdate(packs: readonly RunnerTaskResultPack[]): void {
    for (const [id] of packs) {
      const task = this.#vitest?.state.idMap.get(id)
      if (task?.type === 'suite') for (const child of task.tasks) takeRank(child)
    }
  }
}

function takeRank({ meta, result }: RunnerTask): void {
  const row = (result as { benchmark?: { rank: number } } | undefined)?.benchmark
  if (row && meta.vitestPerf) row.rank = 0
}
