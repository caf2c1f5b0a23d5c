import type { TestAPI, TestContext, TestOptions } from 'vitest'
import type {
  CaseSubject,
  DeclaredCase,
  FunctionOptions,
  HttpOptions,
  ObserveOptions,
  TrackOptions,
  CapacityOptions,
  CompareOptions,
  ScaleOptions,
  UsersOptions,
} from '../model/declared.ts'
import { caseKindOf } from '../model/declared.ts'
import { slug } from '../model/case-id.ts'
import { PerfError } from '../model/error.ts'
import { refuseUnknownOptions } from '../model/option-names.ts'
import type { CaseKind, RequestSource, SharedOptions } from '../model/spec.ts'
import type { Duration, Milliseconds } from '../model/units.ts'
import type { Bench } from './bench-api.ts'
import { askFor, fixtureNames } from './fixture-names.ts'
import { httpSubject, launched } from './distributed.ts'
import { foldOptions } from './fold-options.ts'
import { capacitySubject, partsOf, scaleSubject, timedAs, usersSubject, type Levels } from './series.ts'
import { collectingSuite, suiteLayers } from './suites.ts'

/** What the author hands over: how a declared case is run, and what the config says for all cases. */
export interface AuthorPorts {
  run(declared: DeclaredCase, context: TestContext, extra: readonly unknown[]): Promise<void>
  configLayer(): SharedOptions
  /** How long Vitest is to wait for a case of this timeout. */
  patience(timeoutMs: Milliseconds): Milliseconds
  /** What times and warm-ups are multiplied by. */
  pace(): number
  /** What the config says to range over. */
  over(): Levels
}

type Fn = (...args: never[]) => unknown
type AnyTest = TestAPI

/** Fixtures that a case of each kind needs whether or not its functions name them. */
const needs: Readonly<Record<CaseSubject['kind'], readonly string[]>> = {
  function: ['perfFile'],
  compare: ['perfFile'],
  http: ['server', 'perfFile'],
  scale: ['perfFile'],
  users: ['server', 'perfFile'],
  capacity: ['server', 'perfFile'],
  track: ['perfFile'],
  observe: ['perfFile', 'serverIfAny'],
}

export function createBench<Fixtures>(test: AnyTest, ports: AuthorPorts): Bench<Fixtures> {
  const declare = (
    name: string,
    given: SharedOptions,
    subject: CaseSubject,
    functions: readonly (Fn | undefined)[],
    second: readonly (Fn | undefined)[] = [],
  ) => {
    const { declared, testOptions } = declaredCase(name, given, subject, ports)
    const handler = (context: TestContext) => ports.run(declared, context, [])
    test(
      name,
      testOptions,
      askFor(handler, [
        ...needs[subject.kind],
        ...functions.flatMap((fn) => fixtureNames(fn)),
        ...second.flatMap((fn) => fixtureNames(fn, 1)),
      ]),
    )
  }

  const bench = (name: string, first: FunctionOptions | Fn, second?: Fn) => {
    const [options, body] = optionsAndBody(name, first, second)
    declare(name, options, functionSubject(options, body), [body, ...Object.values(hooksOf(options))])
  }

  const failing = (kind: CaseKind, name: string, error: unknown) => {
    if (!(error instanceof PerfError)) throw error
    test(name, { meta: { vitestPerf: { kind, id: null, keys: null } } }, () => {
      throw error
    })
  }

  /**
   * A mistake in the options of one case fails that case, where it is seen beside the others, and not its whole file. (Few frames:
   * Vitest looks for the line of the case in the ten innermost ones.)
   */
  const each = <Arguments extends readonly unknown[]>(kind: CaseKind, declares: (name: string, ...rest: Arguments) => void) => ({
    value: (name: string, ...rest: Arguments) => {
      try {
        declares(name, ...rest)
      } catch (error) {
        failing(kind, name, error)
      }
    },
  })

  const parametrised = (items: readonly unknown[], spread: boolean) => (name: string, first: FunctionOptions | Fn, second?: Fn) => {
    try {
      const [options, body] = optionsAndBody(name, first, second)
      const { declared, testOptions } = declaredCase(name, options, functionSubject(options, body), ports)
      const handler = (item: unknown, context: TestContext) =>
        ports.run({ ...declared, name: context.task.name }, context, spread ? (Array.isArray(item) ? item : [item]) : [item, context])
      const hooks = Object.values(hooksOf(options)).flatMap((hook) => fixtureNames(hook))
      const asked = [...needs.function, ...hooks, ...(spread ? [] : fixtureNames(body, 1))]
      test.for(items as unknown[])(name, testOptions, askFor(handler, asked, 1) as never)
    } catch (error) {
      failing('function', name, error)
    }
  }

  return Object.defineProperties(each('function', bench).value as unknown as Bench<Fixtures>, {
    http: each('http', (name: string, request: RequestSource, options: HttpOptions = {}) =>
      declare(name, launched(name, timed(options, options.duration), options), httpSubject(request, options), []),
    ),
    track: each('track', (name: string, body: Fn, options: TrackOptions = {}) =>
      declare(name, options, { kind: 'track', body, unit: options.unit ?? 'ratio', better: options.better ?? 'lower' }, [body]),
    ),
    scale: each('scale', (name: string, options: ScaleOptions, body: Fn) =>
      declare(name, options, scaleSubject(name, options, body, ports.over()), [], [options.setup, body, options.teardown]),
    ),
    users: each('scale', (name: string, request: RequestSource, options: UsersOptions = {}) =>
      declare(name, timed(options, options.duration), usersSubject(name, request, options, ports.over()), []),
    ),
    capacity: each('scale', (name: string, request: RequestSource, options: CapacityOptions) =>
      declare(name, timed(options, options.probe ?? '2s'), capacitySubject(name, request, options), []),
    ),
    observe: each('observe', (name: string, options: ObserveOptions = {}) =>
      declare(name, timed(options, options.duration), { kind: 'observe', leak: options.leak ?? false, during: options.during }, [
        options.during,
      ]),
    ),
    compare: each('function', (name: string, bodies: Record<string, Fn>, options: CompareOptions = {}) =>
      declare(name, options, { kind: 'compare', bodies: comparable(name, bodies), memory: options.memory ?? true }, Object.values(bodies)),
    ),
    skip: { get: () => createBench(test.skip as AnyTest, ports) },
    only: { get: () => createBench(test.only as AnyTest, ports) },
    todo: { value: (name: string) => test(name, { todo: true, meta: { vitestPerf: { kind: 'function', id: null, keys: null } } }) },
    skipIf: { value: (condition: unknown) => createBench(test.skipIf(condition) as AnyTest, ports) },
    runIf: { value: (condition: unknown) => createBench(test.runIf(condition) as AnyTest, ports) },
    each: { value: (items: readonly unknown[]) => parametrised(items, true) },
    for: { value: (items: readonly unknown[]) => parametrised(items, false) },
    extend: { value: (fixtures: Record<string, unknown>) => createBench(test.extend(fixtures as never) as AnyTest, ports) },
  })
}

