import type { TestContext } from 'vitest'
import type { CompareOptions, FunctionOptions, HttpOptions, ObserveOptions, TrackOptions } from '../model/declared.ts'
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
  /** Watches processes for a while, idle or during some work. */
  observe(name: string, options?: ObserveOptions): void
  /** Measures functions in turns (ABBA) and reports their ratios; each becomes a case `<name>_<key>`, the first is the base. */
  compare(name: string, bodies: Readonly<Record<string, (context: BenchContext<Fixtures>) => unknown>>, options?: CompareOptions): void
  readonly skip: Bench<Fixtures>
  readonly only: Bench<Fixtures>
  todo(name: string): void
  skipIf(condition: unknown): Bench<Fixtures>
  runIf(condition: unknown): Bench<Fixtures>
  /** One case for each item; `%s`, `%i`, `$key` in the name as in Vitest. Arrays are spread. */
  each<Item>(items: readonly Item[]): EachBench<Item extends readonly unknown[] ? [...Item] : [Item], FunctionOptions>
  /** One case for each item, which comes first; the context comes second. */
  for<Item>(items: readonly Item[]): EachBench<[item: Item, context: BenchContext<Fixtures>], FunctionOptions>
  /** A `bench` with more fixtures, as Vitest's `test.extend`. */
  extend<const Definitions extends FixtureDefinitions>(fixtures: Definitions): Bench<Fixtures & FixturesOf<Definitions>>
}

export interface EachBench<Parameters extends readonly unknown[], Options> {
  (name: string, body: (...parameters: Parameters) => unknown): void
  (name: string, options: Options, body: (...parameters: Parameters) => unknown): void
}
