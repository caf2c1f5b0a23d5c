import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'
import { configWith } from './guest.ts'

const track = (name: string, from: string) => `
import { bench } from 'vitest-perf'
import { value } from '${from}'
bench.track('${name}', () => value)
`
const text = (value: number) => `export const value = ${value}\n`

/** What the project builds is in no version: it says for which side it was built, and where the user's own folder is. */
const build = `
import { readFileSync, writeFileSync } from 'node:fs'
const { VITEST_PERF_SIDE: side, VITEST_PERF_PROJECT: own } = process.env
const number = Number(readFileSync('number.txt', 'utf8')) + Number(readFileSync(own + '/ignored.txt', 'utf8'))
writeFileSync('built.js', 'export const value = ' + number + ' // ' + side)
`

let project: Repository
let library: string
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y.z', '-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })

beforeAll(async () => {
  library = await mkdtemp(join(tmpdir(), 'vitest-perf-library-'))
  git(library, 'init', '-q', '-b', 'main')
  await writeFile(join(library, 'index.js'), text(100))
  git(library, 'add', '--all')
  git(library, 'commit', '-q', '-m', 'one')
  project = await repository({})
  git(project.folder, 'submodule', '--quiet', 'add', library, 'lib')
  await project.commit({
    '.gitignore': 'node_modules\nbenchmark-results\nbuilt.js\nignored.txt\nout.json\n',
    'submodule.bench.js': track('of the submodule', './lib/index.js'),
    'built.bench.js': track('built', './built.js'),
    'number.txt': '10',
    'build.mjs': build,
  })
  await project.git('tag', 'before')
  const inside = join(project.folder, 'lib')
  await project.write({ 'lib/index.js': text(200) })
  git(inside, 'commit', '-q', '-a', '-m', 'two')
  await project.commit({ 'number.txt': '20' })
  // Not committed in the submodule either.
  await project.write({ 'lib/index.js': text(300), 'ignored.txt': '5' })
}, 60_000)
afterAll(async () => {
  await project.remove()
  await rm(library, { recursive: true, force: true })
})

// oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
const against = async (args: readonly string[]): Promise<{ code: number | null; output: string; results: any }> => {
  const { code, output } = await project.against([...args, '--pairs', '1', '--json', 'out.json'])
  return { code, output, results: JSON.parse(await project.read('out.json').catch(() => '{}')).results }
}

describe('versions of a project', () => {
  it('have their submodules as they were, and as they stand, and what --setup makes of each', async () => {
    const { code, output, results } = await against(['before', '--setup', 'node build.mjs'])
    const close = (value: number) => expect.closeTo(value, 5)
    expect(results?.of_the_submodule.comparison, output).toMatchObject({ base: close(100), head: close(300) })
    expect(results.built.comparison).toMatchObject({ base: close(15), head: close(25) })
    expect(output).toContain('base: node build.mjs')
    expect(code, output).toBe(0)
  }, 120_000)

  it("both run base's benchmarks with --bench-from base", async () => {
    await project.write({ 'submodule.bench.js': track('renamed', './lib/index.js'), 'later.bench.js': track('later', './lib/index.js') })
    const { code, output, results } = await against(['before', 'submodule', 'later', '--bench-from', 'base'])
    expect(Object.keys(results ?? {}), output).toEqual(['of_the_submodule'])
    expect(results.of_the_submodule.comparison).toMatchObject({ base: expect.closeTo(100, 5), head: expect.closeTo(300, 5) })
    expect(code, output).toBe(0)
  }, 120_000)

  it('have a server each, alive at the same time', async () => {
    const server = (ms: number) => `
      import { createServer } from 'node:http'
      createServer((request, response) => setTimeout(() => response.end('ok'), ${ms})).listen(Number(process.env.PORT), '127.0.0.1')
    `
    await project.commit({
      'server.mjs': server(1),
      'served.bench.js': `
        import { bench } from 'vitest-perf'
        bench.http('answer', { path: '/' }, { connections: 1, duration: '300ms', warmup: '0ms' })
      `,
      'vitest.config.ts': configWith(`{ server: { command: 'exec node server.mjs' } }`),
    })
    await project.write({ 'server.mjs': server(400) })
    const { code, output, results } = await against(['HEAD', 'served'])
    const { base, head } = results.answer.comparison
    expect(head, output).toBeGreaterThanOrEqual(390)
    expect(base).toBeLessThan(head)
    expect(code, output).toBe(0)
  }, 120_000)

  it('say what was not built', async () => {
    const { code, output, results } = await against(['before', 'built'])
    expect(results, output).toEqual({})
    expect(output).toContain("built.bench.js: Cannot find module './built.js' imported from built.bench.js")
    expect(output).toContain('Files that git ignores are in neither version: make them with --setup.')
    expect(code, output).toBe(5)
  }, 120_000)

  it('leave nothing behind, in the submodule neither', async () => {
    expect(await project.left()).toEqual([])
    expect(await project.worktrees()).toEqual([])
    expect(git(join(project.folder, 'lib'), 'status', '--porcelain').trim()).toBe('M index.js')
    expect(git(join(project.folder, 'lib'), 'worktree', 'list').trim().split('\n')).toHaveLength(1)
  })
})