function declaredCase(name: string, given: SharedOptions, subject: CaseSubject, ports: AuthorPorts) {
  refuseUnknownOptions(subject.kind, name, given)
  const kind = caseKindOf[subject.kind]
  const layers = [ports.configLayer(), ...suiteLayers(collectingSuite()), given]
  const options = foldOptions(timedAs(subject), name, layers, partsOf(subject), ports.pace())
  const declared: DeclaredCase = { name, options, subject }
  const testOptions: TestOptions = {
    timeout: ports.patience(options.timeoutMs),
    retry: options.retry,
    ...(options.tags.length ? { tags: [...options.tags] } : {}),
    meta: {
      vitestPerf: {
        kind,
        id: options.id ?? null,
        keys: subject.kind === 'compare' ? Object.keys(subject.bodies) : null,
        ...('over' in subject ? { over: subject.over } : {}),
      },
    },
  }
  return { declared, testOptions }
}

/** `duration` is the name of `time` where a load or a watch has one. */
function timed(options: SharedOptions, duration: Duration | undefined): SharedOptions {
  return duration === undefined ? options : { ...options, time: duration }
}

function hooksOf({ setup, teardown, beforeEach, afterEach }: FunctionOptions) {
  return { setup, teardown, beforeEach, afterEach } as Readonly<Record<string, Fn | undefined>>
}

function functionSubject(options: FunctionOptions, body: Fn): CaseSubject {
  return { kind: 'function', body, hooks: hooksOf(options), memory: options.memory ?? true }
}

function optionsAndBody(name: string, first: FunctionOptions | Fn, second: Fn | undefined): [FunctionOptions, Fn] {
  const [options, body] = typeof first === 'function' ? [{}, first] : [first, second]
  if (typeof body === 'function') return [options, body]
  throw new PerfError('OPTION_INVALID', `bench("${name}") has no function to measure: write bench(name, fn) or bench(name, options, fn).`)
}

function comparable(name: string, bodies: Record<string, Fn>): Record<string, Fn> {
  const keys = Object.keys(bodies)
  if (keys.length < 2 || new Set(keys.map(slug)).size < keys.length) {
    throw new PerfError(
      'OPTION_INVALID',
      `bench.compare("${name}") needs two or more functions with distinct names, and got ${keys.join(', ') || 'none'}.`,
    )
  }
  return bodies
}
