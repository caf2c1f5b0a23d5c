import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command } from '../cli/command-line.ts'
import { configWith, guest, type Finished, type Guest } from '../e2e/guest.ts'

const bench = (name: string, work = 1000) => `
import { bench } from 'vitest-perf'
bench('${name}', { time: '60ms' }, () => { let s = 0; for (let i = 0; i < ${work}; i++) s += i; return s })
`
const gate = (metric: string, threshold: number) => ({ name: metric, metric, operator: 'LessThan', threshold, severity: 'Blocking' })
const config = {
  gates: [gate('one.p50_time_ms', 1000), gate('two.p50_time_ms', 1000), gate('three.p50_time_ms', 1000), gate('*.heap_mb', 100_000)],
  fail_on_regression: true,
  // The machine may be busy: all that is asked of a case is that it is measured.
  regression_threshold_percent: 1000,
}

// oxlint-disable-next-line typescript/no-explicit-any -- files as they are
type Json = any

describe('a run that is spread over three shards', () => {
  let project: Guest
  const shards: Finished[] = []
  const resultsOf = async (folder: string): Promise<Json> =>
    JSON.parse(await readFile(join(project.folder, folder, 'latest/benchmark_results.json'), 'utf8'))
  const merge = (...args: string[]) => command(project.folder, ['merge', ...args], { VITEST_PERF_RUN: 'r1' })

  beforeAll(async () => {
    project = await guest({
      'package.json': '{ "type": "module", "name": "spread" }',
      'vitest.config.ts': configWith("{ server: { command: 'node server.mjs', ready: '/' } }"),
      'server.mjs': `
import { createServer } from 'node:http'
createServer((request, response) => response.end('fine')).listen(process.env.PORT, '127.0.0.1')`,
      'a.bench.ts': bench('one'),
      'b.bench.ts': bench('two'),
      'c.bench.ts': `${bench('three')}
bench.http('root', { path: '/' }, { connections: 2, duration: '300ms' })
`,
      'benchmark-config.json': JSON.stringify(config),
    })
    for (const index of [1, 2, 3]) {
      shards.push(
        await project.vitest(['bench', '--run', `--shard=${index}/3`], {
          VITEST_PERF_RESULTS: `parts/shard-${index}`,
          VITEST_PERF_RUN: 'r1',
        }),
      )
    }
  }, 180_000)
  afterAll(() => project.remove())

  it('lets each shard pass by its own cases, and say what it did not run', async () => {
    expect(shards.map(({ code }) => code)).toEqual([0, 0, 0])
    const all = await Promise.all([1, 2, 3].map((index) => resultsOf(`parts/shard-${index}`)))
    expect(all.map(({ shard }) => [shard.index, shard.count, shard.files.length, shard.not_run.length])).toEqual([
      [1, 3, 1, 2],
      [2, 3, 1, 2],
      [3, 3, 1, 2],
    ])
    expect(all.flatMap(({ shard }) => shard.files as string[]).toSorted()).toEqual(['a.bench.ts', 'b.bench.ts', 'c.bench.ts'])
    for (const { gates, verdict } of all) {
      const elsewhere = gates.filter(({ outcome }: Json) => outcome === 'missing')
      expect(elsewhere.length).toBeGreaterThanOrEqual(2)
      for (const { message } of elsewhere)
        expect(message).toMatch(/^Not here: shard \d of 3 has no such case as .*, which is another shard's/)
      expect(verdict.exit_reason).toBe('ok')
    }
    expect(shards[0]?.output).toContain('measured in shard 1 of 3; vitest-perf merge judges the whole')
  })

  it('writes no history and no baseline for a shard', async () => {
    for (const index of [1, 2, 3]) await expect(project.read(`parts/shard-${index}/history.ndjson`)).rejects.toThrow('ENOENT')
  })

  it('merges them to what each measured, judged as one run', async () => {
    const { code, out, err } = await merge('parts', '-o', 'whole', '--update-baseline')
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('4 cases measured, nothing stands against a release')
    const whole = await resultsOf('whole')
    expect(whole.gates.map(({ outcome }: Json) => outcome)).not.toContain('missing')
    expect(whole.verdict).toMatchObject({ passed: true, exit_reason: 'ok' })
    expect(whole.shards.map(({ index, count }: Json) => [index, count])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ])
    const parts = await Promise.all([1, 2, 3].map((index) => resultsOf(`parts/shard-${index}`)))
    expect(whole.results).toEqual(
      Object.fromEntries(parts.flatMap(({ results }) => Object.entries<Json>(results)).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    )
    for (const file of ['benchmark_report.html', 'benchmark_summary.md'])
      expect(await project.read(`whole/latest/${file}`)).toContain('three')
    expect(await project.read('whole/latest/benchmark_summary.md')).toContain('merged from 3 of 3 shards')
  })

  it('adds one line to the history, and all cases to the baseline', async () => {
    expect((await project.read('whole/history.ndjson')).trim().split('\n')).toHaveLength(1)
    const { environments } = JSON.parse(await project.read('whole/baseline.json'))
    const [machine] = Object.values<Json>(environments)
    expect(Object.keys(machine.cases)).toEqual(['one', 'root', 'three', 'two'])
  })

  it('compares the whole with the baseline, and judges by another config where one is named', async () => {
    await project.write({ 'tight.json': JSON.stringify({ gates: [gate('three.p50_time_ms', 1e-9)] }) })
    const tight = await merge('parts', '-o', 'whole', '--config', 'tight.json')
    expect(tight.code).toBe(2)
    const whole = await resultsOf('whole')
    expect(Object.values<Json>(whole.results).map(({ comparison }) => comparison?.verdict)).toEqual([
      'unchanged',
      'unchanged',
      'unchanged',
      'unchanged',
    ])
  })

  it('is no pass where a shard is missing, names its files, and keeps history and baseline as they are', async () => {
    const before = [await project.read('whole/history.ndjson'), await project.read('whole/baseline.json')]
    const { code, out } = await merge('parts/shard-1', 'parts/shard-3', '-o', 'whole', '--update-baseline')
    expect(code).toBe(5)
    const lost = (await resultsOf('parts/shard-2')).shard.files[0]
    expect(out).toContain(`Shard 2 of 3 is missing: ${lost} did not run.`)
    expect((await resultsOf('whole')).verdict).toMatchObject({ passed: false, exit_reason: 'infrastructure' })
    expect([await project.read('whole/history.ndjson'), await project.read('whole/baseline.json')]).toEqual(before)
    const passing = { gates: [gate('*.p50_time_ms', 1000)] }
    await project.write({ 'passing.json': JSON.stringify(passing) })
    const validated = await command(project.folder, ['validate', 'whole/latest', '--slo-config', 'passing.json'])
    expect([validated.code, validated.out]).toEqual([5, expect.stringContaining(`Shard 2 of 3 is missing`)])
  })

  it('refuses two copies of a shard, a whole run, and what is nowhere', async () => {
    const copy = await resultsOf('parts/shard-1')
    await project.write({ 'copy.json': JSON.stringify(copy) })
    const twice = await merge('parts', 'copy.json', '-o', 'refused')
    expect([twice.code, twice.err]).toEqual([5, expect.stringMatching(/are both shard 1 of 3[\s\S]*\[SHARDS_DIFFER\]/)])
    const { shard: _, ...unsharded } = copy
    await project.write({ 'alone.json': JSON.stringify(unsharded) })
    expect((await merge('alone.json')).err).toContain('is a whole run, no shard')
    expect(await merge('nowhere')).toMatchObject({ code: 64, err: expect.stringContaining('no such file or folder') })
    await expect(resultsOf('refused')).rejects.toThrow('ENOENT')
  })

  it('asks a failed case of one shard from the whole, with the place', async () => {
    const broken = await resultsOf('parts/shard-2')
    const id = Object.keys(broken.results)[0] ?? ''
    const { metrics: _m, ...rest } = broken.results[id]
    broken.results[id] = { ...rest, state: 'failed', errors: [{ message: 'it broke there' }] }
    await project.write({ 'broken.json': JSON.stringify(broken) })
    const { code, out } = await merge('parts/shard-1', 'broken.json', 'parts/shard-3', '-o', 'broken')
    expect(code).toBe(1)
    expect(out).toContain('it broke there')
  })
})
