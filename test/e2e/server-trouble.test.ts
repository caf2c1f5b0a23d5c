import { afterEach, describe, expect, it } from 'vitest'
import { configWith, guest, type Guest } from './guest.ts'
import { gone, pidsIn } from './processes.ts'

const bench = `
import { bench, describePerf } from 'vitest-perf'
describePerf('api', { time: '5s', warmup: '0ms' }, () => { bench.http('ping', { path: '/' }, { connections: 2 }) })
`
const listening = (body: string) => `
import { createServer } from 'node:http'
import { appendFileSync } from 'node:fs'
appendFileSync('pids', process.pid + '\\n')
const server = createServer((request, response) => { ${body} })
server.listen(Number(process.env.PORT), '127.0.0.1')
`

let project: Guest
afterEach(() => project.remove())

async function runWith(serverSource: string, options = '') {
  project = await guest({
    'server.mjs': serverSource,
    'api.bench.ts': bench,
    'vitest.config.ts': configWith(`{ server: { command: 'node server.mjs', ${options} } }`),
  })
  const run = await project.vitest(['bench', '--run'])
  return { run, results: await project.results() }
}

describe('a server in trouble fails its case with its last output, ends the run with 1 and leaves no process', () => {
  it.each([
    [
      'exits at once',
      `console.error('cannot find the database'); process.exit(3)`,
      '',
      [/SERVER_EXITED/, /exit code 3/, /cannot find the database/],
    ],
    [
      'never becomes ready',
      listening(`response.statusCode = 503; response.end()`) + `console.log('still warming up')`,
      `ready: '/health', readyTimeout: '1s'`,
      [/SERVER_NOT_READY/, /still warming up/],
    ],
    [
      'dies in mid-load',
      listening(
        `response.end('ok'); if (!globalThis.dying) { globalThis.dying = setTimeout(() => { console.error('out of memory'); process.exit(7) }, 700) }`,
      ),
      '',
      [/SERVER_EXITED/, /exit code 7/, /out of memory/],
    ],
    [
      'cannot have its port',
      `const error = new Error('listen EADDRINUSE: address already in use 127.0.0.1:80'); console.error(error.message); process.exit(1)`,
      '',
      [/SERVER_PORT_TAKEN/, /EADDRINUSE/],
    ],
  ])(
    'when it %s',
    async (_, source, options, messages) => {
      const { run, results } = await runWith(source, options)
      expect(run.code).toBe(1)
      expect(results.results.ping).toMatchObject({ state: 'failed' })
      expect(results.results.ping).not.toHaveProperty('metrics')
      const text = JSON.stringify(results.results.ping.errors)
      for (const message of messages) expect(text).toMatch(message)
      for (const message of messages) expect(run.output).toMatch(message)
      await gone(await pidsIn(project.folder))
    },
    60_000,
  )

  it('measures a server that prints 100 MB, and keeps the end of it only', async () => {
    project = await guest({
      'server.mjs':
        listening(`response.end('ok')`) +
        `const line = 'x'.repeat(1023) + '\\n'; let left = 100_000; const print = () => { while (left-- > 0) if (!process.stdout.write(line)) return process.stdout.once('drain', print) }; print()`,
      'api.bench.ts': bench.replace('5s', '1s'),
      'vitest.config.ts': configWith(`{ server: { command: 'node server.mjs' } }`),
    })
    const run = await project.vitest(['bench', '--run'])
    expect(run.code).toBe(0)
    expect((await project.results()).results.ping.state).toBe('measured')
    expect(run.output.length).toBeLessThan(100_000)
  }, 60_000)

  it('ends a server that ignores SIGTERM', async () => {
    const source = `process.on('SIGTERM', () => {})\n${listening(`response.end('ok')`)}`
    project = await guest({
      'server.mjs': source,
      'api.bench.ts': bench.replace('5s', '300ms'),
      'vitest.config.ts': configWith(`{ server: { command: 'node server.mjs', shutdownTimeout: '500ms' } }`),
    })
    const run = await project.vitest(['bench', '--run'])
    expect(run.code).toBe(0)
    await gone(await pidsIn(project.folder))
  }, 60_000)
})
