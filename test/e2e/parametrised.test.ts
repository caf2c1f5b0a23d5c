import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, guest, type Finished, type Guest } from './guest.ts'

const benches = `
import { test } from 'vitest'
import { bench } from 'vitest-perf'
const seen = {}
const note = (what, value) => { seen[what] ??= value }
const quick = { time: '10ms', warmup: '10ms', memory: false }
const told = (context) => [context.task?.name, context.word].join(' ')
const withWord = bench.extend({ word: async ({}, use) => { await use('fixture') } })
withWord.for([7])('for %i', {
  ...quick,
  setup: ({ task, word }) => note('for setup', task.name + ' ' + word),
  afterEach: (context) => note('for afterEach', told(context)),
}, (item, { task }) => note('for body', item + ' ' + task.name))
withWord.each([[1, 2]])('each %i %i', {
  ...quick,
  setup: ({ task, word }) => note('each setup', task.name + ' ' + word),
}, (a, b) => note('each body', a + ' ' + b))
withWord.each([5])('one %i', { ...quick, beforeEach: (context) => note('one beforeEach', told(context)) }, (item) => note('one body', item))
bench.each([6])('rest %i', quick, (...items) => note('rest body', items.join()))
bench.each([8])('none %i', quick, () => note('none body', 'called'))
bench.track('seen', () => { console.log('SEEN ' + JSON.stringify(seen)); return 1 })
`
const native = `
import { test } from 'vitest'
test('nat', async ({ bench }) => { await bench('nat', () => Math.sqrt(2)).run({ time: 3000, warmupTime: 10 }) })
test('pair', async ({ bench }) => {
  await bench.compare(bench('a', () => Math.sqrt(2)), bench('b', () => 2 ** 0.5), { time: 100, warmupTime: 10 })
})
`

describe('cases that share a body or come from elsewhere', () => {
  let project: Guest
  let run: Finished
  // oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
  let results: any
  beforeAll(async () => {
    project = await guest({
      'items.bench.ts': benches,
      'native.bench.ts': native,
      'vitest.config.ts': configWith(`{ options: { regression_threshold_percent: 12 } }`),
    })
    run = await project.vitest(['bench', '--run'], { VITEST_PERF_QUICK: '1' })
    results = (await project.results()).results
  }, 90_000)
  afterAll(() => project.remove())

  it('hooks get the context with its fixtures, and the body gets the items', () => {
    expect(run.code, run.output).toBe(0)
    const seen = JSON.parse(/SEEN (.*)/.exec(run.output)![1]!)
    expect(seen).toEqual({
      'for setup': 'for 7 fixture',
      'for afterEach': 'for 7 fixture',
      'for body': '7 for 7',
      'each setup': 'each 1 2 fixture',
      'each body': '1 2',
      'one beforeEach': 'one 5 ',
      'one body': 5,
      'rest body': '6',
      'none body': 'called',
    })
  })

  it('native benchmarks follow the options of the run and its pace, and are named once', () => {
    expect(results.nat).toMatchObject({ name: 'nat', regression_threshold_percent: 12 })
    expect(results.pair_a).toMatchObject({ name: 'pair a', regression_threshold_percent: 12, group: { base: 'pair_a' } })
    expect(results.pair_b.name).toBe('pair b')
    const { from_ms, to_ms } = results.nat.phases.find(({ name }: { name: string }) => name === 'measure')
    expect(to_ms - from_ms).toBeLessThan(1500)
  })
})
