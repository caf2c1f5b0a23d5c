import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { configWith, guest, type Guest } from './guest.ts'

const two = `
import { bench, describePerf } from 'vitest-perf'
describePerf('sums', { time: '50ms', warmup: '10ms' }, () => {
  bench('small', () => { let s = 0; for (let i = 0; i < 100; i++) s += i; return s })
  bench('large', () => { let s = 0; for (let i = 0; i < 9000; i++) s += i; return s })
})
`
const other = two.replace(`'sums'`, `'others'`).replace(`'small'`, `'other small'`).replace(`'large'`, `'other large'`)

let project: Guest
afterEach(() => project.remove())
const measured = async () =>
  Object.entries<{ state: string }>((await project.results()).results)
    .filter(([, { state }]) => state === 'measured')
    .map(([id]) => id)
    .toSorted()

describe('what is measured', () => {
  it('follows file filters and -t, and what was left out is not missing', async () => {
    project = await guest({
      'a.bench.ts': two,
      'b.bench.ts': other,
      'benchmark-config.json': '{ "update_baseline_on_success": true, "fail_on_regression": false }',
    })
    expect((await project.vitest(['bench', '--run'])).code).toBe(0)
    expect(await measured()).toEqual(['large', 'other_large', 'other_small', 'small'])

    const byName = await project.vitest(['bench', '--run', '-t', 'small'])
    expect(byName.code).toBe(0)
    expect(await measured()).toEqual(['other_small', 'small'])

    const byFile = await project.vitest(['bench', '--run', 'b.bench'])
    expect(byFile.code).toBe(0)
    expect(await measured()).toEqual(['other_large', 'other_small'])
  }, 90_000)

  it('has each case once for each Vitest project that runs it, told apart by the project', async () => {
    project = await guest({
      'a.bench.ts': two,
      'b.test.ts': `import { test } from 'vitest'; test('plain', () => {})`,
      'vitest.config.ts': configWith('').replace(
        'plugins:',
        `test: { projects: [{ extends: true, test: { name: 'web' } }, { extends: true, test: { name: 'api' } }] }, plugins:`,
      ),
    })
    expect((await project.vitest(['bench', '--run'])).code).toBe(0)
    expect(await measured()).toEqual(['api:large', 'api:small', 'web:large', 'web:small'])
    expect((await project.vitest(['bench', '--run', '--project', 'web (bench)'])).code).toBe(0)
    expect(await measured()).toEqual(['large', 'small'])
  }, 90_000)

  it('is the last attempt where a case is tried again', async () => {
    project = await guest({
      'a.bench.ts': `
import { bench } from 'vitest-perf'
let attempt = 0
bench('flaky', { time: '50ms', retry: 2 }, () => { if (attempt < 2) { attempt++; throw new Error('attempt ' + attempt) } return [1].map((n) => n) })
bench.track('attempts', () => { if (++attempt < 5) throw new Error('again'); return attempt }, { retry: 3 })
`,
    })
    const run = await project.vitest(['bench', '--run'])
    expect(run.code).toBe(0)
    const { results } = await project.results()
    expect(results.flaky.state).toBe('measured')
    expect(results.attempts.metrics.value).toBe(5)
  }, 60_000)

  it('is measured anew when a file changes in watch mode', async () => {
    project = await guest({ 'a.bench.ts': two })
    const watching = project.start(['bench', '--watch'])
    const latest = () => readFile(join(project.folder, 'benchmark-results/latest/benchmark_results.json'), 'utf8').catch(() => '')
    await expect.poll(latest, { timeout: 45_000 }).toContain('"large"')
    await appendFile(join(project.folder, 'a.bench.ts'), `\nbench.track('added later', () => 7)\n`)
    await expect.poll(latest, { timeout: 45_000 }).toContain('"added_later"')
    const after = JSON.parse(await latest())
    expect(Object.keys(after.results).toSorted()).toEqual(['added_later', 'large', 'small'])
    watching.kill('SIGKILL')
    await watching.finished
  }, 120_000)
})
