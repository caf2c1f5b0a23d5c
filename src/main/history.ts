import { headlines } from '../baseline/headline.ts'
import { historyOfRun } from '../baseline/history-of-run.ts'
import { isDatabase, openHistory, type HistoryStore } from '../baseline/history-place.ts'
import type { HistoryRun } from '../baseline/history-run.ts'
import { appendHistory } from '../baseline/history-store.ts'
import { historyFindings, withTrendFindings } from '../baseline/trend-findings.ts'
import { defaultRuns, trendReport } from '../baseline/trend-report.ts'
import type { Run } from '../model/run.ts'
import { mainBranch } from './main-branch.ts'
import { releaseTags, withReleases } from './release-tags.ts'

export interface HistoryWishes {
  /** A file, or the address of a database. */
  readonly place: string
  /** Where a run is kept that a database did not take. */
  readonly file: string
  readonly root: string
  /** A part of the benchmarks would leave gaps, so only whole runs are added. */
  readonly filtered: boolean
  readonly write: boolean
}

export interface Remembered {
  /** With the trends that the history shows. */
  readonly run: Run
  /** Why the history could not be used, as a sentence; of a database only. */
  readonly trouble?: string
}

/**
 * Adds a whole run to the history and gives it back with the trends that this machine's history shows. Under CI the history is written where the
 * baseline is: on request. A run of several machines is given in its `parts`, for machines are never mixed.
 *
 * @throws PerfError where a file cannot be used. A database that is away is told, and costs the run nothing.
 */
export async function withHistory(run: Run, wishes: HistoryWishes, parts: readonly Run[] = [run]): Promise<Remembered> {
  const { place, file, root } = wishes
  const [tags, branch] = await Promise.all([releaseTags(root), mainBranch(root)])
  const lines = linesOf(run, wishes, parts, tags)
  const database = isDatabase(place)
  let added = 0
  try {
    await using history = await openHistory(place, run.project ?? '')
    await history.append(lines)
    added = lines.length
    return { run: await withTrend(run, history, { tags, branch, besides: lines.map((line) => line.run) }) }
  } catch (error) {
    if (!database) throw error
    return { run, trouble: await keptMeanwhile(error, lines.slice(added), file) }
  }
}

function linesOf(run: Run, { filtered, write }: HistoryWishes, parts: readonly Run[], tags: ReadonlyMap<string, string>): HistoryRun[] {
  const { exit_reason } = run.verdict
  if (!write || filtered || run.shard || exit_reason === 'interrupted') return []
  const measured = parts.filter(({ cases }) => cases.some(({ state }) => state === 'measured'))
  return measured.map((part) => {
    const { commit, dirty } = part.environment
    const release = commit === null || dirty ? undefined : tags.get(commit)
    return historyOfRun(part, release === undefined ? {} : { release })
  })
}

interface Followed {
  readonly tags: ReadonlyMap<string, string>
  readonly branch: string | undefined
  /** What is of another branch and wanted all the same: what was added just now. */
  readonly besides: readonly string[]
  /** Later runs are left out. */
  readonly until?: string
}

/**
 * A stored run with the trends that its machine's history showed when it ended.
 *
 * @throws PerfError where the history cannot be read
 */
export async function withStoredHistory(run: Run, place: string, root: string): Promise<Run> {
  const [tags, branch] = await Promise.all([releaseTags(root), mainBranch(root)])
  await using history = await openHistory(place, run.project ?? '')
  const until = new Date(run.started_at).toISOString()
  return withTrend(run, history, { tags, branch, besides: [historyOfRun(run).run], until })
}

/** Trends are those of the main branch, and this run stands at their end: levels of other branches would be changes that no commit made. */
async function withTrend(run: Run, store: HistoryStore, { tags, branch, besides, until }: Followed): Promise<Run> {
  const { fingerprint } = run.environment
  const newest = run.cases.length > hugeSuite ? runsOfHuge : defaultRuns
  const judged = run.cases.length > largeSuite ? judgedFigures(run) : undefined
  const wanted = {
    fingerprint,
    newest,
    ...(branch === undefined ? {} : { branch, besides }),
    ...(until === undefined ? {} : { until }),
    ...(judged ? { metrics: [...new Set(judged.values())] } : {}),
  }
  const history = withReleases(await store.read(wanted), tags)
  const wishes = { fingerprint, runs: newest, ...(judged ? { follows: (id: string, metric: string) => judged.get(id) === metric } : {}) }
  const trend = trendReport(history, wishes)
  if (!trend) return run
  return { ...run, trend, cases: withTrendFindings(run.cases, trend), findings: historyFindings(run.findings, trend) }
}

/** Of more cases only the one figure that each is judged by is followed: a trend of 500 runs takes 3 ms. */
const largeSuite = 300
/** Of more cases reports show fewer runs: all of it would be gigabytes. */
const hugeSuite = 1000
const runsOfHuge = 100

/** The metric that each case is judged by. */
function judgedFigures({ cases }: Run): ReadonlyMap<string, string> {
  return new Map(
    cases.flatMap((one) => {
      const metric = one.comparison?.metric ?? (one.state === 'measured' ? headlines(one)[0]?.metric : undefined)
      return metric === undefined ? [] : [[one.identity.id, metric] as const]
    }),
  )
}

async function keptMeanwhile(error: unknown, lines: readonly HistoryRun[], file: string): Promise<string> {
  const reason = error instanceof Error ? error.message : String(error)
  if (lines.length === 0) return reason
  for (const line of lines) await appendHistory(file, line)
  return `${reason}\n  The run is kept in ${file}; add it later: vitest-perf history import ${file}`
}
