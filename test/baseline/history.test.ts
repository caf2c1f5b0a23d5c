import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { appendFile, chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addMergeByUnion, mergeByUnion } from '../../src/baseline/history-git.ts'
import { historyLine, parseHistoryLine } from '../../src/baseline/history-line.ts'
import { readHistory } from '../../src/baseline/history-read.ts'
import type { HistoryRun } from '../../src/baseline/history-run.ts'
import { appendHistory } from '../../src/baseline/history-store.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'))
  path = join(folder, 'history.ndjson')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function run(name: string, day: number, values: Record<string, number> = { search: 1 }, more: Partial<HistoryRun> = {}): HistoryRun {
  return {
    run: name,
    at: new Date(Date.UTC(2026, 0, day)).toISOString(),
    commit: `c${day}`,
    branch: 'main',
    fingerprint: 'f1',
    machine: 'a machine',
    values: Object.entries(values).map(([id, value]) => ({ case: id, metric: 'p50_time_ms', value, unit: 'ms', better: 'lower' })),
    ...more,
  }
}

async function append(...runs: HistoryRun[]): Promise<void> {
  for (const one of runs) await appendHistory(path, one)
}

const names = async (): Promise<string[]> => (await readHistory(path)).machines.flatMap(({ runs }) => runs.map((one) => one.run))

describe('a history', () => {
  test('is empty where there is no file', async () => {
    expect(await readHistory(path)).toEqual({ machines: [], skipped_lines: 0, duplicates: 0 })
  })

  test('has one line a run, in folders that are made when needed', async () => {
    path = join(folder, 'benchmark-results', 'history.ndjson')
    await append(run('a', 1, { search: 1.5, parse: 2 }), run('b', 2, { search: 1.25, parse: 3 }, { release: 'v1.0.0' }))
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3)
    const { machines } = await readHistory(path)
    expect(machines).toEqual([
      {
        fingerprint: 'f1',
        machine: 'a machine',
        runs: [
          { run: 'a', at: '2026-01-01T00:00:00.000Z', commit: 'c1', branch: 'main', fingerprint: 'f1', machine: 'a machine' },
          {
            run: 'b',
            at: '2026-01-02T00:00:00.000Z',
            commit: 'c2',
            branch: 'main',
            fingerprint: 'f1',
            machine: 'a machine',
            release: 'v1.0.0',
          },
        ],
        series: [
          { case: 'parse', metric: 'p50_time_ms', unit: 'ms', better: 'lower', from: 0, values: [2, 3] },
          { case: 'search', metric: 'p50_time_ms', unit: 'ms', better: 'lower', from: 0, values: [1.5, 1.25] },
        ],
      },
    ])
  })

  test('shows where a case was not measured, and begins where it first was', async () => {
    await append(run('a', 1, { old: 1 }), run('b', 2, { old: 2, fresh: 5 }), run('c', 3, { fresh: 6 }), run('d', 4, { old: 3, fresh: 7 }))
    const [machine] = (await readHistory(path)).machines
    expect(machine?.series).toMatchObject([
      { case: 'old', from: 0, values: [1, 2, Number.NaN, 3] },
      { case: 'fresh', from: 1, values: [5, 6, 7] },
    ])
  })

  test('keeps machines apart and names them, the one used last first', async () => {
    const other = { fingerprint: 'f2', machine: 'another machine' }
    await append(run('a', 1), run('b', 5, { search: 9 }, other), run('c', 3))
    const { machines } = await readHistory(path)
    expect(machines.map(({ machine, runs }) => [machine, runs.map((one) => one.run)])).toEqual([
      ['another machine', ['b']],
      ['a machine', ['a', 'c']],
    ])
    const own = await readHistory(path, { fingerprint: 'f1' })
    expect(own.machines).toHaveLength(1)
    expect(own.others).toEqual([{ ...other, runs: 1, newest: '2026-01-05T00:00:00.000Z' }])
  })

  test('can be read up to a time', async () => {
    await append(run('a', 1), run('b', 2), run('c', 3))
    const { machines } = await readHistory(path, { until: '2026-01-02T00:00:00.000Z' })
    expect(machines[0]?.runs.map((one) => one.run)).toEqual(['a', 'b'])
  })

  test('can be read for one branch and some metrics', async () => {
    const runs = [run('a', 1), run('b', 2, { search: 2 }, { branch: 'feature' }), run('c', 3, { search: 2 }, { branch: null })]
    await append(...runs, run('d', 4, { search: 2 }, { branch: 'feature' }))
    const namesOf = async (options: Parameters<typeof readHistory>[1]) =>
      (await readHistory(path, options)).machines[0]?.runs.map((one) => one.run)
    expect(await namesOf({ branch: 'main' })).toEqual(['a', 'c'])
    expect(await namesOf({ branch: 'main', besides: ['d'] })).toEqual(['a', 'c', 'd'])
    expect((await readHistory(path, { metrics: ['p95_time_ms'] })).machines[0]?.series).toEqual([])
  })

  test('is read in its newest runs where no more are wanted, whatever their order in the file, of each machine', async () => {
    const other = { fingerprint: 'f2', machine: 'another machine' }
    await append(run('d', 4, { search: 4 }), run('a', 1), run('c', 3, { search: 3 }), run('x', 1, { search: 9 }, other), run('b', 2))
    const { machines } = await readHistory(path, { newest: 2 })
    expect(machines.map(({ runs }) => runs.map((one) => one.run))).toEqual([['c', 'd'], ['x']])
    expect(machines[0]?.series[0]).toMatchObject({ from: 0, values: [3, 4] })
  })

  test('is read where another program put the figures of a line before its head, and by its bytes where names have many', async () => {
    const { values: _, ...head } = JSON.parse(historyLine(run('a', 1, { größe: 1, 漢字: 2 })))
    const turned = JSON.stringify({ columns: head.columns, padding: 'ø'.repeat(5000), ...head, machine: 'ünïcode' })
    await writeFile(path, `${historyLine(run('b', 2, { größe: 3 }))}${turned}\r\n${historyLine(run('c', 3, { größe: 4 }))}`)
    expect(await names()).toEqual(['a', 'b', 'c'])
    const [machine] = (await readHistory(path)).machines
    expect(machine?.series.find((one) => one.case === 'größe')?.values).toEqual([1, 3, 4])
  })

  test('keeps values to six digits, and drops one that is no number rather than the run', async () => {
    expect(parseHistoryLine(historyLine(run('a', 1, { a: 1 / 3, b: Number.NaN, c: Number.POSITIVE_INFINITY })))?.columns).toEqual([
      { metric: 'p50_time_ms', unit: 'ms', better: 'lower', ids: 'a', values: [0.333333] },
    ])
  })
})

