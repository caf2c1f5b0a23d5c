import { inGuestProject } from './guest-project.ts'

/** What `bench(name, fn)` has by default: 0.5 s of samples and 0.2 s of warm-up. */
const given_ms = 700
const rounds = 5
const more = 5

const benches = (count: number): string => `
import { bench } from 'vitest-perf'
for (let at = 0; at < ${count}; at++) bench('parse query ' + at, () => JSON.parse('{"term":"rust","limit":10}'))
`
const config = `
import { perf } from 'vitest-perf/plugin'
export default { plugins: [perf()] }
`
const files = { 'vitest.config.js': config, 'one.bench.js': benches(1), 'more.bench.js': benches(1 + more) }

/**
 * Wall clock of a micro case with all defaults, over the time that it is given for warm-up and samples: what `vitest bench` takes longer for a file of five cases more, with
 * sampling, memory, record and reports. Median of rounds.
 */
export function defaultCaseWallClock(): Promise<number> {
  return inGuestProject(files, async (project) => {
    await project.bench('one')
    const ratios: number[] = []
    for (let round = 0; round < rounds; round++) {
      const one = await project.bench('one')
      const several = await project.bench('more')
      ratios.push((several - one) / more / given_ms)
    }
    return ratios.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN
  })
}

if (process.argv[1] === import.meta.filename) console.log((await defaultCaseWallClock()).toFixed(2))
