// Files of projects that know nothing of this repository: a function, a server under each load model, a tracked number, a folder.

export const config = (more = ''): string => `import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'

export default defineConfig({
  plugins: [perf({ server: { command: 'node server.mjs', ready: '/health' }, reporters: ['junit'] })],
  test: { ${more} },
})
`

export const server = `import { createServer } from 'node:http'

createServer((request, response) => {
  response.setHeader('content-type', 'application/json').end('{"status":"ok"}')
}).listen(Number(process.env.PORT), '127.0.0.1')
`

const checked = `(response) => response.json().status === 'ok'`

/** The same in TypeScript and JavaScript. */
export const benches = `import { bench, describePerf } from 'vitest-perf'
import { tempDir, documents } from 'vitest-perf/fixtures'

const words = [...documents({ count: 50 })].map(({ title }) => title)

describePerf('stranger', { time: '150ms', warmup: '50ms' }, () => {
  bench('sort words', () => [...words].sort())
  bench.http('closed', { path: '/health' }, { connections: 2, check: ${checked} })
  bench.http('open', { path: '/health' }, { rate: 50, check: ${checked} })
  bench.track('folders', async () => {
    const folder = await tempDir()
    await folder.remove()
    return folder.path.length > 0 ? 1 : 0
  }, { unit: 'count' })
})
`

export const ids = ['sort_words', 'closed', 'open', 'folders'] as const

/** For a run of each case that needs no server. */
export const smallBench = (name: string): string => `import { bench } from 'vitest-perf'
bench('${name}', { time: '100ms', warmup: '20ms' }, () => Math.hypot(3, 4))
`

export const gates = JSON.stringify({
  gates: [{ name: 'All answers are good', metric: '*.success_rate', operator: 'GreaterThanOrEqual', threshold: 99, severity: 'Blocking' }],
  // There is no pdfmake in the project: the run says what to install, and passes.
  reporting: { pdf: true },
})

export const stranger: Readonly<Record<string, string>> = {
  'vitest.config.ts': config(),
  'server.mjs': server,
  'src/stranger.bench.ts': benches,
  'benchmark-config.json': gates,
}

/** What somebody writes against the types of every entry. */
export const consumer = `import { defineConfig } from 'vitest/config'
import { bench, describePerf, notApplicable, type MetricName, type SharedOptions } from 'vitest-perf'
import { database, documents, server, tempDir, type RunningServer } from 'vitest-perf/fixtures'
import { PerformanceBenchmarker, type BenchmarkReport, type Run } from 'vitest-perf/node'
import { defineSampler, perf, type PerfOptions } from 'vitest-perf/plugin'
import { exporters, markdownReporter, type Reporter } from 'vitest-perf/reporters'

const options: PerfOptions = { server: { command: 'node server.mjs', ready: '/health' }, reporters: ['junit', 'csv'] }
export default defineConfig({ plugins: [perf(options)] })

const shared: SharedOptions = { time: '1s' }
describePerf('typed', shared, () => {
  bench('sync', () => 1)
  bench('async', { warmup: '10ms' }, async () => 1)
  bench.compare('two', { a: () => 1, b: () => 2 })
  bench.scale('sizes', { over: [1, 10], setup: (n) => new Array<number>(n).fill(1) }, (list) => list.length)
  bench.http('search', { method: 'POST', path: '/search', body: { term: 'x' } }, {
    connections: 5,
    check: (response) => response.status === 200 && response.headers['content-type'] !== undefined,
  })
  bench.track('bytes', async ({ server }) => server.url.length, { unit: 'B' })
  bench.observe('idle', { duration: '1s' })
  // @ts-expect-error an option that there is not
  bench('wrong', { tiem: '1s' }, () => 1)
})

const own = bench.extend({
  index: async ({}, use: (index: Map<string, number>) => Promise<void>) => use(new Map()),
})
own('with a fixture', ({ index }) => index.get('a'))

export const metric: MetricName = 'p95_time_ms'
export const slowest = { file: 'slowest.txt', render: ({ run }) => String(run.cases.length) } satisfies Reporter
export const ours: readonly Reporter[] = [exporters.junit, markdownReporter({ maxBytes: 1000 })]
export const sampler = defineSampler
export const skip = (): never => notApplicable('not here')

export async function measure(signal: AbortSignal): Promise<Run> {
  const report: BenchmarkReport = await new PerformanceBenchmarker({ results: false }).runAllBenchmarks({ signal })
  // @ts-expect-error a report's verdict is read only
  report.verdict.passed = true
  return report.run
}
export async function fixtures(): Promise<RunningServer> {
  await using folder = await tempDir()
  await using store = await database()
  console.log(folder.path, store, [...documents({ count: 1 })])
  return server(options.server ?? { url: 'http://127.0.0.1:1' }, { root: '.' })
}
`
