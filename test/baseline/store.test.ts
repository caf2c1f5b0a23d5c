import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Baseline, BaselineReading } from '../../src/baseline/baseline.ts'
import { compareWithBaseline } from '../../src/baseline/compare.ts'
import { readBaseline } from '../../src/baseline/read.ts'
import { nextBaseline, writeBaseline } from '../../src/baseline/store.ts'
import { finding } from '../../src/model/finding.ts'
import type { Compared, Summarised } from '../../src/model/run.ts'
import { failed, measured, samples } from '../gates/make-case.ts'
import { absent, baselineOf, environment, judgedRun, recorded } from './make-run.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'))
})
afterAll(() => rm(folder, { recursive: true }))

const compare = (cases: readonly Summarised[], reading: BaselineReading) =>
  compareWithBaseline(cases, reading, { threshold_percent: 5, fingerprint: 'here' })
const time = (id: string, p50_time_ms: number) => measured(id, { p50_time_ms })
const allowed = { allowed: true }

function updated(next: ReturnType<typeof nextBaseline>): Baseline {
  if (next.state !== 'updated') throw new Error(next.reason)
  return next.baseline
}
const valuesOf = (baseline: Baseline, id = 'a', metric = 'p50_time_ms', index = 0) =>
  baseline.environments[index]?.cases[id]?.[metric]?.map(({ value }) => value)

describe('a good run becomes part of the baseline', () => {
  test('the first one is all of it', () => {
    expect(updated(nextBaseline(absent, judgedRun(compare([time('a', 2)], absent)), allowed))).toEqual({
      path: absent.path,
      format: 'baseline',
      environments: [
        {
          fingerprint: 'here',
          machine: {
            os: 'linux',
            os_version: '6.1',
            architecture: 'x64',
            cpu_model: 'Example CPU',
            cpu_cores: 4,
            cgroup_cpus: null,
            cgroup_memory_mb: null,
            node: '24.1.0',
            v8: '13.6',
          },
          cases: { a: { p50_time_ms: [{ at: '2026-05-01T00:00:00.000Z', commit: 'abc1234', value: 2 }] } },
        },
      ],
    })
  })

  test('later ones are added, up to thirty a case, and other cases stay', () => {
    const reading = baselineOf({
      a: { p50_time_ms: recorded(...Array.from({ length: 30 }, (_, i) => 100 + i / 100)) },
      b: { p50_time_ms: recorded(5) },
    })
    const next = updated(nextBaseline(reading, judgedRun(compare([time('a', 101)], reading)), allowed))
    expect(valuesOf(next)).toHaveLength(30)
    expect(valuesOf(next)?.at(-1)).toBe(101)
    expect(valuesOf(next)?.[0]).toBe(100.01)
    expect(valuesOf(next, 'b')).toEqual([5])
  })

  test('changes that are not committed are marked', () => {
    const next = updated(nextBaseline(absent, judgedRun(compare([time('a', 2)], absent), {}, { dirty: true }), allowed))
    expect(next.environments[0]?.cases['a']?.['p50_time_ms']?.[0]?.commit).toBe('abc1234-dirty')
  })

  test('values of another machine are kept beside', () => {
    const reading = baselineOf({ a: { p50_time_ms: recorded(9) } }, { fingerprint: 'elsewhere' })
    const next = updated(nextBaseline(reading, judgedRun(compare([time('a', 2)], reading)), allowed))
    expect(next.environments.map(({ fingerprint }) => fingerprint)).toEqual(['elsewhere', 'here'])
    expect(valuesOf(next, 'a', 'p50_time_ms', 0)).toEqual([9])
  })

  test('an improvement starts a new level: the old values would hide the next regression', () => {
    const reading = baselineOf({ a: { p50_time_ms: recorded(100, 100, 100) } })
    expect(valuesOf(updated(nextBaseline(reading, judgedRun(compare([time('a', 50)], reading)), allowed)))).toEqual([50])
  })

  test('a history by median goes on where the next run measures in batches', () => {
    const reading = baselineOf({ a: { p50_time_ms: recorded(10, 10) } })
    const one = measured('a', { p50_time_ms: 10 }, { kind: 'function', measurement: samples([10e6, 10e6], 4) })
    const next = updated(nextBaseline(reading, judgedRun(compare([one], reading)), allowed))
    expect(valuesOf(next, 'a', 'p50_time_ms')).toEqual([10, 10, 10])
    expect(valuesOf(next, 'a', 'p10_time_ms')).toEqual([10])
  })

  test('a run of ours or of the mission that was compared with is not continued', () => {
    const reading = baselineOf({ a: { p50_time_ms: recorded(2) } })
    if (reading.state !== 'usable') throw new Error('unreachable')
    const single: BaselineReading = { ...reading, baseline: { ...reading.baseline, format: 'mission' } }
    expect(valuesOf(updated(nextBaseline(single, judgedRun(compare([time('a', 2)], single)), allowed)))).toEqual([2])
  })
})

