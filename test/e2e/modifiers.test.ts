import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guest, type Guest } from './guest.ts'

const benches = `
import { bench, describePerf } from 'vitest-perf'
const body = () => [1, 2, 3].map((n) => n + 1)
const asked = new Set()

describePerf('plain', { time: '20ms', warmup: '5ms' }, () => {
  bench('one', body)
  bench.skip('skipped', body)
  bench.skipIf(true)('skipped if', body)
  bench.runIf(false)('not run if', body)
  bench.runIf(true)('run if', body)
  bench.for([{ n: 1 }, { n: 2 }])('for $n', ({ n }, { task }) => { if (!task.name.startsWith('for')) throw new Error('no context'); return n })
  bench.each([[1, 'a'], [2, 'b']])('each %i %s', (n, letter) => { if (typeof letter !== 'string') throw new Error('not spread'); return n })
  const sized = bench.extend({ size: 5, list: async ({ size }, use) => { await use(Array.from({ length: size }, (_, i) => i)) } })
  sized('extended', ({ list }) => list.map((n) => n * 2))
  sized.track('extended size', ({ list }) => list.length)
})
describePerf.skip('left out', () => { bench('in a skipped suite', body) })
describePerf.skipIf(true)('left out if', () => { bench('in a suite skipped if', body) })
describePerf.runIf(true)('run if', { time: '20ms' }, () => { bench('in a suite run if', body) })
describePerf.each([[1, 'x'], [2, 'y']])('each %i', { time: '20ms', warmup: '5ms' }, (n, letter) => { bench('suite ' + n + letter, body) })
describePerf.for([{ n: 3 }])('for $n', { time: '20ms' }, ({ n }) => { bench('suite for ' + n, body) })
describePerf.skip.each([4])('skipped each %i', (n) => { bench('never ' + n, body) })
describePerf.todo('later')
`

describe('the modifiers of bench and describePerf', () => {
  let project: Guest
  let states: Record<string, string>
  let lines: Record<string, number>
  beforeAll(async () => {
    project = await guest({
      'a.bench.ts': benches,
      'only.bench.ts': `
import { bench, describePerf } from 'vitest-perf'
bench('shadowed', { time: '20ms' }, () => 1)
describePerf.only('only suite', { time: '20ms' }, () => { bench('in only', () => [1].map(String)) })
bench.only('only case', { time: '20ms' }, () => [1].map(String))
`,
    })
    const run = await project.vitest(['bench', '--run'])
    expect(run.code, run.output).toBe(0)
    const { results } = await project.results()
    lines = Object.fromEntries(Object.entries<{ line: number }>(results).map(([id, { line }]) => [id, line]))
    states = Object.fromEntries(Object.entries<{ state: string }>(results).map(([id, { state }]) => [id, state]))
  }, 90_000)
  afterAll(() => project.remove())

  const ids = (state: string) =>
    Object.keys(states)
      .filter((id) => states[id] === state)
      .toSorted()

  it('run what they let through', () => {
    expect(ids('measured')).toEqual(
      [
        'one',
        'run_if',
        'for_1',
        'for_2',
        'each_1_a',
        'each_2_b',
        'extended',
        'extended_size',
        'in_a_suite_run_if',
        'suite_1x',
        'suite_2y',
        'suite_for_3',
        'in_only',
        'only_case',
      ].toSorted(),
    )
  })

  it('keep what they leave out in its place, as skipped', () => {
    expect(ids('skipped')).toEqual(
      ['in_a_skipped_suite', 'in_a_suite_skipped_if', 'never_4', 'not_run_if', 'shadowed', 'skipped', 'skipped_if'].toSorted(),
    )
  })

  it('know the line on which each case was written', () => {
    expect(Object.entries(lines).filter(([, line]) => !(line > 0))).toEqual([])
    expect(lines).toMatchObject({ one: 7, for_1: 12, each_2_b: 13, extended_size: 16, suite_1x: 21, suite_for_3: 22 })
  })
})
