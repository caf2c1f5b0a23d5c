import type { Cell } from './cell.ts'
import { expectMeasured } from './expect-measured.ts'
import { config, ids, server, smallBench, stranger } from './strangers.ts'
import { type Installer, versionHere, type Workshop } from './workshop.ts'

const reports = ['benchmark_results.json', 'benchmark_report.html', 'benchmark_summary.md', 'junit.xml']

/** The same project by each package manager: `vitest bench`, then our command line. */
async function strangersProject(shop: Workshop, installer: Installer): Promise<string> {
  // Vitest has Vite as a peer, which npm and pnpm install by themselves and yarn does not.
  const packages = installer === 'yarn' ? { vite: versionHere('vite') } : {}
  const { folder, exec, by } = await shop.project(installer, { files: stranger, installer, packages })
  await exec('vitest', ['bench', '--run'])
  await expectMeasured(folder, ids, reports)
  const told = await exec('vitest-perf', ['ci', '-c', 'benchmark-config.json'])
  await expectMeasured(folder, ids, reports)
  // PDF is asked for, and pdfmake is not there.
  if (!told.includes('npm i -D pdfmake')) throw new Error(`nobody said what to install for PDF:\n${told.slice(-2000)}`)
  await exec('vitest-perf', ['report', 'benchmark-results/latest', '-f', 'html', '-o', 'report.html'])
  await exec('vitest-perf', ['doctor'])
  return `${by}, Vitest ${versionHere('vitest')}`
}

const layout = (installer: Installer, what: string): Cell => ({
  what,
  runs: () => "a stranger's project: `vitest bench`, `vitest-perf ci`, `report`, `doctor`",
  try: (shop) => strangersProject(shop, installer),
})

const javascript: Cell = {
  what: 'Plain JavaScript',
  runs: () => 'the same without TypeScript, in a package without `"type": "module"`',
  async try(shop) {
    const { 'vitest.config.ts': settings = '', 'src/stranger.bench.ts': benches = '', ...others } = stranger
    const files = { ...others, 'vitest.config.mjs': settings, 'src/stranger.bench.js': benches }
    const { folder, exec } = await shop.project('javascript', { files, manifest: { type: 'commonjs' } })
    await exec('vitest', ['bench', '--run'])
    await expectMeasured(folder, ids, reports)
    return `Vitest ${versionHere('vitest')}`
  },
}

const monorepo: Cell = {
  what: 'A monorepo with several Vitest projects',
  runs: () => 'packages with a config of their own, an inline project and one that extends the root; all, and one by `--project`',
  async try(shop) {
    const { folder, exec } = await shop.project('monorepo', {
      files: {
        'vitest.config.ts': config(`projects: [
    'packages/*',
    { extends: true, test: { name: 'inline', root: 'inline', benchmark: { include: ['**/*.bench.ts'] } } },
  ]`),
        'server.mjs': server,
        'packages/api/package.json': '{ "name": "api", "type": "module" }',
        'packages/api/vitest.config.ts': config("name: 'api'"),
        'packages/api/src/api.bench.ts': `${smallBench('api call')}bench.http('api health', { path: '/health' }, { duration: '150ms', warmup: '50ms' })\n`,
        'packages/core/package.json': '{ "name": "core", "type": "module" }',
        'packages/core/vitest.config.ts': config("name: 'core'"),
        'packages/core/core.bench.ts': smallBench('core call'),
        'inline/inline.bench.ts': smallBench('inline call'),
      },
    })
    await exec('vitest', ['bench', '--run'])
    await expectMeasured(folder, ['api_call', 'api_health', 'core_call', 'inline_call'])
    await exec('vitest', ['bench', '--run', '--project', 'core*'])
    await expectMeasured(folder, ['core_call'])
    return `Vitest ${versionHere('vitest')}`
  },
}

export const layouts: Readonly<Record<string, Cell>> = {
  npm: layout('npm', 'npm'),
  pnpm: layout('pnpm', 'pnpm, its own strict layout'),
  yarn: layout('yarn', "yarn, Plug'n'Play"),
  monorepo,
  javascript,
}
