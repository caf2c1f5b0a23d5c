import type { BenchResult, RunnerTask } from 'vitest'

/** A row of Vitest 4's table, as tinybench 2 fills it. Milliseconds; `rank` is given by Vitest's reporter. */
interface Row {
  readonly name: string
  readonly rank: number
  readonly hz: number
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly median: number
  readonly p75: number
  readonly p99: number
  readonly p995: number
  readonly p999: number
  readonly sd: number
  readonly sem: number
  readonly variance: number
  readonly df: number
  readonly critical: number
  readonly moe: number
  readonly rme: number
  readonly period: number
  readonly totalTime: number
  readonly sampleCount: number
  readonly samples: readonly number[]
}

/** Has Vitest 4's reporters show a task as a benchmark: by its name alone, or with what was measured. They have one row a task. */
export function showRow(task: RunnerTask, result?: BenchResult): void {
  Object.assign(task.meta, { benchmark: true })
  if (result && task.result) Object.assign(task.result, { benchmark: rowOf(task.name, result) })
}

function rowOf(name: string, { latency, throughput, period, totalTime }: BenchResult): Row {
  const { min, max, mean, p50, p75, p99, p995, p999, sd, sem, variance, df, critical, moe, rme, samplesCount } = latency
  return {
    name,
    rank: 0,
    hz: throughput.mean,
    min,
    max,
    mean,
    median: p50,
    p75,
    p99,
    p995,
    p999,
    sd,
    sem,
    variance,
    df,
    critical,
    moe,
    rme,
    period,
    totalTime,
    sampleCount: samplesCount,
    samples: [],
  }
}
