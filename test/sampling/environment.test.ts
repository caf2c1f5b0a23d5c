import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Environment } from '../../src/model/environment.ts'
import { continuousIntegration } from '../../src/sampling/continuous-integration.ts'
import { describeEnvironment } from '../../src/sampling/environment.ts'
import { decisiveFlags, fingerprint } from '../../src/sampling/fingerprint.ts'
import { folder } from './programs.ts'

const root = join(import.meta.dirname, '../..')

describe('the environment', () => {
  test('is described whole', async () => {
    const environment = await describeEnvironment({ root })
    expect(environment).toMatchObject({ node: process.version, v8: process.versions.v8, vitest: expect.stringMatching(/^\d+\.\d+/) })
    expect(environment.vitest_perf).toMatch(/^\d+\.\d+/)
    expect(environment.cpu_cores).toBeGreaterThan(0)
    expect(environment.total_memory_mb).toBeGreaterThan(environment.available_memory_mb)
    for (const text of [environment.os, environment.os_version, environment.architecture, environment.cpu_model]) expect(text).not.toBe('')
    expect(JSON.parse(JSON.stringify(environment))).toEqual(environment)
  })

  test('has the same fingerprint twice', async () => {
    const [one, two] = await Promise.all([describeEnvironment({ root }), describeEnvironment({ root: tmpdir() })])
    expect(one.fingerprint).toMatch(/^[0-9a-f]{12}$/)
    expect(two.fingerprint).toBe(one.fingerprint)
  })

  test('knows the checkout', async () => {
    const path = await folder({ 'a.txt': 'one' })
    expect(await describeEnvironment({ root: path })).toMatchObject({ commit: null, branch: null, dirty: null, vitest: 'unknown' })
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', path, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8', stdio: 'pipe' }).trim()
    git('init', '-q', '-b', 'trunk')
    expect(await describeEnvironment({ root: path })).toMatchObject({ commit: null, branch: 'trunk' })
    git('add', 'a.txt')
    git('commit', '-q', '-m', 'one')
    const commit = git('rev-parse', 'HEAD')
    expect(await describeEnvironment({ root: path })).toMatchObject({ commit, branch: 'trunk', dirty: false })
    git('rm', '-q', 'a.txt')
    git('checkout', '-q', '--detach')
    expect(await describeEnvironment({ root: path })).toMatchObject({ commit, branch: null, dirty: true })
  })

  test('does not mind a root that is not there', async () => {
    expect(await describeEnvironment({ root: join(root, 'no-such-folder') })).toMatchObject({ commit: null, branch: null, dirty: null })
  })
})

describe('the fingerprint', () => {
  const machine = {
    architecture: 'x86_64',
    cpu_model: 'A CPU',
    cpu_cores: 4,
    os: 'Debian GNU/Linux',
    os_version: '12',
    cgroup_cpus: null,
    cgroup_memory_mb: null,
    node: 'v24.1.0',
    v8: '13.6.233.17-node.53',
  } satisfies Partial<Environment>
  const base = fingerprint(machine, [])

  test.each([
    ['another CPU', { cpu_model: 'B CPU' }],
    ['other cores', { cpu_cores: 8 }],
    ['another architecture', { architecture: 'arm64' }],
    ['another release of the system', { os_version: '13' }],
    ['a limit of the container', { cgroup_cpus: 1.5 }],
    ['another memory limit', { cgroup_memory_mb: 512 }],
    ['another major of Node', { node: 'v26.1.0' }],
    ['another V8', { v8: '14.1.233.17' }],
  ])('changes with %s', (_what, change) => {
    expect(fingerprint({ ...machine, ...change }, [])).not.toBe(base)
  })

  test('changes with flags that change speed', () => {
    expect(fingerprint(machine, ['--jitless'])).not.toBe(base)
  })

  test.each([
    ['a patch of Node', { node: 'v24.2.3' }],
    ['a patch of V8', { v8: '13.6.233.20-node.60' }],
    ['a point release of the system', { os_version: '12.7' }],
  ])('stays with %s', (_what, change) => {
    expect(fingerprint({ ...machine, ...change }, [])).toBe(base)
  })

  test('knows no clock rate: memory in use, time and speed are not among its parts', () => {
    const more = { ...machine, speed: 2400, available_memory_mb: 7, total_memory_mb: 9 }
    expect(fingerprint(more, [])).toBe(base)
  })

  test('takes flags that change speed and leaves the others', () => {
    expect(decisiveFlags(['--import', 'x.js', '--max_old_space_size=512', '--jitless'], '--require y.js --no-opt')).toEqual([
      '--jitless',
      '--max-old-space-size=512',
      '--no-opt',
    ])
    expect(decisiveFlags([], undefined)).toEqual([])
  })
})

test('build services are known by their variables', () => {
  expect(continuousIntegration({ GITHUB_ACTIONS: 'true', CI: 'true' })).toBe('GitHub Actions')
  expect(continuousIntegration({ CI: '1' })).toBe('CI')
  expect(continuousIntegration({ CI: 'false' })).toBeNull()
  expect(continuousIntegration({})).toBeNull()
})
