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

describe('a shard', () => {
  it('compares its own files, and what is gone from them; a file that is gone altogether is told of by the first', async () => {
    const tracked = (...names: string[]): string =>
      `import { bench } from 'vitest-perf'\n${names.map((name) => `bench.track('${name}', () => 1, { unit: 'B' })`).join('\n')}`
    await project.commit({
      'a.bench.js': tracked('a'),
      'b.bench.js': tracked('b', 'gone'),
      'c.bench.js': tracked('old'),
      'vitest.config.ts': configWith(`{ against: { ref: 'HEAD', pairs: 8 } }`),
    })
    await project.write({ 'b.bench.js': tracked('b') })
    await rm(join(project.folder, 'c.bench.js'))
    const told = new Map<string, { cases: string[]; missing: string[]; passed: boolean; output: string }>()
    for (const shard of ['1/2', '2/2']) {
      const { output } = await project.vitest(['bench', '--run', `--shard=${shard}`], { TMPDIR: project.temporary })
      const { results, missing, verdict } = await project.results()
      for (const one of Object.values<{ comparison?: object }>(results))
        expect(one.comparison, output).toMatchObject({ verdict: 'unchanged' })
      told.set(shard, { cases: Object.keys(results), missing: missing.map(({ id }: { id: string }) => id), passed: verdict.passed, output })
    }
    const [first, second] = [...told.values()]
    expect([...first!.cases, ...second!.cases].toSorted()).toEqual(['a', 'b'])
    expect(first!.missing).toContain('old')
    expect(second!.missing).not.toContain('old')
    for (const { cases, missing, passed } of told.values()) {
      expect(missing.includes('gone')).toBe(cases.includes('b'))
      expect(passed).toBe(missing.length === 0)
    }
  }, 180_000)
})
