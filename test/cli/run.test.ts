import { existsSync } from 'node:fs'
import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, type Guest, guest } from '../e2e/guest.ts'
import { command, start } from './command-line.ts'

/** Instant cases whose outcome the environment decides. */
const benches = `
import { bench } from 'vitest-perf'
bench.track('speed', () => Number(process.env.SPEED ?? 10), { unit: 'points', better: 'lower' })
bench.track('document_indexing', () => Number(process.env.INDEXING ?? 1), { unit: 'ms' })
if (process.env.BROKEN) bench.track('broken', () => { throw new Error('broken on purpose') })
`
const gates = (threshold: number) =>
  JSON.stringify({ gates: [{ name: 'Speed', metric: 'speed.value', operator: 'LessThan', threshold, severity: 'Blocking' }] })

describe('vitest-perf run and ci', () => {
  let project: Guest
  beforeAll(async () => {
    project = await guest({
      'src/values.bench.ts': benches,
      'benchmark-config.json': gates(100),
      'strict.json': gates(5),
      'wrong.json': '{ "gatse": [] }',
      'broken/a.bench.ts': `import './not-there.ts'`,
    })
  })
  afterAll(() => project.remove())

  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => command(project.folder, args, env)
  const results = async (folder: string) =>
    JSON.parse(await readFile(join(project.folder, folder, 'latest/benchmark_results.json'), 'utf8')) as {
      config: { gates: { threshold: number }[]; iterations?: number }
      results: Record<string, { state: string; comparison?: { verdict: string } }>
      verdict: { exit_reason: string }
    }

  it.each([
    ['ok', 0, ['run', 'values'], {}],
    ['failed_case', 1, ['run', 'values'], { BROKEN: '1' }],
    ['gate', 2, ['run', 'values'], { SPEED: '1000' }],
    ['slo', 3, ['run', 'values'], { INDEXING: '500' }],
    ['infrastructure', 5, ['run'], {}],
  ] as const)(
    'ends with the code of %s: %i',
    async (reason, code, args, env) => {
      const finished = await run([...args, '-o', `out-${reason}`], env)
      expect({ code: finished.code, reason: (await results(`out-${reason}`)).verdict.exit_reason }).toEqual({ code, reason })
    },
    60_000,
  )

  it('ends with 4 where a case is worse than the baseline, which ci writes where that is asked for', async () => {
    const ci = ['ci', 'values', '-c', 'benchmark-config.json', '-b', 'stored/baseline.json', '-r', 'reports']
    const environment = { CI: 'true' }
    await run(ci, environment)
    await expect(readFile(join(project.folder, 'stored/baseline.json'))).rejects.toThrow('ENOENT')
    for (let time = 0; time < 3; time++) expect((await run([...ci, '--update-baseline'], environment)).code).toBe(0)
    const worse = await run(ci, { ...environment, SPEED: '20' })
    expect((await results('reports')).results['speed']?.comparison?.verdict).toBe('regressed')
    expect(worse.code).toBe(4)

    // What is meant is accepted, with a reason, and the next run is good.
    const files = ['-o', 'reports', '-b', 'stored/baseline.json']
    expect((await run(['baseline', 'accept', 'nothing_like_it', '-m', 'x', ...files])).err).toContain(
      'matches none of the cases that regressed or are missing: speed',
    )
    const accepted = await run(['baseline', 'accept', '--reason', 'twice the work on purpose', ...files])
    expect(accepted.out).toMatch(/accepted {2}speed {2}value \+100\.0 %/)
    expect((await run(ci, { ...environment, SPEED: '20' })).code).toBe(0)
    const shown = await run(['baseline', 'show', ...files])
    expect(shown.out).toContain('speed: twice the work on purpose')
    expect(shown.out).toMatch(/document_indexing {2,}value {2,}1 {2,}\d runs/)
    expect((await run(['baseline', 'accept', '-m', 'again', ...files])).code).toBe(64)
    // As a run has them: what no flag says is said by the environment, else by the plugin.
    const stored = await readFile(join(project.folder, 'stored/baseline.json'), 'utf8')
    const places = { VITEST_PERF_RESULTS: 'reports', TERRAPHIM_BENCH_BASELINE: 'stored/baseline.json' }
    expect(await run(['baseline', 'show'], places)).toEqual(shown)
    expect((await run(['open', '--print'], places)).out).toMatch(/reports[\\/]latest[\\/]benchmark_report\.html\n$/)
    await project.write({ 'vitest.config.ts': configWith("{ results: 'reports', baseline: 'stored/baseline.json' }") })
    expect(await run(['baseline', 'show'])).toEqual(shown)
    expect((await run(['open', '--print'])).out).toMatch(/reports[\\/]latest[\\/]benchmark_report\.html\n$/)
    const forced = await run(['baseline', 'accept', 'speed', '-m', 'meant', '--force'])
    expect([forced.code, forced.out]).toEqual([0, expect.stringContaining(`${join('stored', 'baseline.json')} holds the run`)])
    expect(await readFile(join(project.folder, 'stored/baseline.json'), 'utf8')).not.toBe(stored)
    expect(existsSync(join(project.folder, 'benchmark-results/baseline.json'))).toBe(false)
    await project.write({ 'vitest.config.ts': configWith('') })
  }, 180_000)

  it.each([
    ['a config that has mistakes', ['run', '-c', 'wrong.json'], 64, /"gatse".*\n.*did you mean|gatse/],
    ['a config that is not there', ['ci', '-c', 'nowhere.json'], 64, /CONFIG_UNREADABLE/],
    ['a filter that matches no file', ['run', 'no-such-file'], 5, /NO_BENCHES/],
  ] as const)(
    'tells %s without a stack',
    async (_, args, code, message) => {
      const finished = await run(args)
      expect(`${finished.out}${finished.err}`).toMatch(message)
      expect(finished.err).not.toMatch(/^\s+at .*\.js:\d+/m)
      expect(finished.code).toBe(code)
    },
    60_000,
  )

  it('lets flags win over the environment, and the environment over files', async () => {
    const environment = { TERRAPHIM_BENCH_CONFIG: 'strict.json', VITEST_PERF_RESULTS: 'by-environment', TERRAPHIM_BENCH_BASELINE: 'b.json' }
    expect((await run(['run', 'values'], environment)).code).toBe(2)
    expect((await results('by-environment')).config.gates[0]?.threshold).toBe(5)
    expect((await run(['run', 'values', '--config=benchmark-config.json', '--output=by-flag'], environment)).code).toBe(0)
    expect((await results('by-flag')).config.gates[0]?.threshold).toBe(100)
  }, 60_000)

  it('runs only the cases that are named, by id or by name', async () => {
    await project.write({
      'src/names.bench.ts': `import { bench } from 'vitest-perf'\nfor (const name of ['parse query', 'parse query (long)', 'rank']) bench.track(name, () => 1)\n`,
    })
    expect((await run(['run', 'names', '--only', 'parse_query,rank', '-o', 'only'])).code).toBe(0)
    const measured = Object.entries((await results('only')).results).filter(([, { state }]) => state === 'measured')
    expect(measured.map(([id]) => id).toSorted()).toEqual(['parse_query', 'rank'])
    expect((await run(['run', 'names', '--only', 'parse*', '-o', 'only'])).code).toBe(0)
    const matching = Object.entries((await results('only')).results).filter(([, { state }]) => state === 'measured')
    expect(matching.map(([id]) => id).toSorted()).toEqual(['parse_query', 'parse_query_long'])
  }, 60_000)

  it('runs a part of the files or of the names, also as a stage of a build, and keeps its exit codes', async () => {
    await project.write({
      'src/parts/a.bench.ts': `import { bench } from 'vitest-perf'\nbench.track('speed', () => 1000)\nbench.track('other', () => 1)\n`,
      'src/parts/b.bench.ts': `import { bench } from 'vitest-perf'\nbench.track('second', () => 1)\n`,
    })
    const ci = ['ci', 'parts', '-c', 'benchmark-config.json', '-r', 'parts']
    const codes: (number | null)[] = []
    const ids: string[][] = []
    for (const index of [1, 2]) {
      codes.push((await run([...ci, `--shard=${index}/2`])).code)
      ids.push(Object.keys((await results('parts')).results))
    }
    // The shard that has the case fails its gate; it is not the business of the other.
    expect(new Set(codes)).toEqual(new Set([0, 2]))
    expect(new Set(ids.map((some) => some.join()))).toEqual(new Set(['other,speed', 'second']))

    const measured = async () => {
      const cases = Object.entries((await results('parts')).results).filter(([, { state }]) => state === 'measured')
      return cases.map(([id]) => id)
    }
    expect((await run([...ci, '-t', '^other$', '-i', '7'])).code).toBe(0)
    expect(await measured()).toEqual(['other'])
    expect((await run([...ci, '--only', 'second'])).code).toBe(0)
    expect(await measured()).toEqual(['second'])
    expect((await run([...ci, '--project', 'nobody'])).err).toContain('nobody')
    const both = await run(['run', 'parts', '--only', 'a', '-t', 'b'])
    expect([both.code, both.err]).toEqual([64, expect.stringContaining('give one of them')])
  }, 120_000)

  it('is interrupted by a signal, keeps what was measured, and ends by it', async () => {
    await project.write({
      'src/long.bench.ts': `import { bench } from 'vitest-perf'\nbench.track('first', () => 1)\nbench('long', { time: '60s', memory: false }, () => 1)\n`,
    })
    const started = start(project.folder, ['run', 'long', '-o', 'stopped', '-v'])
    await expect.poll(() => started.out(), { timeout: 30_000 }).toMatch(/✓.*first/)
    process.kill(started.pid, 'SIGINT')
    const { code, signal } = await started.finished
    // A shell shows both as 130.
    expect(code === 130 || signal === 'SIGINT').toBe(true)
    expect((await results('stopped')).verdict.exit_reason).toBe('interrupted')
    expect((await results('stopped')).results['first']?.state).toBe('measured')
  }, 90_000)

  it('opens the page in the folder that the project has configured, and in the usual one where no project says', async () => {
    const page = 'latest/benchmark_report.html'
    await project.write({
      [`elsewhere/${page}`]: '',
      [`benchmark-results/${page}`]: '',
      'vitest.config.ts': configWith(`{ results: 'elsewhere' }`),
    })
    const configured = await run(['open', '--print'])
    await project.write({ 'vitest.config.ts': 'export default {}' })
    const usual = await run(['open', '--print'])
    await project.write({ 'vitest.config.ts': configWith('') })
    expect([configured.out, configured.err]).toEqual([`${await realpath(join(project.folder, 'elsewhere', page))}\n`, ''])
    expect(usual.out).toBe(`${await realpath(join(project.folder, 'benchmark-results', page))}\n`)
  }, 60_000)

  it('says what to do where the plugin is missing', async () => {
    await project.write({ 'vitest.config.ts': 'export default {}' })
    const finished = await run(['run', 'values'])
    await project.write({ 'vitest.config.ts': configWith('') })
    expect(finished.err).toContain('Add perf() to plugins of vitest.config.ts, or let vitest-perf init do it')
    expect(finished.code).toBe(5)
  }, 60_000)
})
