import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { configWith, guest, type Guest } from '../e2e/guest.ts'
import { gone, pidsIn } from '../e2e/processes.ts'
import { notHere, vitest4 } from './installed.ts'

const server = `
import { createServer } from 'node:http'
import { appendFileSync, writeFileSync } from 'node:fs'
appendFileSync('pids', process.pid + '\\n')
let answered = 0
createServer((request, response) => {
  response.end('ok')
  if (++answered === 1000) writeFileSync('under-way', '')
}).listen(Number(process.env.PORT), '127.0.0.1')
`
const bench = `
import { bench as native } from 'vitest'
import { bench } from 'vitest-perf'
bench.track('first', () => 1)
bench.http('endless', { path: '/' }, { connections: 1, duration: '5m', warmup: '0ms' })
native('never', () => {})
`
const nativeBench = `
import { writeFileSync } from 'node:fs'
import { bench as native } from 'vitest'
import { bench } from 'vitest-perf'
bench.track('first', () => 1)
native('endless', () => {}, { time: 300_000, setup: () => writeFileSync('under-way', '') })
`

let project: Guest | undefined
afterEach(() => project?.remove())

async function interrupted(files: Readonly<Record<string, string>>, modules: string) {
  const own = await guest({ 'vitest.config.ts': configWith(`{ server: { command: 'exec node server.mjs' } }`), ...files }, modules)
  project = own
  const run = own.start(['bench', '--run'])
  await expect.poll(() => existsSync(join(own.folder, 'under-way')), { timeout: 60_000 }).toBe(true)
  run.killGroup('SIGINT')
  const { code, output } = await run.finished
  await gone(await pidsIn(own.folder))
  expect(code, output).toBe(1)
  return own.results()
}

describe('Ctrl-C under Vitest 4.1', () => {
  it('ends the server too, and what was measured until then is kept', async ({ skip }) => {
    const modules = (await vitest4()) ?? skip(notHere)
    const { verdict, results } = await interrupted({ 'server.mjs': server, 'a.bench.ts': bench }, modules)
    expect(verdict).toMatchObject({ passed: false, exit_reason: 'interrupted' })
    expect(results.first.state).toBe('measured')
    // On a machine that is very busy Vitest, of any version, may be gone before the load that was cut short could hand over what it had.
    const codes = results.endless.findings.map(({ code }: { code: string }) => code)
    expect(results.endless.state).toBe(codes.includes('aborted_early') ? 'measured' : 'skipped')
    expect(results.never.state).toBe('skipped')
  }, 250_000)

  it('leaves a native benchmark out that it cut short', async ({ skip }) => {
    const modules = (await vitest4()) ?? skip(notHere)
    const { verdict, results } = await interrupted({ 'a.bench.ts': nativeBench }, modules)
    expect(verdict).toMatchObject({ passed: false, exit_reason: 'interrupted' })
    expect(results.first.state).toBe('measured')
    expect(results.endless.state).toBe('skipped')
  }, 250_000)
})
