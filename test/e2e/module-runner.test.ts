import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guest, type Guest } from './guest.ts'

const lib = `
export const table = [1, 2, 3, 4]
export function add(a, b) { return a + b }
export let counter = 0
export function bump() { counter++ }
export function replaceable() { return 'first' }
export function replace() { replaceable = () => 'second' }
export let shadowed = 0
export function raise() { shadowed++ }
function local() { const shadowed = 1; return shadowed }
`
const waiting = `
await new Promise((resolve) => { globalThis.release = resolve })
export const late = 7
`
const benches = `
import { bench } from 'vitest-perf'
import * as lib from './lib.js'
import { add, bump, counter, raise, replace, replaceable, shadowed, table } from './lib.js'
const begun = import('./waiting.js')
const kind = (name) => ('value' in Object.getOwnPropertyDescriptor(lib, name) ? 1 : 0)
bench('constants', { time: '50ms' }, () => add(1, table[2]))
bench('a live binding', { time: '50ms' }, () => add(1, counter))
bench.track('plain', () => ['add', 'table', 'bump'].map(kind).reduce((a, b) => a + b))
bench.track('getters', () => ['counter', 'replaceable'].map(kind).reduce((a, b) => a + b))
bench.track('counter after bump', () => { bump(); return counter })
bench.track('raised', () => { raise(); return shadowed })
bench.track('late', async () => { globalThis.release(); return (await begun).late })
bench.track('replaced', () => { replace(); return replaceable() === 'second' ? 1 : 0 })
`

describe('imports of a benchmark, read through Vite’s module runner', () => {
  let project: Guest
  // oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
  let results: any
  beforeAll(async () => {
    project = await guest({ 'lib.js': lib, 'waiting.js': waiting, 'a.bench.js': benches })
    const run = await project.vitest(['bench', '--run'])
    expect(run.code, run.output).toBe(0)
    results = (await project.results()).results
  }, 60_000)
  afterAll(() => project.remove())

  it('are plain properties where they can never change', () => {
    expect(results.plain.metrics.value).toBe(3)
  })

  it('stay live where their module assigns them', () => {
    expect(results.getters.metrics.value).toBe(0)
    expect(results.counter_after_bump.metrics.value).toBe(1)
    expect(results.replaced.metrics.value).toBe(1)
  })

  it('stay live where only another scope declares a constant of that name', () => {
    expect(results.raised.metrics.value).toBe(1)
  })

  it('of a module that waited at its top level while a case ran have their values', () => {
    expect(results.late.metrics.value).toBe(7)
  })

  it('that stay getters in a measured body are a finding with their names', () => {
    const findings = (id: string) => results[id].findings.filter(({ code }: { code: string }) => code === 'module_getter')
    expect(findings('constants')).toEqual([])
    expect(findings('a_live_binding')).toMatchObject([{ facts: { exports: 'counter' } }])
  })
})
