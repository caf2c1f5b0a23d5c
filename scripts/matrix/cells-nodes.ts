import type { Cell } from './cell.ts'
import { must, run } from './shell.ts'
import { expectMeasured } from './expect-measured.ts'
import { ids, stranger } from './strangers.ts'
import { root } from './workshop.ts'

/** Folders and files of tests that take seconds each, and a few runs of strangers' projects from end to end. Parts of paths, as Vitest takes them. */
const quick = [
  'test/architecture',
  ...['author', 'baseline', 'cli', 'gates', 'measure', 'model', 'programmatic', 'report/', 'sampling', 'worker'].map(
    (name) => `test/${name}`,
  ),
  ...['approved', 'exporters', 'github', 'markdown', 'terminal', 'progress'].map((name) => `test/reporters/${name}`),
  ...['arrivals', 'checks', 'closed-loop', 'cookie-jar', 'https', 'open-loop', 'options', 'response-parser', 'transport'].map(
    (name) => `test/load/${name}`,
  ),
  ...['database', 'documents', 'server', 'temp-dir'].map((name) => `test/fixtures/${name}`),
  ...['first-run', 'http-gates', 'modifiers'].map((name) => `test/e2e/${name}`),
]

const parts =
  'author, baseline, cli, gates, measure, model, programmatic, report, sampling, worker; most of fixtures, load and reporters; first-run, http-gates and modifiers of e2e'

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
