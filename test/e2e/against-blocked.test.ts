import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'
import { configWith, type Finished } from './guest.ts'
import { gone, pidsIn } from './processes.ts'

/** What each version does, by case: a body that comes back, or one of those that do not. */
const version = (bodies: Readonly<Record<string, string>>): string =>
  `export const bodies = { ${Object.entries(bodies)
    .map(([name, body]) => `${name}: ${body}`)
    .join(', ')} }`

const value = 'async () => 5'
const blocks = '() => { for (;;); }'
const hangs = '() => new Promise(() => {})'
const exits = '() => process.exit(3)'
const dies = `() => { process.kill(process.pid, 'SIGKILL'); for (;;); }`

const names = ['first', 'second', 'third', 'fourth', 'fifth', 'last']
const bench = `
import { appendFileSync } from 'node:fs'
import { bench } from 'vitest-perf'
import { bodies } from './bodies.js'
appendFileSync(process.env.PIDS + '/pids', process.pid + '\\n')
for (const name of ${JSON.stringify(names)}) bench.track(name, bodies[name], { timeout: 1500 })
`
const server = `
import { createServer } from 'node:http'
createServer((request, response) => response.end('ok')).listen(Number(process.env.PORT), '127.0.0.1')
`
const turns = `
import { appendFileSync } from 'node:fs'
import { bench } from 'vitest-perf'
import { bodies } from './turns.js'
appendFileSync(process.env.PIDS + '/pids', process.pid + '\\n')
for (const name of ['blocks', 'hangs']) bench.track(name, bodies[name], { timeout: 1500 })
bench.http('load', { path: '/' }, { connections: 1, duration: '200ms', warmup: '0ms' })
`
const all = (body: string) => Object.fromEntries(names.map((name) => [name, body]))

let project: Repository
afterAll(() => project.remove())

const compare = async (args: readonly string[]): Promise<Finished> => {
  const run = await project.against([...args, '--json', 'out.json'], { env: { PIDS: project.folder } })
  await gone(await pidsIn(project.folder))
  return run
}
// oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
const results = async (): Promise<any> => JSON.parse(await project.read('out.json'))

beforeAll(async () => {
  project = await repository({})
  await project.commit({
    '.gitignore': 'node_modules\nbenchmark-results\npids\nout.json\n',
    'a.bench.js': bench,
    'vitest.config.ts': configWith(`{ server: { command: 'exec node server.mjs' } }`),
    'bodies.js': version({ ...all(value), second: blocks, fourth: exits }),
  })
}, 60_000)

describe('a body that does not come back', () => {
  it('ends its pair: the case is named with its side, and those around it are compared', async () => {
    await project.write({ 'bodies.js': version({ ...all(value), third: hangs, fifth: dies }) })
    const { code, output } = await compare(['HEAD', 'a.bench', '--pairs', '6'])
    const { results: cases } = await results()
    expect(output).toContain('base: "second" did not come back within 1500 ms and blocked its process')
    expect(output).toContain('base: "fourth" called process.exit(3).')
    expect(output).toContain('head: "third" did not come back within 1500 ms.')
    expect(output).toContain('head: "fifth" ended the process that ran it (signal SIGKILL).')
    expect(output).toMatch(/second: The base could not run this case: "second" did not come back/)
    expect(names.map((name) => cases[name].state)).toEqual(['measured', 'measured', 'failed', 'measured', 'failed', 'measured'])
    for (const name of ['second', 'fourth']) expect(cases[name].comparison.verdict).toBe('new')
    for (const name of ['first', 'last'])
      expect(cases[name].comparison).toMatchObject({ verdict: expect.stringMatching(/unchanged|inconclusive/) })
    expect(cases.third.errors).toMatchObject([{ code: 'CASE_TIMEOUT', message: expect.stringContaining('head: "third"') }])
    expect(cases.fifth.errors).toMatchObject([{ code: 'CASE_ENDED_PROCESS', message: expect.stringContaining('head: "fifth"') }])
    expect(cases.last.comparison.runs).toBeGreaterThan(2)
    expect(code, output).toBe(1)
  }, 180_000)

  it('does not take the other side with it where they take turns', async () => {
    const files = {
      'turns.js': `export const bodies = { blocks: ${value}, hangs: ${value} }`,
      'turns.bench.js': turns,
      'server.mjs': server,
    }
    await project.commit({ ...files, 'turns.js': `export const bodies = { blocks: ${blocks}, hangs: ${hangs} }` })
    await project.write(files)
    const { code, output } = await compare(['HEAD', 'turns', '--pairs', '3'])
    const { results: cases } = await results()
    expect(output).toContain('base: "blocks" did not come back within 1500 ms and blocked')
    expect(output).toContain('base: "hangs" did not come back within 1500 ms.')
    expect(cases.blocks).toMatchObject({ state: 'measured', comparison: { verdict: 'new' } })
    expect(cases.hangs).toMatchObject({ state: 'measured', comparison: { verdict: 'new' } })
    expect(cases.load).toMatchObject({ state: 'measured', comparison: { runs: expect.any(Number) } })
    expect(cases.load.comparison.runs).toBeGreaterThan(1)
    expect(code, output).toBe(0)
  }, 180_000)

  it('does not outlive a comparison that is stopped meanwhile', async () => {
    await writeFile(join(project.folder, 'pids'), '')
    await project.commit({
      'bodies.js': version({ ...all(value), first: '() => { for (;;); }' }),
      'a.bench.js': bench.replace('1500', '60000'),
    })
    const run = project.startAgainst(['HEAD', 'a.bench'], { env: { PIDS: project.folder } })
    await expect.poll(() => pidsIn(project.folder), { timeout: 40_000 }).not.toEqual([])
    run.kill('SIGINT')
    const { code, output } = await run.finished
    expect(code, output).toBe(130)
    await gone(await pidsIn(project.folder))
    expect(await project.left()).toEqual([])
    expect(await project.worktrees()).toEqual([])
  }, 90_000)
})
