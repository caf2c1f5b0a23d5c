import type { HistorySeries } from '../../src/baseline/history.ts'
import type { HistoryRunHead } from '../../src/baseline/history-run.ts'
import { historyFindings, withTrendFindings } from '../../src/baseline/trend-findings.ts'
import { trendReport } from '../../src/baseline/trend-report.ts'
import type { Compared, Run } from '../../src/model/run.ts'
import { environment, identity, measuredFunction, randomFrom, runOf, sampled } from './run-builder.ts'

const day = 86_400_000
const started_at = Date.UTC(2026, 9, 5, 21, 14)
export const runsOfHistory = 40

type Story = (run: number) => number

const flat: Story = () => 1
const stepAt = (at: number, size: number): Story => (run) => (run >= at ? size : 1) // prettier-ignore

/** What happened to each case in forty nights. */
const stories: Readonly<Record<string, Story>> = {
  'sort words': stepAt(33, 1.2),
  'parse query': stepAt(30, 0.85),
  'rank results': (run) => 1 + 0.14 * Math.max(0, (run - 20) / 19),
  'cache lookup': flat,
  'cache fill': flat,
  'encode row': flat,
  'decode row': flat,
  'match route': flat,
  'hash key': flat,
  'drain queue': flat,
}
const names = Object.keys(stories)
const idOf = (name: string): string => name.replace(' ', '_')
const meanOf = (name: string): number => 0.001 * (names.indexOf(name) + 1)

/** Five nights of v1.0.0, and v1.1.0 on a night when the whole machine was slower by a twentieth. */
const releaseOf = (run: number): string | undefined => (run >= 6 && run <= 10 ? 'v1.0.0' : run === 20 ? 'v1.1.0' : undefined)
const machine: Story = (run) => (run === 20 ? 1.05 : 1)

const commitOf = (run: number): string => (0x9e3779b1 * (run + 1)).toString(16).slice(-7).repeat(6).slice(0, 40)

const heads: readonly HistoryRunHead[] = Array.from({ length: runsOfHistory }, (_, run) => {
  const release = releaseOf(run)
  return {
    run: `run_${run}`,
    at: new Date(started_at - (runsOfHistory - 1 - run) * day).toISOString(),
    commit: commitOf(run >= 6 && run <= 10 ? 6 : run),
    branch: 'main',
    fingerprint: environment.fingerprint,
    machine: 'AMD EPYC 7B13, 8 cores',
    ...(release === undefined ? {} : { release }),
  }
})

function seriesOf(name: string, metric: string, unit: string, level: number, story: Story): HistorySeries {
  const random = randomFrom(names.indexOf(name) + metric.length)
  const values = heads.map((_, run) => Number((level * story(run) * (1 + 0.02 * (random() - 0.5))).toPrecision(6)))
  return { case: idOf(name), metric, unit, better: 'lower', from: 0, values }
}

const series = [
  ...names.map((name) => seriesOf(name, 'p10_time_ms', 'ms', meanOf(name), (run) => (stories[name]?.(run) ?? 1) * machine(run))),
  seriesOf('cache fill', 'memory_mb', 'MB', 88, stepAt(35, 1.6)),
]

const trend = trendReport({
  machines: [{ fingerprint: environment.fingerprint, machine: 'AMD EPYC 7B13, 8 cores', runs: heads, series }],
  skipped_lines: 2,
  duplicates: 0,
  others: [{ fingerprint: 'arm64', machine: 'Apple M4, 10 cores', runs: 12, newest: '2026-09-01T10:00:00.000Z' }],
})
if (!trend) throw new Error('the history has runs')

const cases: readonly Compared[] = names.map((name, at) => {
  const mean = meanOf(name) * (stories[name]?.(runsOfHistory - 1) ?? 1)
  return measuredFunction(idOf(name), mean, {
    identity: identity(idOf(name), { name, line: at + 3 }),
    measurement: sampled(mean * 1e6, 40, at + 1),
  })
})

/** A good run at the end of a history in which levels changed, a case crept, and versions were released. */
export const followedRun: Run = runOf({
  started_at,
  environment: { ...environment, commit: commitOf(runsOfHistory - 1), branch: 'main' },
  cases: withTrendFindings(cases, trend),
  findings: historyFindings([], trend),
  trend,
})
