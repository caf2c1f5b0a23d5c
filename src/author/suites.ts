import { afterAll, describe, TestRunner } from 'vitest'
import type { SuiteOptions } from '../model/declared.ts'
import { refuseUnknownOptions } from '../model/option-names.ts'

/** What the author needs to know of a Vitest suite: its parents. */
export interface SuiteNode {
  readonly suite?: SuiteNode | undefined
}

const optionsOf = new WeakMap<SuiteNode, SuiteOptions>()

/** Options of the suites around a place, outermost first. */
export function suiteLayers(suite: SuiteNode | undefined): SuiteOptions[] {
  const layers: SuiteOptions[] = []
  for (let node = suite; node; node = node.suite) {
    const options = optionsOf.get(node)
    if (options) layers.unshift(options)
  }
  return layers
}

/** The nearest suite that has a server of its own. */
export function suiteWithServer(suite: SuiteNode | undefined): { suite: SuiteNode; options: SuiteOptions } | undefined {
  for (let node = suite; node; node = node.suite) {
    const options = optionsOf.get(node)
    if (options?.server) return { suite: node, options }
  }
  return undefined
}

/** The suite whose body is being collected now. */
export function collectingSuite(): SuiteNode | undefined {
  return TestRunner.getCurrentSuite().suite
}

type Collect = () => unknown
type EachCollect = (...parameters: readonly unknown[]) => unknown
type Describe = typeof describe | typeof describe.skip

export interface DescribePerf {
  (name: string, collect?: Collect): void
  (name: string, options: SuiteOptions, collect: Collect): void
  readonly skip: DescribePerf
  readonly only: DescribePerf
  readonly todo: (name: string) => void
  skipIf(condition: unknown): DescribePerf
  runIf(condition: unknown): DescribePerf
  /** One suite for each item; `%s`, `%i`, `$key` in the name as in Vitest. Arrays are spread. */
  each<Item>(items: readonly Item[]): EachSuite<Item extends readonly unknown[] ? [...Item] : [Item]>
  /** One suite for each item. */
  for<Item>(items: readonly Item[]): EachSuite<[Item]>
}

export interface EachSuite<Parameters extends readonly unknown[]> {
  (name: string, collect: (...parameters: Parameters) => unknown): void
  (name: string, options: SuiteOptions, collect: (...parameters: Parameters) => unknown): void
}

/** A suite of cases that share options and, where given, a server that lives as long as the suite. */
export function createDescribePerf(onSuiteEnd: (suite: SuiteNode) => Promise<void>): DescribePerf {
  const collectWith = (name: string, options: SuiteOptions, collect: Collect) => async () => {
    refuseUnknownOptions('suite', name, options)
    const suite = collectingSuite()
    if (suite) {
      optionsOf.set(suite, options)
      if (options.server) afterAll(() => onSuiteEnd(suite), 30_000)
    }
    await collect()
  }
  const parametrised =
    (vitest: Describe, parameters: (item: unknown) => readonly unknown[]) =>
    (items: readonly unknown[]) =>
    (name: string, first: SuiteOptions | EachCollect, second?: EachCollect) => {
      const [options, collect] = typeof first === 'function' ? [{}, first] : [first, second]
      vitest.for(items as unknown[])(name, (item) => collectWith(name, options, () => collect?.(...parameters(item)))())
    }
  const over = (vitest: Describe): DescribePerf => {
    const call = (name: string, first?: SuiteOptions | Collect, second?: Collect) => {
      const [options, collect] = typeof first === 'function' ? [{}, first] : [first ?? {}, second]
      if (collect) vitest(name, collectWith(name, options, collect))
      else describe.todo(name)
    }
    return Object.defineProperties(call as DescribePerf, {
      skip: { get: () => over(describe.skip) },
      only: { get: () => over(describe.only) },
      todo: { value: (name: string) => describe.todo(name) },
      skipIf: { value: (condition: unknown) => over(condition ? describe.skip : vitest) },
      runIf: { value: (condition: unknown) => over(condition ? vitest : describe.skip) },
      each: { value: parametrised(vitest, (item) => (Array.isArray(item) ? item : [item])) },
      for: { value: parametrised(vitest, (item) => [item]) },
    })
  }
  return over(describe)
}