describe('a damaged history', () => {
  test('loses a torn last line only, and the next run starts on a line of its own', async () => {
    await append(run('a', 1), run('b', 2))
    await appendFile(path, historyLine(run('c', 3)).slice(0, 50))
    expect(await readHistory(path)).toMatchObject({ skipped_lines: 1 })
    await append(run('d', 4))
    expect(await names()).toEqual(['a', 'b', 'd'])
    expect(await readHistory(path)).toMatchObject({ skipped_lines: 1 })
  })

  test('loses one torn line in the middle, conflict markers and lines of other programs, and counts them', async () => {
    const lines = [run('a', 1), run('b', 2), run('c', 3)].map(historyLine)
    const bad = [lines[1]!.slice(0, 80), '<<<<<<< HEAD', '{"schema":"something/1"}', '[]', 'null', '"text"'].join('\n')
    await writeFile(path, `${lines[0]}${bad}\n\n\r\n${lines[2]}`)
    expect(await readHistory(path)).toMatchObject({ skipped_lines: 6 })
    expect(await names()).toEqual(['a', 'c'])
  })

  test.each([
    ['a value that is a text', (line: string) => line.replace('[1]', '["1"]')],
    ['fewer ids than values', (line: string) => line.replace('[1]', '[1,2]')],
    ['a time that is none', (line: string) => line.replace('2026-01-01T00:00:00.000Z', 'yesterday')],
    ['a direction that is none', (line: string) => line.replace('"lower"', '"sideways"')],
    ['no fingerprint', (line: string) => line.replace('"fingerprint"', '"footprint"')],
    ['columns that are none', (line: string) => line.replace('"columns":[{', '"columns":[3,{')],
  ])('does not believe a line with %s', async (_, spoil) => {
    const whole = historyLine(run('a', 1))
    expect(spoil(whole)).not.toBe(whole)
    await writeFile(path, spoil(whole) + historyLine(run('b', 2)))
    expect(await readHistory(path)).toMatchObject({ skipped_lines: 1 })
    expect(await names()).toEqual(['b'])
  })

  test('survives being cut anywhere', async () => {
    const whole = [run('a', 1, { größe: 1 }), run('b', 2, { größe: 2 })].map(historyLine).join('')
    const bytes = Buffer.from(whole)
    for (let cut = 0; cut < bytes.length; cut += 7) {
      await writeFile(path, bytes.subarray(0, cut))
      const { machines, skipped_lines } = await readHistory(path)
      const whole = bytes.subarray(0, cut).filter((byte) => byte === 10).length
      expect(machines[0]?.runs.length ?? 0).toBeGreaterThanOrEqual(whole)
      expect(skipped_lines).toBeLessThanOrEqual(1)
    }
  })

  test('that is a folder is an error with the reason, not an empty history', async () => {
    await mkdir(path)
    await expect(readHistory(path)).rejects.toMatchObject({ code: 'RESULTS_UNREADABLE' })
  })
})

