import type { Slo } from '../model/benchmark-config.ts'
import type { Compared, SummarisedCase } from '../model/run.ts'
import type { Answer, Observation } from './slo-answer.ts'
import { levelReached } from './slo-levels.ts'

export interface Objective {
  readonly bound: 'at most' | 'at least'
  readonly unit: string
  /** About answers to requests: a case that mostly fails does not meet it, however quick it is. */
  readonly of_answers?: true
  readonly observe: (cases: readonly Compared[], limit: number) => Answer
}

const searches = new Set(['search_api', 'simple_query', 'complex_query', 'fuzzy_search', 'large_results'])
const goesBy = (one: Compared, names: ReadonlySet<string>): boolean => names.has(one.identity.id) || names.has(one.identity.operation)
const measuredOf = (cases: readonly Compared[]): (SummarisedCase & Compared)[] => cases.filter((one) => one.state === 'measured')

/** The figure of each case that is meant and has it; the first of `metrics` that a case has counts. */
function figures(
  cases: readonly Compared[],
  meant: (one: Compared) => boolean,
  metrics: readonly string[],
  whom: string,
  usable: (one: SummarisedCase) => boolean = () => true,
): Answer {
  const asked = cases.filter(meant)
  const found = measuredOf(asked)
    .filter(usable)
    .flatMap((one): Observation[] => {
      const metric = metrics.find((name) => Number.isFinite(one.metrics[name]))
      return metric === undefined ? [] : [{ case: one, metric, actual: one.metrics[metric] ?? NaN }]
    })
  return found.length > 0 ? found : whyNone(asked, metrics, whom)
}

function whyNone(asked: readonly Compared[], metrics: readonly string[], whom: string): string {
  if (asked.length === 0) return `no case of this run is ${whom}`
  const states = new Set(asked.map(({ state }) => state))
  const names = asked.slice(0, 5).map((one) => one.identity.id)
  if (states.has('measured')) return `no measured case that is ${whom} has ${metrics.join(' or ')}`
  const [state] = states
  return `${names.join(', ')} ${states.size === 1 ? String(state).replace('_', ' ') : 'not measured'}`
}

const named = (...names: string[]): ((one: Compared) => boolean) => {
  const wanted = new Set(names)
  return (one) => goesBy(one, wanted)
}
const isSearch = (one: Compared): boolean => goesBy(one, searches)
const isHttp = (one: Compared): boolean => one.identity.kind === 'http'
const hasServer = (one: Compared): boolean => one.state !== 'measured' || one.resources.some(({ subject }) => subject === 'server')

/** One server start serves many cases and is one fact: each value is checked once. */
function eachOnce(answer: Answer): Answer {
  if (typeof answer === 'string') return answer
  return answer.filter((one, index) => answer.findIndex(({ actual }) => actual === one.actual) === index)
}

/** A case that starts the server several times says more than the one start of each other case. */
function startup(cases: readonly Compared[]): Answer {
  const several = figures(cases, named('startup_time'), ['value'], 'startup_time', isMilliseconds)
  if (typeof several !== 'string') return several
  return eachOnce(figures(cases, () => true, ['startup_time_ms'], 'on a server that was started'))
}

/** Open loops and users run at the rate they are asked for: only a closed loop finds what the server can do. */
const findsThroughput = ({ measurement }: SummarisedCase): boolean => measurement.type === 'load' && measurement.model === 'closed'

/** Which cases answer which objective, and by which figure. docs/config.md says the same in words. */
export const objectives = {
  max_startup_time_ms: {
    bound: 'at most',
    unit: 'ms',
    observe: startup,
  },
  max_api_response_time_ms: {
    bound: 'at most',
    unit: 'ms',
    of_answers: true,
    observe: (cases) => figures(cases, (one) => isHttp(one) && !isSearch(one), ['p95_time_ms'], 'an http case other than a search'),
  },
  max_search_time_ms: {
    bound: 'at most',
    unit: 'ms',
    of_answers: true,
    observe: (cases) => figures(cases, isSearch, ['p95_time_ms'], `one of ${[...searches].join(', ')}`),
  },
  max_indexing_time_per_doc_ms: {
    bound: 'at most',
    unit: 'ms',
    observe: (cases) =>
      figures(cases, named('document_indexing'), ['time_per_doc_ms', 'value', 'avg_time_ms'], 'document_indexing', isMilliseconds),
  },
  max_memory_mb: {
    bound: 'at most',
    unit: 'MB',
    observe: (cases) => figures(cases, hasServer, ['memory_mb'], 'on a server that was sampled'),
  },
  max_cpu_idle_percent: {
    bound: 'at most',
    unit: '%',
    observe: (cases) => figures(cases, named('resource_monitoring_idle'), ['cpu_percent'], 'resource_monitoring_idle'),
  },
  max_cpu_load_percent: {
    bound: 'at most',
    unit: '%',
    observe: (cases) => figures(cases, named('resource_monitoring_load'), ['cpu_percent'], 'resource_monitoring_load'),
  },
  min_rps: {
    bound: 'at least',
    unit: '1/s',
    of_answers: true,
    observe: (cases) => figures(cases, isHttp, ['requests_per_second'], 'a closed-loop http case', findsThroughput),
  },
  max_concurrent_users: { bound: 'at least', unit: 'users', observe: (cases, limit) => levelReached(cases, 'concurrent_users', limit) },
  max_data_scale: { bound: 'at least', unit: 'documents or rows', observe: (cases, limit) => levelReached(cases, 'data_scale', limit) },
} as const satisfies Record<keyof Slo, Objective>

/** A followed number answers only where it is a time. */
function isMilliseconds({ own_metrics }: SummarisedCase): boolean {
  return own_metrics['value'] === undefined || own_metrics['value'].unit === 'ms'
}