function waivedUntilDecember(one: Compared): Compared {
  if (one.comparison?.verdict !== 'regressed') return one
  return { ...one, comparison: { ...one.comparison, findings: [finding('regression_waived', { until: '2026-12-31', reason: 'meant' })] } }
}

describe('a run never becomes the baseline', () => {
  const reading = baselineOf({ a: { p50_time_ms: recorded(100) }, gone: { p50_time_ms: recorded(1) } })
  const fine = judgedRun(compare([time('a', 100), time('gone', 1)], reading))

  test('unless it is allowed', () => {
    expect(nextBaseline(reading, fine, { allowed: false })).toEqual({ state: 'kept', reason: 'it is only written when asked for' })
    expect(nextBaseline(reading, fine, allowed).state).toBe('updated')
  })

  test.each(['gate', 'slo', 'failed_case', 'infrastructure', 'interrupted'] as const)('when it ended with %s', (exit_reason) => {
    const run = { ...fine, verdict: { passed: false, exit_reason, reasons: [] } }
    expect(nextBaseline(reading, run, { allowed: true, accept: ['*'] })).toEqual({
      state: 'kept',
      reason: `the run did not pass: ${exit_reason}`,
    })
  })

  test('with the case of a waived regression, while its other cases do', () => {
    const compared = compare([time('a', 150), time('gone', 1)], reading)
    const waived = { ...compared, cases: compared.cases.map(waivedUntilDecember) }
    const next = nextBaseline(reading, judgedRun(waived), allowed)
    expect(valuesOf(updated(next), 'a')).toEqual([100])
    expect(valuesOf(updated(next), 'gone')).toEqual([1, 1])
    expect(next).toMatchObject({ left_out: [{ id: 'a', reason: 'its regression is waived until 2026-12-31' }] })
    expect(valuesOf(updated(nextBaseline(reading, judgedRun(waived), { ...allowed, accept: ['a'] })), 'a')).toEqual([150])
  })

  test('that goes on by itself, as a history does', () => {
    const history: BaselineReading = { state: 'usable', baseline: { path: 'history', format: 'history', environments: [] }, findings: [] }
    expect(nextBaseline(history, fine, allowed)).toEqual({ state: 'kept', reason: expect.stringContaining('the history') })
  })

  test('when it regressed, even where regressions do not fail it', () => {
    const compared = compare([time('a', 150), time('gone', 1)], reading)
    for (const exit_reason of ['regression', 'ok'] as const) {
      expect(nextBaseline(reading, judgedRun(compared, { exit_reason }), allowed)).toMatchObject({
        state: 'kept',
        reason: expect.stringContaining('accepted: a'),
      })
    }
  })

  test('when the file that is there cannot be read', () => {
    const unusable: BaselineReading = { state: 'unusable', path: 'x', findings: [] }
    expect(nextBaseline(unusable, judgedRun(compare([time('a', 1)], unusable)), allowed).state).toBe('kept')
  })

  test('when nothing was measured', () => {
    expect(nextBaseline(absent, judgedRun(compare([failed('a')], absent)), allowed)).toEqual({
      state: 'kept',
      reason: 'nothing was measured',
    })
  })
})

test('a case of which requests failed adds nothing to the baseline', () => {
  const failing = measured('b', { p50_time_ms: 1, success_rate: 90 })
  const next = updated(nextBaseline(absent, judgedRun(compare([time('a', 2), failing], absent)), allowed))
  expect(Object.keys(next.environments[0]!.cases)).toEqual(['a'])
})

describe('what is accepted by name', () => {
  const reading = baselineOf({ a: { p50_time_ms: recorded(100) }, b: { p50_time_ms: recorded(1) }, gone: { p50_time_ms: recorded(1) } })
  const run = judgedRun(compare([time('a', 150), time('b', 1)], reading), { passed: false, exit_reason: 'regression' })

  test('a regression starts a new history, a removal ends one', () => {
    const next = updated(nextBaseline(reading, run, { allowed: true, accept: ['a', 'gone'] }))
    expect([valuesOf(next, 'a'), valuesOf(next, 'b'), valuesOf(next, 'gone')]).toEqual([[150], [1, 1], undefined])
  })

  test('* is all of them, and nothing else', () => {
    const next = updated(nextBaseline(reading, run, { allowed: true, accept: ['*'] }))
    expect([valuesOf(next, 'a'), valuesOf(next, 'b'), valuesOf(next, 'gone')]).toEqual([[150], [1, 1], undefined])
  })

  test('a part is not enough', () => {
    expect(nextBaseline(reading, run, { allowed: true, accept: ['a'] })).toMatchObject({
      state: 'kept',
      reason: expect.stringContaining('gone'),
    })
  })

  test('a filtered run removes nothing', () => {
    const filtered = judgedRun(compare([time('b', 1)], reading))
    const next = updated(nextBaseline(reading, filtered, { allowed: true, accept: ['*'], filtered: true }))
    expect(Object.keys(next.environments[0]!.cases)).toEqual(['a', 'b', 'gone'])
  })
})

