import { relative, sep } from 'node:path'
import type { TestModule, TestProject, Vitest } from 'vitest/node'
import type { Shard } from '../model/shard.ts'
import { filtersOf } from './filtered.ts'

/** Variables in which CI services number a run, the same in all of its jobs. Ours wins. */
const runVariables = [
  'VITEST_PERF_RUN',
  'GITHUB_RUN_ID',
  'CI_PIPELINE_ID',
  'CIRCLE_WORKFLOW_ID',
  'BUILDKITE_BUILD_ID',
  'BUILD_BUILDID',
  'BUILD_TAG',
  'BITBUCKET_PIPELINE_UUID',
] as const

interface Ended {
  readonly vitest: Vitest
  readonly modules: readonly TestModule[]
  readonly filtered: boolean
}

/** Which part of the benchmarks this run had, where Vitest was asked for a shard. */
export async function shardOf({ vitest, modules, filtered }: Ended, env: NodeJS.ProcessEnv): Promise<Shard | undefined> {
  const { shard, root } = vitest.config
  if (!shard) return undefined
  const all = (await vitest.getRelevantTestSpecifications([...filtersOf(vitest)])).filter(({ project }) => project.config.benchmark.enabled)
  const several = new Set(all.map(({ project }) => project.name)).size > 1
  const named = (path: string, project: TestProject): string => {
    const file = relative(root, path).split(sep).join('/')
    return several ? `${file} [${project.name}]` : file
  }
  const files = modules.filter(({ project }) => project.config.benchmark.enabled).map(({ moduleId, project }) => named(moduleId, project))
  const here = new Set(files)
  const rest = all.map(({ moduleId, project }) => named(moduleId, project)).filter((name) => !here.has(name))
  const variable = runVariables.find((name) => (env[name] ?? '') !== '')
  return {
    index: shard.index,
    count: shard.count,
    files: [...here].toSorted(),
    not_run: [...new Set(rest)].toSorted(),
    filtered,
    run: (variable && env[variable]) ?? null,
  }
}
