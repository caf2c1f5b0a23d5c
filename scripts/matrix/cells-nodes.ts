import type { Cell } from './cell.ts'
import { must, run } from './shell.ts'
import { expectMeasured, expectMetrics } from './expect-measured.ts'
import { ids, stranger } from './strangers.ts'
import { root } from './workshop.ts'

/** Parts of the paths of tests, as Vitest takes them: of each stage those that take seconds, and a run of a stranger's project from end to end. */
const quick = [
  'test/architecture',
  ...['author', 'gates', 'measure', 'model', 'worker'].map((name) => `test/${name}/`),
  ...['compare', 'read', 'store'].map((name) => `test/baseline/${name}`),
  ...['format', 'results', 'words', 'secrets'].map((name) => `test/report/${name}`),
  ...['approved', 'exporters', 'github', 'markdown', 'terminal'].map((name) => `test/reporters/${name}`),
  ...['arrivals', 'checks', 'cookie-jar', 'options', 'requests', 'response-parser', 'transport'].map((name) => `test/load/${name}`),
  ...['documents', 'server/start', 'temp-dir'].map((name) => `test/fixtures/${name}`),
  ...['run', 'help'].map((name) => `test/cli/${name}`),
  'test/e2e/first-run',
]

const parts = 'author, gates, measure, model and worker; a part of baseline, report, reporters, load, fixtures and cli; first-run of e2e'

/** Node runs TypeScript without a flag from 22.18 on; tests start processes from source. Users have the JavaScript of dist. */
const flags = (version: string): Record<string, string> =>
  version === '22.12' ? { NODE_OPTIONS: '--experimental-strip-types --disable-warning=ExperimentalWarning' } : {}

const suite = (version: string): Cell => ({
  what: `Node ${version}`,
  runs: ({ full }) => `a stranger's project; our own tests: ${full ? 'all' : parts}`,
  async try(shop, { full }) {
    const node = await shop.nodeOf(version)
    const { folder } = await shop.project(`node-${version}`, { files: stranger })
    await must(node, ['node_modules/vitest/vitest.mjs', 'bench', '--run'], { cwd: folder, node, log: shop.log })
    await expectMeasured(folder, ids)
    // Sampled from outside, and by the agent in the server.
    await expectMetrics(folder, 'closed', ['cpu_percent', 'memory_mb', 'heap_mb', 'event_loop_utilization'])
    const args = ['node_modules/vitest/vitest.mjs', 'run', ...(full ? ['--typecheck'] : quick)]
    const { code, output } = await run(node, args, { cwd: root, node, log: shop.log, minutes: 60, env: { ...flags(version), CI: 'true' } })
    const told = /Tests {2}(.*)/.exec(output)?.[1] ?? 'nothing was run'
    if (code !== 0) throw new Error(`${told}\n${[...output.matchAll(/^ FAIL .*/gm)].map(([line]) => line).join('\n')}`)
    return `${(await must(node, ['--version'], { cwd: root, node, log: shop.log })).trim()}: ${told.replace(/\s*\(\d+\)$/, '')}`
  },
})

export const nodes: Readonly<Record<string, Cell>> = {
  'node-22.12': suite('22.12'),
  'node-24': suite('24'),
  'node-26': suite('26'),
}
