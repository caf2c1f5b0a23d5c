import { resolve } from 'node:path'
import { reporters } from '../../reporters/index.ts'
import { exportersNamed } from '../../reporters/exporters/index.ts'
import { comparisonSummary } from '../../reporters/terminal/comparison.ts'
import { terminalOf } from '../../reporters/terminal/terminal-of.ts'
import { projectName } from '../main/project-name.ts'
import type { PerfOptions } from '../main/options.ts'
import type { ExitReason } from '../model/run.ts'
import { captureProcessState, setVitestEnvironment } from '../programmatic/process-state.ts'
import { publish, type Published } from '../report/publish.ts'
import { reportOf, type Report, type Reporter } from '../report/reporter.ts'
import { resultsText } from '../report/results-text.ts'
import { writeWhole } from '../report/write-whole.ts'
import { describeEnvironment } from '../sampling/environment.ts'
import { askProject, type Asked } from './ask-project.ts'
import { judgeAgainst } from './judge-against.ts'
import { progressTo } from './progress.ts'
import { runAgainst } from './run-against.ts'
import { Interruption } from './interruption.ts'
import { wantedBy } from './wanted.ts'

/** Flags of `vitest-perf against`, as commander gives them. */
export interface AgainstFlags {
  readonly testNamePattern?: string
  readonly only?: readonly string[]
  readonly threshold?: number
  /** Milliseconds. */
  readonly budget?: number
  readonly pairs?: number
  readonly seed?: number
  readonly setup?: string
  readonly benchFrom?: 'base' | 'head'
  readonly json?: string
  readonly output?: string
  readonly config?: string
  readonly root?: string
  readonly project?: readonly string[]
}

/** The whole command: ask the project, compare, judge, write, print. */
export async function runCommandLine(ref: string, filters: readonly string[], flags: AgainstFlags): Promise<ExitReason> {
  const started_at = Date.now()
  const interruption = new Interruption()
  const progress = progressTo(process.stderr)
  let measured = false
  interruption.signal.addEventListener('abort', () => {
    const what = measured ? 'All is measured; still writing the reports.' : 'Stopping: processes are ended and both versions removed.'
    progress.say(`${what} Ctrl-C again ends at once.`)
  })
  try {
    const asked = await askVitest(filters, flags)
    const { config, paths } = asked.configured
    const results = flags.output === undefined ? paths.results : resolve(flags.output)
    const [environment, name] = await Promise.all([describeEnvironment({ root: asked.root }), projectName(asked.root)])
    const result = await runAgainst(
      { ...asked, results, progress, signal: interruption.signal, isWanted: wantedBy(flags) },
      {
        ref,
        threshold_percent: flags.threshold ?? config.regression_threshold_percent,
        ...(flags.budget === undefined ? {} : { budgetMs: flags.budget }),
        ...pick(flags, ['pairs', 'only', 'seed', 'setup', 'benchFrom']),
      },
    )
    measured = true
    const report = reportOf(judgeAgainst(result, config, { started_at, environment, project: name, filtered: isFiltered(filters, flags) }))
    const published = await write(report, results, asked.configured.options)
    if (flags.json !== undefined) await writeWhole(resolve(flags.json), resultsText(report.results))
    process.stdout.write(`${textOf(report, published)}\n`)
    return report.run.verdict.exit_reason
  } catch (error) {
    progress.end()
    if (!interruption.signal.aborted) throw error
    process.stderr.write('Interrupted before anything was measured; nothing is left behind.\n')
    return 'interrupted'
  } finally {
    interruption.end()
  }
}

function isFiltered(filters: readonly string[], { testNamePattern, only, project }: AgainstFlags): boolean {
  return filters.length > 0 || [testNamePattern, only, project].some((flag) => flag !== undefined)
}

async function askVitest(filters: readonly string[], flags: AgainstFlags): Promise<Asked> {
  const state = captureProcessState()
  try {
    setVitestEnvironment()
    const { testNamePattern, config, root, project } = flags
    const vitest = {
      ...pick({ config, root }, ['config', 'root']),
      ...(testNamePattern === undefined ? {} : { testNamePattern }),
      ...(project ? { project: [...project] } : {}),
    }
    return await askProject({ cwd: resolve(root ?? '.'), filters, vitest })
  } finally {
    state.restore()
  }
}

async function write(report: Report, folder: string, { reporters: chosen }: PerfOptions): Promise<Published> {
  const own: Readonly<Record<string, Reporter>> = Array.isArray(chosen)
    ? exportersNamed(chosen)
    : ((chosen ?? {}) as Record<string, Reporter>)
  return publish(report, { folder, reporting: report.run.config.reporting, reporters: { ...reporters, ...own } })
}

function textOf(report: Report, reports: Published): string {
  return comparisonSummary(report, { ...terminalOf(process.stdout, process.env, 100), reports })
}

/** The flags of these names that were given. */
function pick<Source extends object, Key extends keyof Source>(
  source: Source,
  keys: readonly Key[],
): { [K in Key]?: NonNullable<Source[K]> } {
  return Object.fromEntries(keys.filter((key) => source[key] !== undefined).map((key) => [key, source[key]])) as {
    [K in Key]?: NonNullable<Source[K]>
  }
}
