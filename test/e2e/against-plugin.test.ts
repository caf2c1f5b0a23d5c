import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'
import { configWith } from './guest.ts'

const bench = `
import { bench } from 'vitest-perf'
import { openSync } from 'node:fs'
import { size } from './size.js'
bench.track('size', () => size, { unit: 'B' })
bench('sum', { time: '50ms' }, () => { let sum = 0; for (let i = 0; i < 1000; i++) sum += i; return sum })
let opened
bench.track('once', () => (opened ??= openSync(new URL('./once.txt', import.meta.url), 'wx')) && 1)
`

let project: Repository
beforeAll(async () => {
  project = await repository({})
  const vitest = configWith(`{ against: { ref: 'HEAD', pairs: 16, budget: '2m' } }`)
  await project.commit({ 'size.js': 'export const size = 1000', 'a.bench.js': bench, 'vitest.config.ts': vitest })
}, 60_000)
afterAll(() => project.remove())

describe('perf({ against }) in vitest bench', () => {
  it('puts the verdicts of the comparison beside the numbers of the full measurement', async () => {
    await project.write({ 'size.js': 'export const size = 1500' })
    const { code, output } = await project.vitest(['bench', '--run'], { TMPDIR: project.temporary })
    const results = await project.results()
    expect(results.results.size.comparison).toMatchObject({ verdict: 'regressed', against: expect.stringMatching(/^HEAD \(/) })
    expect(results.results.size.comparison.effect_percent).toBeCloseTo(50, 5)
    expect(results.results.sum.metrics).toHaveProperty('cpu_percent')
    expect(results.results.sum.comparison.verdict).not.toBe('regressed')
    expect(results.results.once).toMatchObject({
      state: 'measured',
      comparison: {
        verdict: 'inconclusive',
        findings: [{ code: 'failed_in_pairs', facts: { reason: expect.stringContaining('EEXIST') } }],
      },
    })
    expect(results.verdict).toMatchObject({ passed: false, exit_reason: 'regression' })
    expect(results.against).toMatchObject({ base: expect.stringMatching(/^HEAD/), head: expect.stringContaining('+ changes') })
    expect(code, output).toBe(1)
    expect(await project.left()).toEqual([])
    expect(await project.worktrees()).toEqual([])
  }, 180_000)

  it('fails where there is nothing to compare with, and says why', async () => {
    await rm(join(project.folder, 'once.txt'))
    await project.write({ 'vitest.config.ts': configWith(`{ against: 'origin/main' }`) })
    const { code, output } = await project.vitest(['bench', '--run'], { TMPDIR: project.temporary })
    expect((await project.results()).verdict).toMatchObject({ passed: false, exit_reason: 'infrastructure' })
    expect(output).toContain('"origin/main" is no revision of')
    expect(code).toBe(1)
  }, 60_000)
})
