import { inGuestProject } from './guest-project.ts'

const rounds = 7

// The measuring itself is as long with and without the plugin: 0.1 s of sampling and no warm-up.
const bench = `
import { test } from 'vitest'
test('trivial', async ({ bench }) => { await bench('trivial', () => 1 + 1).run({ time: 100, iterations: 1, warmup: false }) })
`
const withPlugin = `
import { perf } from 'vitest-perf/plugin'
export default { plugins: [perf()] }
`
const files = { 'trivial.bench.js': bench, 'plain.config.js': 'export default {}', 'perf.config.js': withPlugin }

/** Milliseconds that the plugin adds to `vitest bench` on one trivial native case: median of runs in turns. */
export function pluginOverhead(): Promise<number> {
  return inGuestProject(files, async (project) => {
    const run = (config: string): Promise<number> => project.bench('--config', config)
    const differences: number[] = []
    await run('perf.config.js')
    for (let round = 0; round < rounds; round++) {
      const first = await run(round % 2 ? 'perf.config.js' : 'plain.config.js')
      const second = await run(round % 2 ? 'plain.config.js' : 'perf.config.js')
      differences.push(round % 2 ? first - second : second - first)
    }
    return differences.sort((a, b) => a - b)[rounds >> 1] ?? Number.NaN
  })
}

if (process.argv[1] === import.meta.filename) console.log(`${(await pluginOverhead()).toFixed(0)} ms`)
