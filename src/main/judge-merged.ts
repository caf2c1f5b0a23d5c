import type { BaselineReading } from '../baseline/baseline.ts'
import { compareWithBaseline } from '../baseline/compare.ts'
import { noTrends, trendsOf } from '../baseline/trends.ts'
import { onceEach } from '../merge/join-cases.ts'
import type { Merged } from '../merge/merge.ts'
import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import type { Environment } from '../model/environment.ts'
import { finding } from '../model/finding.ts'
import type { Compared, ComparedRun, Run } from '../model/run.ts'
import { failClashes } from './clashes.ts'
import { qualifyByProject, unqualified } from './gather.ts'
import { judgeCompared } from './judge-run.ts'

/** A judged run of shards, and the part of it that each kind of machine measured. */
export interface JudgedMerge {
  readonly run: Run
  readonly byMachine: readonly Run[]
}

/** Judges the whole as the one process would have that ran all of it; each case is compared with the baseline of its own machine. */
export function judgeMerged(merged: Merged, config: BenchmarkConfig, baseline: BaselineReading): JudgedMerge {
  const tagged = merged.machines.flatMap(({ environment, cases }) => cases.map((one) => ({ environment, one })))
  const named = failClashes(qualifyByProject(tagged.map(({ one }) => unqualified(one))))
  const machines = merged.machines.map(({ environment }) => ({
    environment,
    cases: named.filter((_, at) => tagged[at]?.environment === environment),
  }))
  const parts = machines.map(({ environment, cases }) =>
    compareWithBaseline(cases, baseline, {
      threshold_percent: config.regression_threshold_percent,
      fingerprint: environment.fingerprint,
      environment,
    }),
  )
  const run = judgeCompared(together(parts, machines), config, merged)
  const whole = { ...run, shards: merged.shards }
  const byMachine = machines.map(({ environment }, at) => ({ ...whole, environment, cases: parts[at]?.cases ?? [] }))
  return { run: whole, byMachine }
}

function together(parts: readonly ComparedRun[], machines: readonly { readonly environment: Environment }[]): ComparedRun {
  const cases: readonly Compared[] = parts.flatMap((part) => part.cases)
  const present = new Set(cases.map(({ identity }) => identity.id))
  const missing = new Map(parts.flatMap((part) => part.missing).flatMap((one) => (present.has(one.id) ? [] : [[one.id, one] as const])))
  const timestamps = parts.flatMap(({ trends }) => trends.baseline_timestamp ?? [])
  const isCompared = parts.some(({ trends }) => trends !== noTrends)
  const kinds = machines.length > 1 ? [finding('shards_machines', { machines: machines.length, differs: differences(machines) })] : []
  return {
    cases,
    missing: [...missing.values()],
    trends: isCompared ? trendsOf(cases, [...missing.values()], timestamps.toSorted().at(-1) ?? null) : noTrends,
    findings: onceEach([...kinds, ...parts.flatMap(({ findings }) => findings)]),
  }
}

const told = ['cpu_model', 'cpu_cores', 'os', 'os_version', 'architecture', 'node', 'cgroup_cpus', 'cgroup_memory_mb'] as const

function differences(machines: readonly { readonly environment: Environment }[]): string {
  const values = (key: (typeof told)[number]): string[] => [...new Set(machines.map(({ environment }) => String(environment[key])))]
  const different = told.filter((key) => values(key).length > 1).map((key) => `${key} ${values(key).join(' and ')}`)
  return different.length > 0 ? different.join('; ') : 'their fingerprints differ'
}