describe('writing', () => {
  test('by four processes at once interleaves nothing', { timeout: 60_000 }, async () => {
    const script = join(import.meta.dirname, 'append-often.ts')
    const writers = ['w', 'x', 'y', 'z'].map((name) => spawn(process.execPath, [script, path, name, '25'], { stdio: 'inherit' }))
    const codes = await Promise.all(writers.map((writer) => once(writer, 'exit').then(([code]) => code as number)))
    expect(codes).toEqual([0, 0, 0, 0])
    const { machines, skipped_lines, duplicates } = await readHistory(path)
    expect({ skipped_lines, duplicates, runs: machines[0]?.runs.length }).toEqual({ skipped_lines: 0, duplicates: 0, runs: 100 })
    expect(machines[0]?.series).toHaveLength(3000)
  })

  test('where a file stands in the way of the folder is an error that says so', async () => {
    await writeFile(join(folder, 'results'), '')
    const blocked = join(folder, 'results', 'history.ndjson')
    await expect(appendHistory(blocked, run('a', 1))).rejects.toMatchObject({
      code: 'RESULTS_UNWRITABLE',
      message: expect.stringContaining(blocked) as string,
    })
  })

  test.skipIf(process.getuid?.() === 0)('into a read-only folder is an error that says so', async () => {
    await chmod(folder, 0o555)
    await expect(appendHistory(path, run('a', 1))).rejects.toMatchObject({ code: 'RESULTS_UNWRITABLE' })
    await chmod(folder, 0o755)
  })
})

describe('in git', () => {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })

  test('two branches that both added runs merge without a conflict, in any order of time', async () => {
    git('init', '-q', '-b', 'main')
    expect(await addMergeByUnion(folder, 'history.ndjson')).toBe(true)
    await append(run('a', 1))
    git('add', '.')
    git('commit', '-q', '-m', 'one')
    git('checkout', '-q', '-b', 'feature')
    await append(run('b', 2, { search: 2 }), run('e', 5, { search: 5 }))
    git('commit', '-q', '-a', '-m', 'two')
    git('checkout', '-q', 'main')
    await append(run('c', 3, { search: 3, parse: 30 }), run('d', 4, { search: 4 }))
    git('commit', '-q', '-a', '-m', 'three')
    git('merge', '-q', '--no-edit', 'feature')
    const { machines, skipped_lines } = await readHistory(path)
    expect(skipped_lines).toBe(0)
    expect(machines[0]?.runs.map((one) => one.run)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(machines[0]?.series).toMatchObject([
      { case: 'search', from: 0, values: [1, 2, 3, 4, 5] },
      { case: 'parse', from: 2, values: [30] },
    ])
  })

  test('a run that both branches have counts once', async () => {
    await append(run('a', 1), run('a', 1), run('b', 2))
    expect(await readHistory(path)).toMatchObject({ duplicates: 1 })
    expect(await names()).toEqual(['a', 'b'])
  })

  test('the line for .gitattributes is added once, after what is there, and git reads it', async () => {
    writeFileSync(join(folder, '.gitattributes'), '*.png binary')
    expect(await addMergeByUnion(folder, 'my results/history.ndjson')).toBe(true)
    expect(await addMergeByUnion(folder, 'my results/history.ndjson')).toBe(false)
    expect(readFileSync(join(folder, '.gitattributes'), 'utf8')).toBe(`*.png binary\n${mergeByUnion('my results/history.ndjson')}\n`)
    git('init', '-q')
    expect(git('check-attr', 'merge', 'my results/history.ndjson')).toContain('merge: union')
  })
})
