import type { BenchResult, TestContext } from 'vitest'
import type { Measured, MeasuredCase } from '../model/measured.ts'
import { distributionOf } from './distribution.ts'
import { showRow } from '../vitest4/table-row.ts'
import { vitestStatistics } from './vitest-statistics.ts'

/** Carries a finished result through Vitest's `bench` fixture to our provider, which hands it back: so Vitest prints its row. */
const finished = new WeakMap<object, BenchResult>()

export function finishedResult(fn: object): BenchResult | undefined {
  return finished.get(fn)
}

/** What Vitest's own table shows of a case; kinds without a latency have no row there. */
export function vitestResult(measured: MeasuredCase, name: string): BenchResult | undefined {
  const latency = distributionOf(measured.measurement)
  if (!latency) return undefined
  const throughput = latency.values.map(({ value, count }) => ({ value: value === 0 ? 0 : 1000 / value, count })).toReversed()
  return {
    name,
    state: 'completed',
    runtime: 'node',
    runtimeVersion: process.version,
    timestampProviderName: 'performanceNow',
    latency: vitestStatistics(latency.values),
    throughput: { ...vitestStatistics(throughput), ...(latency.perSecond === undefined ? {} : { mean: latency.perSecond }) },
    period: latency.periodMs,
    totalTime: latency.totalMs,
  }
}

export async function printInVitestTable(context: TestContext, cases: readonly Measured[]): Promise<void> {
  const rows = cases.flatMap((measured) => {
    if (measured.state !== 'measured') return []
    const result = vitestResult(measured, measured.identity.name)
    return result ? [result] : []
  })
  if (!('bench' in context)) {
    // Vitest 4, whose table has one row a test.
    if (rows.length === 1) showRow((context as TestContext).task, rows[0])
    return
  }
  const registrations = rows.map((result) => {
    const carrier = () => {}
    finished.set(carrier, result)
    return context.bench(result.name, carrier)
  })
  const [only, ...others] = registrations
  if (only && others.length === 0) await only.run()
  else if (only) await context.bench.compare(...registrations)
}
