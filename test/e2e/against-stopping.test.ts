import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'
import { configWith, type Started } from './guest.ts'
import { gone, pidsIn } from './processes.ts'

const server = `
import { createServer } from 'node:http'
import { appendFileSync } from 'node:fs'
appendFileSync(process.env.PIDS + '/pids', process.pid + '\\n')
createServer((request, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1')
`
const bench = `
import { appendFileSync } from 'node:fs'
import { bench } from 'vitest-perf'
appendFileSync(process.env.PIDS + '/pids', process.pid + '\\n')
bench.http('first', { path: '/' }, { connections: 1, duration: '1s', warmup: '0ms' })
bench.http('second', { path: '/' }, { connections: 1, duration: '1s', warmup: '0ms' })
`
const setup = `
import { appendFileSync } from 'node:fs'
appendFileSync(process.env.PIDS + '/pids', process.pid + '\\n')
setInterval(() => {}, 1000)
`

let project: Repository
let env: Record<string, string>
beforeAll(async () => {
  project = await repository({})
  env = { PIDS: project.folder }
  await project.commit({
    '.gitignore': 'node_modules\nbenchmark-results\npids\n',
    'server.mjs': server,
    'setup.mjs': setup,
    'api.bench.js': bench,
    'vitest.config.ts': configWith(`{ server: { command: 'exec node server.mjs' } }`),
  })
}, 240_000)
afterAll(() => project.remove())

async function phase(args: readonly string[], processes: number): Promise<{ run: Started; pids: number[] }> {
  await writeFile(join(project.folder, 'pids'), '')
  const run = project.startAgainst(['HEAD', ...args], { env })
  await expect.poll(async () => (await pidsIn(project.folder)).length, { timeout: 40_000 }).toBeGreaterThanOrEqual(processes)
  return { run, pids: await pidsIn(project.folder) }
}

async function nothingIsLeft(pids: readonly number[]): Promise<void> {
  await gone(pids)
  await expect.poll(() => project.left(), { timeout: 20_000 }).toEqual([])
  await expect.poll(() => project.worktrees(), { timeout: 20_000 }).toEqual([])
}

describe('a comparison that is stopped leaves no process, no worktree and no folder', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s while it builds',
    async (signal) => {
      const { run, pids } = await phase(['--setup', 'node setup.mjs'], 2)
      run.kill(signal)
      const { code, output } = await run.finished
      expect(code, output).toBe(130)
      expect(output).toMatch(/interrupted/i)
      await nothingIsLeft([...pids, ...(await pidsIn(project.folder))])
    },
    240_000,
  )

  it('by SIGINT while it measures, and what was measured is told', async () => {
    // Two workers and two servers a pair: with the eighth process a second pair has begun.
    const { run, pids } = await phase([], 8)
    run.kill('SIGINT')
    const { code, output } = await run.finished
    expect(code, output).toBe(130)
    expect((await project.results()).verdict).toMatchObject({ passed: false, exit_reason: 'interrupted' })
    await nothingIsLeft([...pids, ...(await pidsIn(project.folder))])
  }, 240_000)

  it('by SIGKILL, which it cannot answer', async () => {
    const { run, pids } = await phase([], 4)
    run.kill('SIGKILL')
    await run.finished
    await nothingIsLeft([...pids, ...(await pidsIn(project.folder))])
  }, 240_000)
})

describe('what a killed comparison left is found by its marker', () => {
  it('and removed by the next one, while worktrees of users stay', async () => {
    const dead = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }))
    const folder = join(project.temporary, 'vitest-perf-against-stale1')
    await mkdir(folder)
    await writeFile(join(folder, 'owner.json'), JSON.stringify({ pid: dead, started: '1', host: hostname() }))
    await project.git('worktree', 'add', '-q', '--detach', join(folder, 'a'), 'HEAD')
    await project.git('worktree', 'lock', '--reason', `vitest-perf against pid=${dead} started=1 host=${hostname()}`, join(folder, 'a'))
    const own = join(project.temporary, 'own')
    await project.git('worktree', 'add', '-q', '--detach', own, 'HEAD')
    const { code } = await project.against(['HEAD', '--setup', 'exit 1'], { env })
    expect(code).toBe(5)
    expect(await project.left()).toEqual([])
    expect(await project.worktrees()).toEqual([expect.stringContaining(own)])
    await project.git('worktree', 'remove', own)
  }, 240_000)
})

describe('two comparisons at once', () => {
  it('do not disturb each other', async () => {
    await project.commit({ 'n.bench.js': `import { bench } from 'vitest-perf'; bench.track('n', () => 5)` })
    const args = ['HEAD', 'n.bench', '--pairs', '8', '--json']
    const runs = await Promise.all(
      ['one', 'two'].map((name) => project.against([...args, `${name}.json`, '-o', `results-${name}`], { env })),
    )
    expect(
      runs.map(({ code }) => code),
      runs.map(({ output }) => output).join('\n'),
    ).toEqual([0, 0])
    for (const name of ['one', 'two']) {
      const { results } = JSON.parse(await project.read(`${name}.json`))
      expect(results.n.comparison).toMatchObject({ verdict: 'unchanged', effect_percent: 0 })
    }
    expect(await project.left()).toEqual([])
    expect(await project.worktrees()).toEqual([])
  }, 120_000)
})
