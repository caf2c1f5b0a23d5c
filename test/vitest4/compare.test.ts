import { afterAll, beforeAll, expect, it } from 'vitest'
import { configWith, guest, type Guest } from '../e2e/guest.ts'
import { notHere, vitest4 } from './installed.ts'

const bench = `
import { bench, describe } from 'vitest'
describe('sorting', () => { bench('quick', () => { [3, 1, 2].sort() }, { time: 30, warmupTime: 5 }) })
`

let project: Guest | undefined
beforeAll(async () => {
  const installed = await vitest4()
  if (installed !== undefined) project = await guest({ 'a.bench.ts': bench }, installed)
}, 180_000)
afterAll(() => project?.remove())

it('our file for Vitest 4 is read by its own --compare, which knows cases by ids of its own and so finds none', async ({ skip }) => {
  if (!project) return skip(notHere)
  const { write, vitest } = project
  await write({ 'vitest.config.ts': configWith("{ reporters: ['vitest4'] }") })
  const ours = await vitest(['bench', '--run'])
  expect(ours.code, ours.output).toBe(0)
  // Vitest 4 alone from here on.
  await write({ 'vitest.config.ts': 'export default {}' })
  const own = await vitest(['bench', '--run', '--outputJson', 'own.json'])
  expect(own.code, own.output).toBe(0)
  const withOwn = await vitest(['bench', '--run', '--compare', 'own.json'])
  expect(withOwn.output).toContain('(baseline)')
  const withOurs = await vitest(['bench', '--run', '--compare', 'benchmark-results/latest/vitest4_bench.json'])
  expect([withOurs.code, withOurs.output]).toEqual([0, expect.not.stringContaining('Failed to read')])
  expect(withOurs.output).not.toContain('(baseline)')
}, 120_000)
