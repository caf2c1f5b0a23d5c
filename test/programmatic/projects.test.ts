import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, guest, type Guest } from '../e2e/guest.ts'
import { program } from './programs.ts'

const quick = (name: string) => `bench('${name}', { time: '20ms', memory: false }, () => Math.random())\n`
const benches = (name: string) => `import { bench } from 'vitest-perf'\n${quick(`${name} one`)}${quick(`${name} two`)}`

describe('PerformanceBenchmarker where Vitest has projects', () => {
  let project: Guest
  beforeAll(async () => {
    project = await guest({
      // A project of its own folder has plugins of its own; the other one has those of the root.
      'vitest.config.ts': configWith('').replace(
        'plugins:',
        `test: { projects: ['packages/core', { extends: true, test: { name: 'web', root: 'packages/web' } }] }, plugins:`,
      ),
      'packages/core/package.json': '{ "name": "core", "type": "module" }',
      'packages/core/vitest.config.ts': configWith(''),
      'packages/core/core.bench.ts': benches('core'),
      'packages/web/web.bench.ts': benches('web'),
    })
  })
  afterAll(() => project.remove())

  it('tells its progress, each event once', async () => {
    const result = await program(
      project,
      `
      import { PerformanceBenchmarker } from 'vitest-perf/node'
      const told = []
      const report = await new PerformanceBenchmarker({ results: false, onProgress: (one) => told.push(one) }).runAllBenchmarks()
      console.log(JSON.stringify({
        types: told.map(({ type }) => type), files: told[0].files?.length,
        names: told.flatMap(({ name }) => name ?? []).sort(), last: told.findLast(({ type }) => type === 'case'),
        measured: report.run.cases.length,
      }))
      `,
    )
    expect(result).toEqual({
      types: ['started', 'case', 'case', 'case', 'case', 'finished'],
      files: 2,
      names: ['core one', 'core two', 'web one', 'web two'],
      last: expect.objectContaining({ state: 'passed', finished: 4, known: 4 }) as unknown,
      measured: 4,
    })
  }, 120_000)

  it('ends a run whose signal is aborted, and keeps what was measured', async () => {
    await project.write({
      'packages/web/web.bench.ts': `${benches('web')}bench('long', { time: '60s', memory: false }, () => Math.random())\n`,
    })
    const result = await program(
      project,
      `
      import { PerformanceBenchmarker } from 'vitest-perf/node'
      const controller = new AbortController()
      const { verdict, run } = await new PerformanceBenchmarker({ results: false }).runAllBenchmarks({
        files: ['web'], signal: controller.signal,
        onProgress: ({ name }) => { if (name === 'web two') setTimeout(() => controller.abort(), 300) },
      })
      const atOnce = new AbortController()
      const early = await new PerformanceBenchmarker({ results: false }).runAllBenchmarks({
        files: ['web'], signal: atOnce.signal, onProgress: ({ type }) => { if (type === 'started') atOnce.abort() },
      })
      console.log(JSON.stringify({
        reason: verdict.exit_reason, measured: run.cases.filter(({ state }) => state === 'measured').map(({ identity }) => identity.name),
        early: early.verdict.exit_reason,
      }))
      `,
    )
    expect(result).toEqual({
      reason: 'interrupted',
      measured: expect.arrayContaining(['web one', 'web two']) as unknown,
      early: 'interrupted',
    })
  }, 120_000)
})
