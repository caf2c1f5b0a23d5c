import { execFileSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command } from '../cli/command-line.ts'
import { configWith, guest, type Guest } from './guest.ts'

const bench = `
import { bench } from 'vitest-perf'
bench('sum', { time: '50ms' }, () => { let s = 0; for (let i = 0; i < 1000; i++) s += i; return s })
`

/** Mounts a small file system of its own, which only root may; undefined where it may not. */
function mounted(path: string, options: string): (() => void) | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'ignore' })
    return () => void execFileSync('umount', ['-l', path])
  } catch {
    return undefined
  }
}

describe('results that cannot be kept', () => {
  let project: Guest
  beforeAll(async () => {
    project = await guest({
      'package.json': '{ "type": "module", "name": "stuck" }',
      'a.bench.ts': bench,
      'vitest.config.ts': configWith("{ results: 'kept' }"),
    })
    await mkdir(join(project.folder, 'kept'))
  }, 60_000)
  afterAll(() => project.remove())

  it('on a full disk fail the run with a remedy and leave no file half written', { timeout: 60_000 }, async ({ skip }) => {
    const unmount = mounted(join(project.folder, 'kept'), 'size=48k,mode=755')
    if (!unmount) return skip('not applicable: no file system can be mounted here')
    try {
      const run = await project.vitest(['bench', '--run'])
      expect(run.code).toBe(1)
      expect(run.output).toMatch(/ENOSPC[\s\S]*Check permissions and free space[\s\S]*\[RESULTS_UNWRITABLE\]/)
      expect(run.output).toMatch(/1 case measured/)
      const files = await readdir(join(project.folder, 'kept'), { recursive: true, withFileTypes: true })
      expect(files.filter(({ name }) => name.endsWith('.tmp') || name === 'latest' || name.endsWith('.html'))).toEqual([])
      for (const { name, parentPath } of files) {
        if (name.endsWith('.json')) JSON.parse(await readFile(join(parentPath, name), 'utf8'))
      }
      // The history is as whole as before.
      const history = await readFile(join(project.folder, 'kept/history.ndjson'), 'utf8').catch(() => '')
      for (const line of history.trim().split('\n').filter(Boolean)) JSON.parse(line)
    } finally {
      unmount()
    }
  })

  it('in a read-only folder fail the run with a remedy, and say what was measured', { timeout: 90_000 }, async ({ skip }) => {
    const folder = join(project.folder, 'kept')
    const isRoot = process.getuid?.() === 0
    const unmount = isRoot ? mounted(folder, 'ro,size=48k') : () => undefined
    if (!unmount) return skip('not applicable: root may write everywhere, and no file system can be mounted here')
    if (!isRoot) await chmod(folder, 0o555)
    try {
      const run = await project.vitest(['bench', '--run', '--shard=1/1'])
      expect(run.code).toBe(1)
      expect(run.output).toMatch(/The reports could not be written to .*kept[\s\S]*\[RESULTS_UNWRITABLE\]/)
      const elsewhere = await project.vitest(['bench', '--run', '--shard=1/1'], { VITEST_PERF_RESULTS: 'part' })
      expect(elsewhere.code).toBe(0)
      const merged = await command(project.folder, ['merge', 'part'])
      expect([merged.code, merged.err]).toEqual([5, expect.stringContaining('RESULTS_UNWRITABLE')])
    } finally {
      unmount()
      if (!isRoot) await chmod(folder, 0o755)
    }
  })
})

describe('two runs of one project at the same time', () => {
  it('keep a folder each, a line of history each, and both have their values in the baseline', { timeout: 120_000 }, async () => {
    const project = await guest({
      'package.json': '{ "type": "module", "name": "twice" }',
      // A value agrees with itself, however busy the machine is.
      'a.bench.ts': `import { bench } from 'vitest-perf'\nbench.track('size', () => 1234, { unit: 'B' })\n`,
      'vitest.config.ts': configWith('{ updateBaseline: true }'),
    })
    const runs = await Promise.all([1, 2].map(() => project.vitest(['bench', '--run'])))
    expect(runs.map(({ code }) => code)).toEqual([0, 0])
    const names = await readdir(join(project.folder, 'benchmark-results'))
    const folders = names.filter((name) => /^\d{8}_/.test(name))
    expect(folders).toHaveLength(2)
    for (const name of folders) JSON.parse(await project.read(`benchmark-results/${name}/benchmark_results.json`))
    const lines = (await project.read('benchmark-results/history.ndjson')).trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { schema: string }).schema)).toEqual(['vitest-perf/history/1', 'vitest-perf/history/1'])
    const baseline = JSON.parse(await project.read('benchmark-results/baseline.json')) as {
      environments: Record<string, { cases: Record<string, Record<string, unknown[]>> }>
    }
    expect(baseline).toMatchObject({ schema: 'vitest-perf/baseline/1' })
    const [machine] = Object.values(baseline.environments)
    expect(machine?.cases['size']?.['value']).toHaveLength(2)
    expect(names.filter((name) => name.includes('.lock'))).toEqual([])
    await project.remove()
  })
})
