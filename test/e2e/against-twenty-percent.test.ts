import { afterAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'

const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']

/** Clean arithmetic of some ten microseconds, whose time is exactly proportional to its number of turns. */
const work = (turns: Readonly<Record<string, number>>): string => `
const turns = ${JSON.stringify(turns)}
export function work(name) {
  let sum = 0
  for (let i = turns[name]; i > 0; i--) sum = (sum * 31 + i) | 0
  return sum
}
`
const bench = `
import { bench } from 'vitest-perf'
import { work } from './work.js'
for (const name of ${JSON.stringify(names)}) bench(name, () => work(name))
`
const before = Object.fromEntries(names.map((name, at) => [name, 60_000 + 10_000 * at]))
const planted = ['three', 'six']
const after = Object.fromEntries(names.map((name) => [name, before[name]! * (planted.includes(name) ? 1.2 : 1)]))

/** So much noise of one pair, in percent, leaves 24 pairs an interval as wide as the change. */
const hides = 25

let project: Repository
afterAll(() => project.remove())

describe('20 % planted in two of eight cases', () => {
  it('flags exactly those two, and the exit code says so', { timeout: 600_000 }, async ({ skip }) => {
    project = await repository({})
    await project.commit({ 'work.js': work(before), 'a.bench.js': bench })
    await project.commit({ 'work.js': work(after) })
    const { code, output } = await project.against([
      'HEAD~1',
      '--threshold',
      '10',
      '--pairs',
      '24',
      '--budget',
      '4m',
      '--seed',
      '3',
      '--json',
      'out.json',
    ])
    const { results, against } = JSON.parse(await project.read('out.json'))
    // oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
    const comparisons: any[] = names.map((name) => results[name].comparison)
    const flagged = names.filter((_, at) => comparisons[at].verdict === 'regressed')
    expect(
      flagged.filter((name) => !planted.includes(name)),
      output,
    ).toEqual([])
    const noise = Math.max(...comparisons.map(({ noise_percent }) => noise_percent))
    if (flagged.length < planted.length && (noise > hides || against.out_of_time)) {
      return skip(`not applicable: this machine is too busy now, with ${Math.round(noise)} % of noise from pair to pair`)
    }
    expect(flagged, output).toEqual(planted)
    expect(names.filter((name) => results[name].comparison.verdict === 'improved')).toEqual([])
    for (const name of planted) {
      const { interval_percent, effect_percent } = results[name].comparison
      expect(interval_percent[0]).toBeGreaterThan(0)
      expect(Math.abs(effect_percent - 20)).toBeLessThan(15)
    }
    expect(code, output).toBe(4)
  })
})
