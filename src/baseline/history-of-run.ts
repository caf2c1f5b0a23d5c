import { metricDefinition } from '../model/metric-catalogue.ts'
import type { Compared, Run, SummarisedCase } from '../model/run.ts'
import type { Environment } from '../model/environment.ts'
import { headlines } from './headline.ts'
import type { HistoryRun, HistoryValue } from './history-run.ts'

/** What is followed beside the headline figures, where a case has it. */
const alsoFollowed = ['p95_time_ms', 'requests_per_second', 'heap_bytes_per_call', 'memory_mb', 'scaling_exponent']

export interface HistoryOptions {
  readonly release?: string
}

/** What is kept of a run. Cases that were not measured have no values: a gap stays a gap. */
export function historyOfRun(run: Run, { release }: HistoryOptions = {}): HistoryRun {
  const { environment, started_at } = run
  const at = new Date(started_at).toISOString()
  return {
    run: `${at.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_')}_${(environment.commit ?? 'no-commit').slice(0, 8)}`,
    at,
    commit: environment.commit !== null && environment.dirty ? `${environment.commit}-dirty` : environment.commit,
    branch: environment.branch,
    fingerprint: environment.fingerprint,
    machine: machineText(environment),
    ...(release === undefined ? {} : { release }),
    values: run.cases.flatMap(valuesOf),
  }
}

function machineText({ cpu_model, cpu_cores, architecture, os, os_version, node }: Environment): string {
  return `${cpu_model}, ${cpu_cores} cores, ${architecture}, ${os} ${os_version}, Node ${node}`
}

function valuesOf(one: Compared): HistoryValue[] {
  if (one.state !== 'measured') return []
  const [headline] = headlines(one)
  const { id } = one.identity
  const main = headline ? [valueOf(one, headline.metric, headline.value, headline.better)] : []
  const others = alsoFollowed.flatMap((metric) => {
    const value = one.metrics[metric]
    return value === undefined || metric === headline?.metric ? [] : [valueOf(one, metric, value)]
  })
  return [...main, ...others].map((value) => ({ case: id, ...value }))
}

function valueOf(one: SummarisedCase, metric: string, value: number, better?: HistoryValue['better']): Omit<HistoryValue, 'case'> {
  const own = one.own_metrics[metric]
  const known = metricDefinition(metric)
  const unit = own?.unit ?? known?.unit ?? (metric.includes('time_ms') ? 'ms' : '')
  return { metric, value, unit, better: better ?? own?.better ?? known?.better ?? 'lower' }
}
