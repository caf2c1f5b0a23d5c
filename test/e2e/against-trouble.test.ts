import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'
import { guest } from './guest.ts'

const bench = `
import { bench } from 'vitest-perf'
import { work } from './work.js'
bench('a case', () => work())
`
const work = `export const work = () => { let s = 0; for (let i = 0; i < 20000; i++) s += Math.sqrt(i); return s }`

let project: Repository
beforeAll(async () => {
  project = await repository({})
  await project.commit({ 'work.js': work, 'a.bench.js': bench })
})
afterAll(() => project.remove())

const nothingIsLeft = async () => {
  expect(await project.left()).toEqual([])
  expect(await project.worktrees()).toEqual([])
}

describe('what cannot be compared is said, with an exit code of its own', () => {
  it('an unknown revision', async () => {
    const { code, output } = await project.against(['no-such-branch'])
    expect(code).toBe(64)
    expect(output).toContain('"no-such-branch" is no revision of')
    expect(output).toContain('AGAINST_REF_UNKNOWN')
    await nothingIsLeft()
  }, 240_000)

  it('a revision that git would take for an option', async () => {
    const { code, output } = await project.against(['--', '--all'])
    expect(code).toBe(64)
    expect(output).toContain('AGAINST_REF_UNKNOWN')
  }, 240_000)

  it('a folder that is in no git repository', async () => {
    const plain = await guest({ 'a.bench.js': bench, 'work.js': work })
    const { code, output } = await project.against(['main'], {
      cwd: plain.folder,
      env: { GIT_CEILING_DIRECTORIES: join(plain.folder, '..') },
    })
    expect(code).toBe(64)
    expect(output).toContain('is not in a git repository')
    await plain.remove()
  }, 240_000)

  it('a project without a benchmark', async () => {
    const { code, output } = await project.against(['HEAD', 'no-such-file'])
    expect(code).toBe(5)
    expect(output).toContain('NO_BENCHES')
  }, 240_000)

  it('a version that does not build: its output is shown', async () => {
    await project.commit({ 'build.js': `console.log('half way'); console.error('the build is broken'); process.exit(3)` })
    await project.git('tag', 'broken')
    await project.commit({ 'build.js': '' })
    const { code, output } = await project.against(['broken', '--setup', 'node build.js'])
    expect(code).toBe(5)
    expect(output).toContain('"node build.js" failed in base (exit code 3)')
    expect(output).toContain('the build is broken')
    await nothingIsLeft()
  }, 240_000)

  it('dependencies that cannot be installed', async () => {
    const lock = { name: 'x', lockfileVersion: 3, packages: { '': { dependencies: { 'left-out': 'file:./nowhere.tgz' } } } }
    await project.commit({
      'package-lock.json': JSON.stringify(lock),
      'package.json': '{ "type": "module", "dependencies": { "left-out": "file:./nowhere.tgz" } }',
    })
    await project.git('tag', 'uninstallable')
    await project.git('rm', '-q', 'package-lock.json')
    await project.commit({ 'package.json': '{ "type": "module" }' })
    const { code, output } = await project.against(['uninstallable'])
    expect(code).toBe(5)
    expect(output).toContain('"npm ci --no-audit --no-fund" failed in base')
    await nothingIsLeft()
  }, 240_000)

  it('a temporary folder that cannot be written', async () => {
    await writeFile(join(project.temporary, 'file'), '')
    const { code, output } = await project.against(['HEAD'], { env: { TMPDIR: join(project.temporary, 'file') } })
    expect(code).toBe(5)
    expect(output).toContain('AGAINST_WORKSPACE')
  }, 240_000)
})

describe('a benchmark file that fails in base only', () => {
  it('counts as new, says why, and fails nothing', async () => {
    await project.commit({ 'late.js': work, 'late.bench.js': bench.replace('./work.js', './late.js').replace('a case', 'late case') })
    const { code, output } = await project.against(['HEAD~1', 'late', '--json', 'late.json'])
    const { results } = JSON.parse(await project.read('late.json'))
    expect(results.late_case).toMatchObject({ state: 'measured', comparison: { verdict: 'new' } })
    expect(JSON.stringify(results.late_case.comparison.findings)).toContain('late.js')
    expect(code, output).toBe(0)
  }, 240_000)
})

describe('a case that fails in head', () => {
  it('fails the run, without numbers', async () => {
    await project.write({ 'work.js': `export const work = () => { throw new Error('broken now') }` })
    const { code, output } = await project.against(['HEAD', 'a.bench', '--json', 'broken.json'])
    await project.git('checkout', '-q', 'work.js')
    const { results } = JSON.parse(await project.read('broken.json'))
    expect(results.a_case).toMatchObject({ state: 'failed' })
    expect(output).toContain('broken now')
    expect(code).toBe(1)
  }, 240_000)
})

describe('a folder instead of a revision', () => {
  it('is compared as it stands, without git', async () => {
    const other = await guest({ 'a.bench.js': bench, 'work.js': work })
    const { code, output } = await project.against([other.folder, 'a.bench', '--pairs', '2', '--json', 'folder.json'])
    const { results, against } = JSON.parse(await project.read('folder.json'))
    expect(results.a_case.comparison).toMatchObject({ verdict: 'inconclusive', runs: 2 })
    expect(against.base).toBe(other.folder)
    expect(code, output).toBe(0)
    await other.remove()
  }, 240_000)
})

describe('a folder that is a clone of its own', () => {
  it('is compared as it stands, and knows nothing of it afterwards', async () => {
    const clone = join(project.temporary, 'clone')
    await project.git('clone', '-q', project.folder, clone)
    await writeFile(join(clone, 'work.js'), `${work} // changed\n`)
    const { code, output } = await project.against([clone, 'a.bench', '--pairs', '1'])
    expect(code, output).toBe(0)
    expect((await project.git('-C', clone, 'worktree', 'list')).trim().split('\n')).toHaveLength(1)
    await nothingIsLeft()
  }, 240_000)
})

describe('a project in a folder of a monorepo', () => {
  it('uses the packages of its own version', async () => {
    const text = (value: number) => `export const value = ${value}`
    const inner = `
      import { bench } from 'vitest-perf'
      import { value } from '@mono/lib'
      bench.track('value', () => value, { better: 'lower' })
    `
    const app = { 'apps/one/package.json': '{ "type": "module" }', 'apps/one/vitest.config.ts': await project.read('vitest.config.ts') }
    await project.commit({
      ...app,
      'apps/one/v.bench.js': inner,
      'libs/lib/package.json': '{ "name": "@mono/lib", "type": "module", "exports": "./index.js" }',
      'libs/lib/index.js': text(100),
    })
    const { symlink } = await import('node:fs/promises')
    await mkdir(join(project.folder, 'node_modules/@mono'), { recursive: true })
    await symlink('../../libs/lib', join(project.folder, 'node_modules/@mono/lib'))
    await project.write({ 'libs/lib/index.js': text(150) })
    const { code, output } = await project.against(['HEAD', '--json', 'mono.json', '--pairs', '16'], {
      cwd: join(project.folder, 'apps/one'),
    })
    const { results } = JSON.parse(await project.read('apps/one/mono.json'))
    expect(results.value.comparison).toMatchObject({ base: expect.closeTo(100, 5), head: expect.closeTo(150, 5), verdict: 'regressed' })
    expect(code, output).toBe(4)
  }, 240_000)
})
