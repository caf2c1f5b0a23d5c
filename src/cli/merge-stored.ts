import { isDeepStrictEqual } from 'node:util'
import type { BaselineReading } from '../baseline/baseline.ts'
import { readBaseline } from '../baseline/read.ts'
import type { NextBaseline } from '../baseline/next-baseline.ts'
import { nextBaseline, updateBaseline, written } from '../baseline/store.ts'
import { readBenchmarkConfig } from '../gates/parse-config.ts'
import { tellGitHub } from '../main/github-actions.ts'
import { withHistory } from '../main/history.ts'
import type { Configured, Overrides } from '../main/host.ts'
import { judgeMerged, type JudgedMerge } from '../main/judge-merged.ts'
import { historyFile, resolvePaths } from '../main/resolve-options.ts'
import { summaryText, writeReports } from '../main/write-reports.ts'
import { mergeShards } from '../merge/merge.ts'
import { defaultConfig, type BenchmarkConfig } from '../model/benchmark-config.ts'
import type { Run } from '../model/run.ts'
import { configuredProject } from '../programmatic/configured.ts'
import { withoutCredentials } from '../report/redact.ts'
import { reportOf } from '../report/reporter.ts'
import { tokenVariable, uploadResults } from '../report/upload.ts'
import { readStoredRun } from './stored-run.ts'
import { shardFiles } from './shard-files.ts'

export interface MergeOptions {
  /** Files and folders. */
  readonly parts: readonly string[]
  readonly overrides: Overrides
}

export interface MergeOutcome {
  readonly run: Run
  readonly text: string
  readonly warnings: readonly string[]
  /** Effects that failed although they had to succeed. */
  readonly problems: readonly string[]
}

/**
 * The shards of one run as the run that they are parts of: judged, compared, reported, remembered as one.
 *
 * @throws PerfError RESULTS_UNREADABLE, SHARDS_DIFFER, RESULTS_UNWRITABLE and those of configuration files
 */
export async function mergeStored({ parts, overrides }: MergeOptions): Promise<MergeOutcome> {
  const files = await shardFiles(parts)
  const merged = mergeShards(await Promise.all(files.map(async (file) => ({ file, run: await readStoredRun(file) }))))
  const root = process.cwd()
  // The plugin takes it out of the environment.
  const token = process.env[tokenVariable]
  const project = (await configuredProject(root, overrides)) ?? (await unconfigured(root, overrides))
  const { options, paths } = project
  const config = configFor(merged.config, project.config, overrides)
  const baseline = await readBaseline(paths.baseline)
  const judged = judgeMerged(merged, config, baseline)
  const asked = overrides.updateBaseline ?? options.updateBaseline
  const allowed = asked ?? config.update_baseline_on_success
  const { run, trouble } = await withHistory(
    judged.run,
    {
      place: paths.history,
      file: historyFile(paths.results),
      root,
      filtered: merged.filtered || merged.infrastructure.length > 0,
      write: allowed || !process.env['CI'],
    },
    judged.byMachine,
  )
  const report = reportOf(run)
  const published = await writeReports(report, options, paths.results, overrides.exporters)
  const kept = await keepBaseline(judged, baseline, paths.baseline, allowed)
  const { reporting } = config
  const upload = config === merged.config && reporting.upload_external ? cannotUpload : await uploadResults(report, reporting, token)
  const log = (line: string): void => void process.stdout.write(`${line}\n`)
  const warnings = [
    ...published.failed.map(({ reporter, message }) => `The report "${reporter}" was not written: ${message}`),
    upload,
    await tellGitHub(report, published, { env: process.env, log, vitestAnnotates: false }),
    asked && kept !== undefined ? `The baseline was not updated: ${kept}.` : undefined,
    options.historyRequired ? undefined : trouble,
  ].filter((warning) => warning !== undefined)
  const problems = options.historyRequired && trouble !== undefined ? [trouble] : []
  return { run, text: `${summaryText(report, published, options.quiet ?? false)}\n`, warnings, problems }
}

const cannotUpload =
  'The results were not uploaded: what shards keep of the address has no credentials. Name the config with --config. The files are kept.'

async function unconfigured(root: string, overrides: Overrides): Promise<Configured> {
  const paths = resolvePaths({}, root, process.env, overrides)
  return { options: {}, paths, config: paths.config === undefined ? defaultConfig : await readBenchmarkConfig(paths.config) }
}

/**
 * What the shards were run with judges the whole. The file that they had it from, where it is here, is the same with the credentials that no result
 * keeps; a config that is named wins over both.
 */
function configFor(stored: BenchmarkConfig, own: BenchmarkConfig, overrides: Overrides): BenchmarkConfig {
  if (overrides.config !== undefined) return own
  const plain = JSON.parse(JSON.stringify(withoutCredentials(own))) as unknown
  return isDeepStrictEqual(plain, JSON.parse(JSON.stringify(stored))) ? own : stored
}

/** Adds what each kind of machine measured to the baseline. @returns why not */
async function keepBaseline(merged: JudgedMerge, reading: BaselineReading, path: string, allowed: boolean): Promise<string | undefined> {
  const planned = nextOf(merged, reading, allowed)
  // Of the file as it is now: another run may have added its values meanwhile.
  const next = planned.state === 'kept' ? planned : await updateBaseline(path, async (now) => written(nextOf(merged, now, allowed)))
  return next.state === 'kept' ? next.reason : undefined
}

function nextOf({ run, byMachine }: JudgedMerge, reading: BaselineReading, allowed: boolean): NextBaseline {
  let now = reading
  let next: NextBaseline = { state: 'kept', reason: 'nothing was measured' }
  for (const { environment, cases } of byMachine) {
    // Of a part nothing is missing that another has.
    next = nextBaseline(now, { ...run, environment, cases }, { allowed, filtered: byMachine.length > 1 })
    if (next.state === 'kept') return next
    now = { state: 'usable', baseline: next.baseline, findings: [] }
  }
  return next
}