describe('the file', () => {
  test('reads back as what was written, whatever names it holds', async () => {
    const path = join(folder, 'deep', 'er', 'baseline.json')
    const cases = { 'ø:x': time('ø:x', 1.5), constructor: time('constructor', 3), a: time('a', 2) }
    const next = updated(nextBaseline({ ...absent, path }, judgedRun(compare(Object.values(cases), absent)), allowed))
    await writeBaseline(path, next)
    const read = await readBaseline(path)
    if (read.state !== 'usable') throw new Error(JSON.stringify(read))
    expect(read.baseline).toEqual(next)
  })

  test('has sorted keys and one value a line: a further run changes one line a case', async () => {
    const path = join(folder, 'baseline.json')
    const reading = baselineOf({ b: { p50_time_ms: recorded(1) }, a: { p50_time_ms: recorded(100) } })
    const next = updated(nextBaseline(reading, judgedRun(compare([time('b', 1), time('a', 100)], reading)), allowed))
    await writeBaseline(path, next)
    const text = await readFile(path, 'utf8')
    expect(text.split('\n').slice(0, 9)).toEqual([
      '{',
      '  "schema": "vitest-perf/baseline/1",',
      '  "environments": {',
      '    "here": {',
      '      "cases": {',
      '        "a": {',
      '          "p50_time_ms": [',
      '            { "at": "2026-01-01T00:00:00.000Z", "commit": "c0", "value": 100 },',
      '            { "at": "2026-05-01T00:00:00.000Z", "commit": "abc1234", "value": 100 }',
    ])
    await writeBaseline(path, updated(nextBaseline(reading, judgedRun(compare([time('a', 100), time('b', 1)], reading)), allowed)))
    expect(await readFile(path, 'utf8')).toBe(text)
  })

  test('keeps how the times of the newest run lie, on one line a case, for the chart of a later run', async () => {
    const path = join(folder, 'times.json')
    const evenly = measured('a', { p50_time_ms: 60 }, { measurement: samples(Array.from({ length: 101 }, (_, at) => (10 + at) * 1e6)) })
    const first = updated(nextBaseline({ ...absent, path }, judgedRun(compare([evenly, time('b', 1)], absent)), allowed))
    await writeBaseline(path, first)
    expect(await readFile(path, 'utf8')).toMatch(/^ {8}"a": \[10, 11, 12, .*, 110\]$/m)
    const reading = await readBaseline(path)
    const [a, b] = compare([time('a', 60), time('b', 1)], reading).cases
    expect(a?.comparison?.base_quantiles_ms).toHaveLength(101)
    expect(b?.comparison?.base_quantiles_ms).toBeUndefined()
    const removed = nextBaseline(reading, judgedRun(compare([time('b', 1)], reading)), { ...allowed, accept: ['a'] })
    expect(updated(removed).environments[0]?.times ?? {}).toEqual({})
  })

  test('leaves no unfinished file behind, and the old one whole where it cannot be written', async () => {
    const path = join(folder, 'is-a-folder')
    await writeBaseline(path, { path, format: 'baseline', environments: [] })
    const before = await readFile(path, 'utf8')
    await expect(writeBaseline(join(path, 'baseline.json'), { path, format: 'baseline', environments: [] })).rejects.toMatchObject({
      code: 'RESULTS_UNWRITABLE',
    })
    expect(await readFile(path, 'utf8')).toBe(before)
    const names = await readdir(folder)
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('that many write at once is one of theirs, whole', async () => {
    const path = join(folder, 'shared.json')
    const one = (value: number) => updated(nextBaseline({ ...absent, path }, judgedRun(compare([time('a', value)], absent)), allowed))
    await Promise.all(Array.from({ length: 20 }, (_, i) => writeBaseline(path, one(i + 1))))
    expect(await readBaseline(path)).toMatchObject({ state: 'usable' })
  })
})

test('a process that is killed while it writes leaves the old file or the new one, never a part', async () => {
  const path = join(folder, 'killed.json')
  for (let i = 0; i < 4; i++) {
    const writer = fork(join(import.meta.dirname, 'write-for-ever.ts'), [path], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    await once(writer, 'message')
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    expect(await readBaseline(path)).toMatchObject({ state: 'usable' })
  }
})

test('ten good runs, each read back from disk, make a baseline that sees a regression of 10 %', async () => {
  const path = join(folder, 'story.json')
  await rm(path, { force: true })
  for (let i = 0; i < 10; i++) {
    const reading = await readBaseline(path)
    await writeBaseline(
      path,
      updated(nextBaseline(reading, judgedRun(compare([time('a', 100 + (i % 3))], reading), {}, environment), allowed)),
    )
  }
  const compared = compare([time('a', 111)], await readBaseline(path))
  expect(compared.cases[0]!.comparison).toMatchObject({ verdict: 'regressed', runs: 10 })
  expect(compare([time('a', 101)], await readBaseline(path)).cases[0]!.comparison).toMatchObject({ verdict: 'unchanged' })
})
