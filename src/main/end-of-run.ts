import type { SerializedError } from 'vitest'
import type { TestModule, Vitest } from 'vitest/node'
import { readBaseline } from '../baseline/read.ts'
import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import type { Environment } from '../model/environment.ts'
import type { EpochMilliseconds } from '../model/units.ts'
import type { ReceivedCases } from '../record/receive.ts'
import { baselineFromHistory } from './baseline-from-history.ts'
import { againstOfRun } from './against-of-run.ts'
import { isFiltered } from './filtered.ts'
import { gather } from './gather.ts'
import type { PerfHost } from './host.ts'
import { judgeRun } from './judge-run.ts'
import type { PerfOptions, ResolvedPaths } from './options.ts'
import { projectName } from './project-name.ts'
import { isQuick } from './quick.ts'
import { settle } from './settle.ts'
import { shardOf } from './shard.ts'
import type { Watchdog } from './watchdog.ts'

export interface EndedRun {
  readonly vitest: Vitest
  readonly modules: readonly TestModule[]
  readonly errors: readonly SerializedError[]
  readonly received: ReceivedCases
  readonly watchdog: Watchdog
  readonly started_at: EpochMilliseconds
  readonly environment: Environment
  readonly interrupted: boolean
}

export interface Setup {
  readonly options: PerfOptions
  readonly paths: ResolvedPaths
  readonly config: BenchmarkConfig
  readonly host: PerfHost | undefined
}

/** From what the workers sent to the verdict and its effects. */
export async function endRun(ended: EndedRun, { options, paths, config, host }: Setup): Promise<void> {
  const { vitest, started_at, environment, interrupted } = ended
  const quick = isQuick(process.env)
  // What a quick run does not show is not missing, and none of it is kept.
  const asked = isFiltered(vitest)
  const shard = await shardOf({ ...ended, filtered: quick || asked }, process.env)
  const filtered = quick || asked || shard !== undefined
  const gathered = gather(ended.modules, ended.errors, ended.received, vitest, ended.watchdog)
  const baseline = quick
    ? ({ state: 'absent', path: paths.baseline, findings: [] } as const)
    : (host?.baseline ??
      (await (paths.comparesWithHistory ? baselineFromHistory(paths.history, vitest.config.root) : readBaseline(paths.baseline))))
  const reference = quick || interrupted || vitest.config.watch ? undefined : (host?.overrides.against ?? options.against)
  const against =
    reference === undefined
      ? undefined
      : await againstOfRun(vitest, { options, paths, config }, reference, shard && { index: shard.index, modules: ended.modules })
  const run = judgeRun(gathered, config, baseline, {
    started_at,
    duration_ms: Date.now() - started_at,
    environment,
    project: await projectName(vitest.config.root),
    interrupted,
    filtered,
    against,
    shard,
  })
  await settle(run, { options, paths, baseline, filtered, quick, vitest, host })
}
