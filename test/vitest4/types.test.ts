import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { configWith, guest } from '../e2e/guest.ts'
import { notHere, vitest4 } from './installed.ts'

const bench = `
import { bench, describePerf, type PerfFixtures } from 'vitest-perf'
import { tempDir } from 'vitest-perf/fixtures'
import { inject } from 'vitest'

describePerf('typed', { time: '1s' }, () => {
  bench('context', ({ task, server, signal }) => [task.name.length, server.url.length, signal.aborted] satisfies [number, number, boolean])
  bench.http('load', { path: '/' }, { connections: 3, check: (response) => response.json().ok === true })
  bench.scale('sizes', { over: [1, 2], setup: (n) => [n] }, (all) => all.length)
  bench.extend({ n: 5 })('fixtures', async ({ n }) => n.toFixed(1) + (await tempDir()).path)
  // @ts-expect-error there is no such option
  bench('misspelt', { tiem: '1s' }, () => 1)
  // @ts-expect-error there is no such fixture
  bench('unknown', ({ serber }) => serber)
  // @ts-expect-error a followed figure is a number
  bench.track('text', () => 'five')
})

export const root: string | undefined = inject('vitestPerf')?.root
export type Server = PerfFixtures['server']
`

const program = `
import { PerformanceBenchmarker } from 'vitest-perf/node'
const { verdict } = await new PerformanceBenchmarker({ vitest: { project: 'one' } }).runAllBenchmarks()
export const passed: boolean = verdict.passed
`

const tsconfig = {
  compilerOptions: {
    target: 'ES2024',
    lib: ['ES2024', 'ESNext.Disposable'],
    module: 'NodeNext',
    types: ['node'],
    strict: true,
    noEmit: true,
    // Our own declarations are read as well, and those of Vitest 4.
    skipLibCheck: false,
  },
  include: ['*.ts'],
}

it('a project of Vitest 4.1 has the same types, those of our declarations included', async ({ skip }) => {
  const modules = await vitest4()
  if (!modules) skip(notHere)
  const project = await guest(
    {
      'a.bench.ts': bench,
      'program.ts': program,
      'tsconfig.json': JSON.stringify(tsconfig),
      'vitest.config.ts': configWith(`{ server: { command: 'node server.js', ready: '/' }, samplers: [] }`),
    },
    modules,
  )
  const compiler = join(project.folder, 'node_modules/typescript/bin/tsc')
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', '.'], { cwd: project.folder }).catch(
    (error: { stdout: string }) => error,
  )
  await project.remove()
  expect(stdout).toBe('')
}, 200_000)
