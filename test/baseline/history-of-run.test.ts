import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compareWithBaseline } from '../../src/baseline/compare.ts'
import { baselineOfHistory } from '../../src/baseline/history-baseline.ts'
import { historyOfRun } from '../../src/baseline/history-of-run.ts'
import { readHistory } from '../../src/baseline/history-read.ts'
import { appendHistory } from '../../src/baseline/history-store.ts'
import type { Run } from '../../src/model/run.ts'
import { measured, unrun } from '../gates/make-case.ts'
import { absent, environment, judgedRun } from './make-run.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'))
  path = join(folder, 'history.ndjson')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const options = { threshold_percent: 5, fingerprint: environment.fingerprint }

function runOf(day: number, p50_time_ms: number, commit = `commit${day}`): Run {
  const cases = [measured('search', { p50_time_ms, p95_time_ms: 2 * p50_time_ms, success_rate: 100 }), unrun('skipped', 'later')]
  const compared = compareWithBaseline(cases, absent, options)
  return { ...judgedRun(compared, {}, { commit }), started_at: Date.UTC(2026, 0, day) }
}

describe('what is kept of a run', () => {
  test('is its headline figure and few others, with units, and nothing for what did not run', () => {
    const kept = historyOfRun(runOf(1, 100), { release: 'v1.0.0' })
    expect(kept).toMatchObject({
      at: '2026-01-01T00:00:00.000Z',
      commit: 'commit1',
      branch: 'main',
      fingerprint: 'here',
      release: 'v1.0.0',
    })
    expect(kept.machine).toBe('Example CPU, 4 cores, x64, linux 6.1, Node 24.1.0')
    expect(kept.values).toEqual([
      { case: 'search', metric: 'p50_time_ms', value: 100, unit: 'ms', better: 'lower' },
      { case: 'search', metric: 'p95_time_ms', value: 200, unit: 'ms', better: 'lower' },
    ])
  })

  test('has a name of its own for each time and commit', () => {
    expect(historyOfRun(runOf(1, 100)).run).toBe('20260101_000000_commit1')
    expect(historyOfRun(runOf(1, 100, 'other')).run).not.toBe(historyOfRun(runOf(1, 100)).run)
  })
})

describe('a run against its history', () => {
  async function historyOf(...medians: number[]) {
    for (const [day, median] of medians.entries()) await appendHistory(path, historyOfRun(runOf(day + 1, median)))
    return readHistory(path)
  }
  const wobble = (base: number, count: number): number[] => Array.from({ length: count }, (_, run) => base * (1 + 0.004 * ((run % 5) - 2)))
  const verdictOf = (median: number, baseline: ReturnType<typeof baselineOfHistory>) =>
    compareWithBaseline([measured('search', { p50_time_ms: median })], { state: 'usable', baseline, findings: [] }, options).cases[0]
      ?.comparison

  test('is judged by the prediction interval of its earlier runs', async () => {
    const baseline = baselineOfHistory(await historyOf(...wobble(100, 20)), path)
    expect(verdictOf(100, baseline)).toMatchObject({ verdict: 'unchanged', metric: 'p50_time_ms', runs: 20 })
    expect(verdictOf(112, baseline)).toMatchObject({ verdict: 'regressed' })
    expect(verdictOf(85, baseline)).toMatchObject({ verdict: 'improved' })
  })

  test('is held against the runs since the last change only', async () => {
    const baseline = baselineOfHistory(await historyOf(...wobble(100, 25), ...wobble(140, 15)), path)
    expect(verdictOf(140, baseline)).toMatchObject({ verdict: 'unchanged', runs: 15 })
    expect(verdictOf(100, baseline)).toMatchObject({ verdict: 'improved' })
  })

  test('of another machine is not judged', async () => {
    const baseline = baselineOfHistory(await historyOf(...wobble(100, 20)), path)
    const cases = [measured('search', { p50_time_ms: 200 })]
    const compared = compareWithBaseline(cases, { state: 'usable', baseline, findings: [] }, { ...options, fingerprint: 'elsewhere' })
    expect(compared.cases[0]?.comparison?.verdict).toBe('inconclusive')
  })
})
