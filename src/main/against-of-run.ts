import { relative, sep } from 'node:path'
import type { TestModule, Vitest } from 'vitest/node'
import type { AgainstResult } from '../against/run-against.ts'
import type { BenchFile, DeclaredId } from '../against/side-messages.ts'
import { PerfError } from '../model/error.ts'
import { finding } from '../model/finding.ts'
import type { CaseError } from '../model/measured.ts'
import type { ComparedRun, Comparison, Summarised } from '../model/run.ts'
import { toMilliseconds } from '../model/units.ts'
import { filtersOf } from './filtered.ts'
import type { Configured } from './host.ts'
import type { AgainstRef } from './options.ts'

/** What a shard compares: the files that ran here. A file that is gone is in no shard, so the first one tells of it. */
export interface ShardFiles {
  readonly index: number
  readonly modules: readonly TestModule[]
}

export type AgainstOfRun = { readonly result: AgainstResult } | { readonly error: CaseError }

/**
 * Compares with another version after the benchmarks have run: they give the numbers that gates and objectives judge, pairs of short processes give
 * the verdicts on the change. Loaded only where it is asked for.
 */
export async function againstOfRun(
  vitest: Vitest,
  configured: Configured,
  asked: string | AgainstRef,
  shard?: ShardFiles,
): Promise<AgainstOfRun> {
  const [{ answer }, { runAgainst }, { progressTo }, { Interruption }] = await Promise.all([
    import('../against/ask-project.ts'),
    import('../against/run-against.ts'),
    import('../against/progress.ts'),
    import('../against/interruption.ts'),
  ])
  const { ref, budget, setup, pairs } = typeof asked === 'string' ? { ref: asked } : asked
  const budgetMs = budget === undefined ? undefined : toMilliseconds(budget)
  const interruption = new Interruption()
  try {
    const { config } = vitest
    const filters = filtersOf(vitest)
    const project = await answer(vitest, configured, {
      filters,
      options: {
        ...(config.testNamePattern ? { testNamePattern: config.testNamePattern.source } : {}),
        ...(config.project.length > 0 ? { project: config.project } : {}),
      },
    })
    const results = configured.paths.results
    const inProject = (path: string): string => relative(config.root, path).split(sep).join('/')
    const ran =
      shard && new Set(shard.modules.map(({ moduleId, project: { name } }) => keyOf({ file: inProject(moduleId), project: name })))
    const files = ran ? project.files.filter((file) => ran.has(keyOf(file))) : project.files
    const elsewhere = new Set(project.files.map(keyOf))
    const isWanted = ({ identity }: DeclaredId): boolean =>
      !ran || ran.has(keyOf(identity)) || (shard?.index === 1 && !elsewhere.has(keyOf(identity)))
    const result = await runAgainst(
      { ...project, files, results, progress: progressTo(process.stderr), signal: interruption.signal, isWanted },
      {
        ref,
        threshold_percent: configured.config.regression_threshold_percent,
        ...(budgetMs === undefined ? {} : { budgetMs }),
        ...(setup === undefined ? {} : { setup }),
        ...(pairs === undefined ? {} : { pairs }),
      },
    )
    return { result }
  } catch (error) {
    return {
      error: {
        message: error instanceof Error ? error.message : String(error),
        ...(error instanceof PerfError ? { code: error.code } : {}),
      },
    }
  } finally {
    interruption.end()
  }
}

const keyOf = ({ file, project }: BenchFile): string => `${project}\0${file}`

/** Numbers of the run with verdicts of the comparison. */
export function comparedWith(summarised: readonly Summarised[], { compared, summary }: AgainstResult): ComparedRun {
  const comparisonOf = new Map(
    compared.cases.flatMap(({ identity, comparison }) => (comparison ? [[identity.id, ofOtherProcesses(comparison)] as const] : [])),
  )
  const failed = new Map(compared.cases.flatMap((one) => (one.state === 'failed' ? [[one.identity.id, one.errors] as const] : [])))
  return {
    ...compared,
    cases: summarised.map((one) => {
      const comparison = comparisonOf.get(one.identity.id)
      // A case that ran here and failed in one of its short processes could not be compared.
      const threshold_percent = compared.cases[0]?.comparison?.threshold_percent ?? 5
      const errors = failed.get(one.identity.id)
      if (!comparison && errors && one.state === 'measured') {
        const findings = [finding('failed_in_pairs', { reason: errors[0]?.message ?? 'it said nothing' })]
        return {
          ...one,
          comparison: { verdict: 'inconclusive', metric: 'value', threshold_percent, against: summary.base, runs: 0, findings },
        }
      }
      return comparison && one.state !== 'failed' ? { ...one, comparison } : one
    }),
  }
}

/** The times of this run are of one long process, those of base of many short ones: how they lie must not be laid over each other. */
function ofOtherProcesses(comparison: Comparison): Comparison {
  const { base_quantiles_ms: _, ...rest } = comparison
  return rest
}
