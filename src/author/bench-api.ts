import type { TestContext } from 'vitest'
import type {
  CapacityOptions,
  CompareOptions,
  FunctionOptions,
  HttpOptions,
  ObserveOptions,
  ScaleOptions,
  TrackOptions,
  UsersOptions,
} from '../model/declared.ts'
import type { RequestSource } from '../model/spec.ts'

/** Vitest's test context with the fixtures of vitest-perf and those of `bench.extend`. */
export type BenchContext<Fixtures> = TestContext & Fixtures

/** `(use)`-style or plain-value fixtures, as in Vitest's `test.extend`. */
export type FixtureDefinitions = Record<string, unknown>

type FixtureValue<Definition> = Definition extends readonly [infer Value, object]
  ? FixtureValue<Value>
  : Definition extends (context: never, use: (value: infer Value) => Promise<void>) => unknown
    ? Value
    : Widened<Definition>

/** `5` given as a fixture is a number to those who use it. */
type Widened<Value> = Value extends number ? number : Value extends string ? string : Value extends boolean ? boolean : Value

export type FixturesOf<Definitions> = { [Name in keyof Definitions]: FixtureValue<Definitions[Name]> }

/** Declares cases. Options stand second, or third where the second is the subject. */
export interface Bench<Fixtures = object> {
  /** Measures a function: calls it in batches, many times, and reports the time of one call. */
  (name: string, body: (context: BenchContext<Fixtures>) => unknown): void
  (name: string, options: FunctionOptions<BenchContext<Fixtures>>, body: (context: BenchContext<Fixtures>) => unknown): void
  /** Loads the server under test with HTTP requests. Paths are joined to the server's address. */
  http(name: string, request: RequestSource, options?: HttpOptions): void
  /** Follows a number that the function returns: a size, a share, a score. A returned array gives one sample an element. */
  track(
    name: string,
    body: (context: BenchContext<Fixtures>) => number | readonly number[] | Promise<number | readonly number[]>,
    options?: TrackOptions,
  ): void
  /**
   * Measures a function at several sizes of its input and says how its time grows: the metric `scaling_exponent`, and the class of growth in the
   * report. `setup` makes what each size is measured on; the memory that it holds is followed too. Each size is a case of its own beside it,
   * `<id>_<n>`, with all metrics of a function.
   */
  scale<Subject>(
    name: string,
    options: ScaleOptions<Subject, BenchContext<Fixtures>>,
    body: (subject: Awaited<Subject>, context: BenchContext<Fixtures>) => unknown,
  ): void
  /**
   * Loads the server with more and more users, and says how throughput grows with them by the Universal Scalability Law: the metrics
   * `knee_concurrency` and `peak_requests_per_second`. A user sends its next request when the last one is answered; with `session` it goes through
   * that. Each number of users is a case of its own beside it, `<id>_<n>`, with all metrics of an http case.
   */
  users(name: string, request: RequestSource, options?: UsersOptions): void
  /**
   * Searches the highest rate of requests at which the server keeps an objective: the metric `capacity_rps`, with an interval from probes repeated
   * around it. Rates are doubled until one is not kept, and then tried up and down in steps; requests are sent at planned times (open loop).
   */
  capacity(name: string, request: RequestSource, options: CapacityOptions): void
  /** Watches processes for a while, idle or during some work. */
  observe(name: string, options?: ObserveOptions): void
  /** Measures functions in turns (ABBA) and reports their ratios; each becomes a case `<name>_<key>`, the first is the base. */
  compare(name: string, bodies: Readonly<Record<string, (context: BenchContext<Fixtures>) => unknown>>, options?: CompareOptions): void
  readonly skip: Bench<Fixtures>
  readonly only: Bench<Fixtures>
  todo(name: string): void
  skipIf(condition: unknown): Bench<Fixtures>
  runIf(condition: unknown): Bench<Fixtures>
  /** One case for each item; `%s`, `%i`, `$key` in the name as in Vitest. Arrays are spread. Hooks get the context. */
  each<Item>(
    items: readonly Item[],
  ): EachBench<Item extends readonly unknown[] ? [...Item] : [Item], FunctionOptions<BenchContext<Fixtures>>>
  /** One case for each item, which comes first; the context comes second. Hooks get the context alone. */
  for<Item>(items: readonly Item[]): EachBench<[item: Item, context: BenchContext<Fixtures>], FunctionOptions<BenchContext<Fixtures>>>
  /** A `bench` with more fixtures, as Vitest's `test.extend`. */
  extend<const Definitions extends FixtureDefinitions>(fixtures: Definitions): Bench<Fixtures & FixturesOf<Definitions>>
}

export interface EachBench<Parameters extends readonly unknown[], Options> {
  (name: string, body: (...parameters: Parameters) => unknown): void
  (name: string, options: Options, body: (...parameters: Parameters) => unknown): void
}
