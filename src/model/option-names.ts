import type {
  CapacityOptions,
  CaseSubject,
  CompareOptions,
  FunctionOptions,
  HttpOptions,
  ObserveOptions,
  ScaleOptions,
  SuiteOptions,
  TrackOptions,
  UsersOptions,
} from './declared.ts'
import { didYouMean } from './did-you-mean.ts'
import { PerfError } from './error.ts'
import type { SharedOptions } from './spec.ts'

/** Every name once, or it does not compile: a new option is known as soon as it has a type. */
type Names<Options> = Readonly<Record<keyof Options, true>>

const every = {
  id: true,
  monitoring_interval_ms: true,
  regression_threshold_percent: true,
  timeout: true,
  retry: true,
  tags: true,
} as const

const timed = { ...every, time: true, warmup: true } as const

/** What a suite says for all its cases, of whatever kind; a case has those that mean something to its kind. */
const shared = { ...timed, iterations: true, warmup_iterations: true } as const satisfies Names<SharedOptions>

const answers = {
  check: true,
  requestTimeout: true,
  pool: true,
  transport: true,
  seed: true,
  ca: true,
  allowRemote: true,
  abort_on_fail: true,
  arrivals: true,
  maxInFlight: true,
} as const

const userLoop = { session: true, rampUp: true, thinkTime: true } as const

const names = {
  function: { ...shared, setup: true, teardown: true, beforeEach: true, afterEach: true, memory: true } satisfies Names<FunctionOptions>,
  compare: { ...shared, memory: true } satisfies Names<CompareOptions>,
  http: {
    ...timed,
    ...answers,
    ...userLoop,
    connections: true,
    pipelining: true,
    amount: true,
    rate: true,
    stages: true,
    users: true,
    duration: true,
    distributed: true,
  } satisfies Names<HttpOptions>,
  scale: { ...shared, over: true, setup: true, teardown: true, memory: true } satisfies Names<ScaleOptions>,
  users: { ...timed, ...answers, ...userLoop, over: true, pipelining: true, duration: true } satisfies Names<UsersOptions>,
  capacity: {
    ...timed,
    ...answers,
    keep: true,
    from: true,
    to: true,
    probe: true,
    step: true,
    repeats: true,
  } satisfies Names<CapacityOptions>,
  track: { ...every, unit: true, better: true } satisfies Names<TrackOptions>,
  observe: { ...timed, duration: true, leak: true, during: true } satisfies Names<ObserveOptions>,
  suite: { ...shared, server: true } satisfies Names<SuiteOptions>,
} as const satisfies Record<CaseSubject['kind'] | 'suite', object>

export type OptionsOf = keyof typeof names

/** The options that a kind of case, or a suite, has. */
export function optionNames(kind: OptionsOf): readonly string[] {
  return Object.keys(names[kind])
}

/**
 * An option that nobody reads is a wish that is not met: it is refused, with the name that was probably meant.
 *
 * @throws PerfError OPTION_INVALID
 */
export function refuseUnknownOptions(kind: OptionsOf, caseName: string, given: object): void {
  const known = optionNames(kind)
  const unknown = Object.keys(given).find((option) => !known.includes(option))
  if (unknown === undefined) return
  const meant = didYouMean(unknown, known)
  const instead = meant === undefined ? `there are ${known.join(', ')}` : `did you mean "${meant}"?`
  throw new PerfError('OPTION_INVALID', `"${caseName}" has the option "${unknown}", which ${subjectText(kind)} does not have; ${instead}`)
}

function subjectText(kind: OptionsOf): string {
  return kind === 'suite' ? 'describePerf' : kind === 'function' ? 'bench' : `bench.${kind}`
}
