import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'
import { managerNames, packageManager } from './package-managers.ts'

const bench = `
import { bench } from 'vitest-perf'
import { value } from 'a-dependency'
bench.track('value', () => value)
`
const manifest = (version: number) =>
  JSON.stringify({
    name: 'a-project',
    version: '1.0.0',
    type: 'module',
    dependencies: { 'a-dependency': `file:./dependency-${version}.tgz` },
  })

/** A package as a registry would give it. */
async function tarball(version: number): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'vitest-perf-pack-'))
  await mkdir(join(folder, 'package'))
  const json = { name: 'a-dependency', version: `${version}.0.0`, type: 'module', exports: './index.js' }
  await writeFile(join(folder, 'package/package.json'), JSON.stringify(json))
  await writeFile(join(folder, 'package/index.js'), `export const value = ${version * 100}`)
  execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder })
  const bytes = await readFile(join(folder, 'package.tgz'))
  await rm(folder, { recursive: true })
  return bytes
}

let project: Repository
let packed: readonly [Buffer, Buffer]
beforeAll(async () => {
  packed = [await tarball(1), await tarball(2)]
  project = await repository({})
  await writeFile(join(project.folder, 'dependency-1.tgz'), packed[0])
  await writeFile(join(project.folder, 'dependency-2.tgz'), packed[1])
  // What is installed is head's.
  await project.write({
    'node_modules/a-dependency/package.json': '{ "name": "a-dependency", "version": "2.0.0", "type": "module", "exports": "./index.js" }',
    'node_modules/a-dependency/index.js': 'export const value = 200',
  })
}, 60_000)
afterAll(() => project.remove())

describe('a base whose lock file differs', () => {
  it.for(managerNames)('is installed by %s, which wrote it', { timeout: 240_000 }, async (name, { skip }) => {
    const manager = await packageManager(name)
    if (!manager) return skip('not applicable: the package manager is not to be had')
    const settings: Record<string, string> =
      name === 'yarn 4' ? { '.yarnrc.yml': 'nodeLinker: node-modules\nenableGlobalCache: false\n' } : {}
    const files = { ...settings, 'package.json': manifest(1), 'dependency-1.tgz': packed[0] }
    const lock = await manager.lockFor(files)
    await project.commit({ ...settings, 'a.bench.js': bench, 'package.json': manifest(1), [manager.lock]: lock })
    await project.git('tag', '-f', 'before')
    await project.write({ 'package.json': manifest(2), [manager.lock]: lock.replaceAll('dependency-1', 'dependency-2') })
    const { code, output } = await project.against(['before', '--pairs', '1', '--json', 'out.json'], { env: { PATH: manager.path } })
    const { results } = JSON.parse(await project.read('out.json'))
    expect(results.value.comparison, output).toMatchObject({ base: expect.closeTo(100, 5), head: expect.closeTo(200, 5) })
    expect(output).toContain(`base: the dependencies differ, so they are installed: ${name.split(' ')[0]} install`)
    expect(code, output).toBe(0)
    expect(await project.worktrees()).toEqual([])
    await project.git('rm', '-q', '-f', manager.lock, ...Object.keys(settings))
    await project.git('commit', '-q', '-m', 'no lock file')
  })
})
