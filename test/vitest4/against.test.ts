import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from '../e2e/against-guest.ts'
import { notHere, vitest4 } from './installed.ts'

const bench = `
import { bench } from 'vitest-perf'
import { bench as native } from 'vitest'
import { size } from './size.js'
bench.track('size', () => size, { unit: 'B' })
native('native work', () => { let sum = 0; for (let i = 0; i < size; i++) sum += Math.sqrt(i); return sum }, { time: 50 })
`

describe('vitest-perf against, under Vitest 4.1', () => {
  let modules: string | undefined
  let project: Repository
  beforeAll(async () => {
    modules = await vitest4()
    if (modules === undefined) return
    project = await repository({}, modules)
    await project.commit({ 'size.js': 'export const size = 10000', 'a.bench.js': bench })
  }, 200_000)
  afterAll(() => project?.remove())

  it('compares two versions by pairs of processes, cases of ours and native ones', async ({ skip }) => {
    if (!modules) skip(notHere)
    await project.write({ 'size.js': 'export const size = 40000' })
    const { code, output } = await project.against(['HEAD', '--pairs', '24', '--budget', '4m'])
    expect(code, output).toBe(4)
    const { results, against } = await project.results()
    expect(against).toMatchObject({ base: expect.stringMatching(/^HEAD/) })
    expect(results.size.comparison).toMatchObject({ verdict: 'regressed' })
    expect(results.size.comparison.effect_percent).toBeCloseTo(300, 5)
    expect(results.native_work.comparison.effect_percent).toBeGreaterThan(50)
    expect(await project.left()).toEqual([])
    expect(await project.worktrees()).toEqual([])
  }, 300_000)
})
