import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'
import type { Finished } from './guest.ts'

/** Sums a thousand roots so many times: a body whose time goes with its number. */
const work = (factors: Readonly<Record<string, number>>): string => `
const turns = ${JSON.stringify(factors)}
export function work(name) {
  if (!(name in turns)) throw new Error('no such work: ' + name)
  let sum = 0
  const end = 1000 * turns[name]
  for (let i = 0; i < end; i++) sum += Math.sqrt(i + sum)
  return sum
}
`
const benches = (names: readonly string[], more = ''): string => `
import { bench } from 'vitest-perf'
import { work } from './work.js'
for (const name of ${JSON.stringify(names)}) bench(name, () => work(name))
${more}
`
/** A loop that takes its time, and some objects beside it. Of small integers: the loop allocates nothing, whether V8 has optimised it yet or not. */
const garbage = (objects: number): string => `
export function litter() {
  let sum = 0
  for (let i = 0; i < 50000; i++) sum = (sum + i * 7) & 1023
  const made = []
  for (let i = 0; i < ${objects}; i++) made.push({ i, sum })
  return made
}
`
const littering = `
import { litter } from './garbage.js'
bench('litter', () => litter())
`
const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
const even = Object.fromEntries(names.map((name, at) => [name, 2 + at]))

// Effects are far above the threshold, so that a busy machine finds them too.
const flags = ['--threshold', '20', '--pairs', '24', '--seed', '1']

let project: Repository
afterAll(() => project.remove())

describe('a branch that changed some cases', () => {
  let run: Finished
  // oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
  let results: any
  beforeAll(async () => {
    project = await repository({})
    await project.commit({ 'work.js': work(even), 'garbage.js': garbage(20), 'a.bench.js': benches([...names, 'gone'], littering) })
    await project.git('tag', 'before')
    const factors = { ...even, three: even['three']! * 3, six: even['six']! * 3, seven: even['seven']! / 4, late: 3 }
    // Not committed: what is compared is the project as it stands.
    await project.write({ 'work.js': work(factors), 'a.bench.js': benches([...names, 'late'], littering), 'garbage.js': garbage(100) })
    run = await project.against(['before', ...flags, '--json', 'out.json'])
    results = JSON.parse(await project.read('out.json'))
  }, 400_000)
  const verdict = (id: string) => results.results[id]?.comparison?.verdict

  it('calls exactly the slower ones slower, and says so with its exit code', () => {
    expect(names.filter((name) => verdict(name) === 'regressed')).toEqual(['three', 'six'])
    expect(run.code).toBe(4)
    expect(results.verdict).toMatchObject({ passed: false, exit_reason: 'regression' })
  })

  it('names what is worse where only garbage was added, and does not call it slower', () => {
    expect(results.results.litter.comparison).toMatchObject({ verdict: 'regressed', metric: 'heap_bytes_per_call' })
    expect(run.output).toMatch(/▲\s+litter\s+more heap_bytes_per_call/)
  })

  it('announces the faster one', () => {
    expect(names.filter((name) => verdict(name) === 'improved')).toEqual(['seven'])
  })

  it('gives each effect with its interval', () => {
    const { effect_percent, interval_percent, runs } = results.results.three.comparison
    expect(effect_percent).toBeGreaterThan(100)
    expect(effect_percent).toBeLessThan(400)
    expect(interval_percent[0]).toBeGreaterThan(0)
    expect(runs).toBeGreaterThan(10)
  })

  it('tells a case that is gone from one that is new', () => {
    expect(results.missing).toMatchObject([{ id: 'gone', comparison: { verdict: 'missing' } }])
    expect(verdict('late')).toBe('new')
    expect(results.results.late.comparison).not.toHaveProperty('effect_percent')
    expect(results.trends).toMatchObject({ new_operations: ['late'], missing_operations: ['gone'] })
  })

  it('prints the table, the control and the seed', () => {
    expect(run.output).toMatch(/▲\s+three\s+slower/)
    expect(run.output).toMatch(/▼\s+seven\s+faster/)
    expect(run.output).toMatch(/∅\s+gone\s+missing/)
    expect(run.output).toMatch(/\+\s+late\s+new/)
    expect(run.output).toMatch(/late: The base could not run this case: .*no such work: late/)
    expect(run.output).toMatch(/The control, the same code on both sides/)
    expect(run.output).toMatch(/against before \([0-9a-f]{7}\).* seed 1/)
  })

  it('writes the same reports as every run', async () => {
    expect(results.against).toMatchObject({ seed: 1, base: expect.stringContaining('before'), swapped: true })
    expect(await project.read('benchmark-results/latest/benchmark_summary.md')).toContain('three')
  })

  it('leaves nothing behind', async () => {
    expect(await project.left()).toEqual([])
    expect(await project.worktrees()).toEqual([])
  })
})

describe('a commit against itself', () => {
  it('flags nothing and exits with 0', async () => {
    await project.commit({ 'work.js': work(even), 'a.bench.js': benches(names) })
    const { code, output } = await project.against(['HEAD', '--threshold', '20', '--pairs', '8', '--seed', '2', '--json', 'same.json'])
    const results = JSON.parse(await project.read('same.json'))
    const verdicts = names.map((name) => results.results[name].comparison.verdict)
    expect(verdicts.filter((verdict) => verdict === 'regressed' || verdict === 'improved')).toEqual([])
    expect(results.missing).toEqual([])
    expect(code, output).toBe(0)
  }, 180_000)

  it('flags nothing either where each case has all its pairs, because no noise is below the threshold', async () => {
    const two = names.slice(0, 2)
    await project.commit({ 'a.bench.js': benches(two) })
    const { code, output } = await project.against(['HEAD', '--threshold', '0.2', '--pairs', '24', '--seed', '4', '--json', 'same.json'])
    const { results } = JSON.parse(await project.read('same.json'))
    for (const name of two) {
      const { verdict, pairs } = results[name].comparison
      expect(['unchanged', 'inconclusive'], output).toContain(verdict)
      expect(pairs.filter(({ stage }: { stage: number }) => stage > 0).length).toBeGreaterThan(8)
    }
    expect(code, output).toBe(0)
  }, 300_000)
})
