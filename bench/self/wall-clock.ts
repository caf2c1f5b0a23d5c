import { measureFunction } from '../../src/measure/measure-function.ts'

/** What `bench(name, fn)` has by default. */
const timeMs = 500
const warmupMs = 200
const rounds = 5

/** Wall clock of a micro case with all defaults, from setup to the pass for memory, over the time and warm-up that it is given: median of rounds. */
export async function defaultCaseWallClock(): Promise<number> {
  const text = '{"term":"rust","limit":10}'
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await measureFunction({
      name: 'parse query',
      body: () => JSON.parse(text) as unknown,
      context: undefined,
      timeMs,
      warmupMs,
      minimumSampleMs: 1,
      memory: true,
    })
    ratios.push((performance.now() - start) / (timeMs + warmupMs))
  }
  return ratios.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN
}

if (process.argv[1] === import.meta.filename) console.log((await defaultCaseWallClock()).toFixed(2))
