import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Script } from 'node:vm'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import type { AgentChannel } from '../../src/sampling/agent/channel.ts'
import { agentEnvironment, openAgentChannel } from '../../src/sampling/agent/channel.ts'
import type { Sampled } from '../../src/sampling/messages.ts'
import { endSampling, startSampling } from '../../src/sampling/start.ts'
import type { Program } from './programs.ts'
import { command, environment, folder, node, sourceFlag, until } from './programs.ts'

afterAll(endSampling)

const server = `
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
  process.on('disconnect', () => process.exit())
`
/** Answers 10 kB; \`/block\` blocks the loop for 120 ms first, \`/keep\` keeps some 10 MB for good. */
const handler = `(request, response) => {
  if (request.url === '/keep') (globalThis.keep ??= []).push(Array.from({ length: 200000 }, (_, index) => ({ index })))
  if (request.url === '/block') { const end = Date.now() + 120; while (Date.now() < end); }
  const kept = Array.from({ length: 5000 }, (_, index) => ({ index }))
  response.end('x'.repeat(10000) + kept.length)
}`
const commonJs = `const { createServer } = require('node:http'); const server = createServer(${handler}); ${server}`
const esModule = `import { createServer } from 'node:http'; const server = createServer(${handler}); ${server}`

interface Served {
  readonly program: Program
  readonly channel: AgentChannel
  readonly origin: string
}

async function channel(): Promise<AgentChannel> {
  const opened = await openAgentChannel()
  onTestFinished(() => opened.close())
  return opened
}

const sockets = ({ address }: AgentChannel): string[] => readdirSync(address).filter((name) => name.endsWith('.sock'))

/** Starts a server with the agent's environment and waits for its port and its agents. */
async function serve(file: string, args: readonly string[], cwd: string, agents = 1): Promise<Served> {
  const opened = await channel()
  const program = command(file, args, { cwd, env: environment(agentEnvironment(opened, sourceFlag)), stdout: true })
  let output = ''
  program.child.stdout!.on('data', (text: Buffer) => (output += text.toString()))
  const port = (): string | undefined => /^(\d+)$/m.exec(output)?.[1]
  await until(() => port() !== undefined && sockets(opened).length >= agents)
  return { program, channel: opened, origin: `http://127.0.0.1:${port()}` }
}

async function underLoad(
  { program, channel, origin }: Served,
  during: (get: (path: string) => Promise<void>) => Promise<void>,
): Promise<Sampled> {
  const sampling = await startSampling({ subjects: [{ subject: 'server', pid: program.pid }], interval_ms: 50, agents: channel })
  const get = async (path: string): Promise<void> => void (await (await fetch(origin + path)).text())
  await get('/')
  sampling.phase('measure')
  await during(get)
  return sampling.stop()
}

const many = async (get: (path: string) => Promise<void>): Promise<void> => {
  for (let turn = 0; turn < 200; turn++) await get('/')
}

describe('a Node server', () => {
  test.each([
    ['server.cjs', commonJs],
    ['server.mjs', esModule],
  ])('tells its loop, collections, heap, handles and bytes: %s', async (file, text) => {
    const cwd = await folder({ [file]: text })
    const { resources, findings } = await underLoad(await serve(process.execPath, [file], cwd), async (get) => {
      await many(get)
      // Handles and bytes are told every second: where the machine is so busy that the last answer is late, this one is there.
      await setTimeout(1200)
    })
    const { metrics, unavailable } = resources[0]!
    expect(unavailable).toEqual({})
    expect(findings.map(({ code }) => code)).not.toContain('agent_not_attached')
    expect(metrics['heap_mb']).toBeGreaterThan(2)
    expect(metrics['heap_total_mb']).toBeGreaterThanOrEqual(metrics['heap_mb']!)
    expect(metrics['gc_count']).toBeGreaterThan(0)
    expect(metrics['gc_pause_ms']).toBeGreaterThan(0)
    expect(metrics['gc_max_pause_ms']).toBeLessThanOrEqual(metrics['gc_pause_ms']! + 0.001)
    expect(metrics['gc_minor_count']).toBeGreaterThan(0)
    expect(metrics['gc_minor_pause_ms']).toBeGreaterThan(0)
    expect(metrics['gc_minor_count']! + metrics['gc_major_count']!).toBeLessThanOrEqual(metrics['gc_count']!)
    expect(metrics['event_loop_utilization']).toBeGreaterThan(0.01)
    expect(metrics['event_loop_utilization']).toBeLessThanOrEqual(1)
    expect(metrics['active_handles']).toBeGreaterThanOrEqual(1)
    // 200 answers of 10 kB and their headers.
    expect(metrics['network_tx_bytes']).toBeGreaterThan(200 * 10_000)
    expect(metrics['network_tx_bytes']).toBeLessThan(200 * 11_000)
    expect(metrics['network_rx_bytes']).toBeGreaterThan(200 * 50)
  })

  test('whose heap grows has collections of the whole heap, told apart from those of the young generation', async () => {
    const cwd = await folder({ 'server.cjs': commonJs })
    const { resources } = await underLoad(await serve(process.execPath, ['server.cjs'], cwd), async (get) => {
      for (let turn = 0; turn < 10; turn++) await get('/keep')
      // Marking runs beside the program, and ends in a turn of it.
      for (let turn = 0; turn < 10; turn++) await setTimeout(50).then(() => get('/'))
    })
    const { metrics } = resources[0]!
    expect(metrics['gc_major_count']).toBeGreaterThan(0)
    expect(metrics['gc_major_pause_ms']).toBeGreaterThan(0)
    expect(metrics['gc_minor_count']).toBeGreaterThan(0)
    expect(metrics['gc_minor_pause_ms']! + metrics['gc_major_pause_ms']!).toBeLessThanOrEqual(metrics['gc_pause_ms']! + 0.001)
  })

  test('that blocks its loop shows it in the delays', async () => {
    const cwd = await folder({ 'server.cjs': commonJs })
    const { resources } = await underLoad(await serve(process.execPath, ['server.cjs'], cwd), async (get) => {
      // A loop that is blocked as the phase begins would hear of it afterwards; on a busy machine that takes a while.
      for (let turn = 0; turn < 3; turn++) {
        await setTimeout(300)
        await get('/block')
      }
      // The turn after a long one sees how long it was.
      await get('/')
    })
    expect(resources[0]!.metrics['event_loop_delay_max_ms']).toBeGreaterThan(90)
    expect(resources[0]!.metrics['event_loop_delay_p99_ms']).toBeGreaterThan(90)
  })

  test('may be started by npm, which has no agent itself', async () => {
    const cwd = await folder({
      'server.cjs': commonJs,
      'package.json': JSON.stringify({ name: 'served', scripts: { start: 'node server.cjs' } }),
    })
    const served = await serve('npm', ['start', '--silent'], cwd)
    const { resources } = await underLoad(served, many)
    expect(resources[0]!.processes).toBeGreaterThanOrEqual(2)
    expect(resources[0]!.metrics['gc_count']).toBeGreaterThan(0)
    expect(sockets(served.channel)).toHaveLength(1)
  })

  test('may be a cluster: heap and counts are sums', async () => {
    const text = `
      const cluster = require('node:cluster')
      if (cluster.isPrimary) { cluster.fork(); cluster.fork(); process.on('disconnect', () => process.exit()) }
      else { ${commonJs} }
    `
    const cwd = await folder({ 'server.cjs': text })
    const served = await serve(process.execPath, ['server.cjs'], cwd, 3)
    const { resources } = await underLoad(served, many)
    const { metrics, processes } = resources[0]!
    expect(processes).toBe(3)
    expect(sockets(served.channel)).toHaveLength(3)
    expect(metrics['heap_mb']).toBeGreaterThan(3 * 2)
    expect(metrics['event_loop_utilization']).toBeLessThanOrEqual(1)
    expect(metrics['network_tx_bytes']).toBeGreaterThan(200 * 10_000)
  })

  test('that is killed while it is sampled leaves what it told', async () => {
    const cwd = await folder({ 'server.cjs': commonJs })
    const served = await serve(process.execPath, ['server.cjs'], cwd)
    const { resources } = await underLoad(served, async (get) => {
      await many(get)
      await setTimeout(120)
      process.kill(served.program.pid, 'SIGKILL')
      await setTimeout(150)
    })
    expect(resources[0]!.metrics['heap_mb']).toBeGreaterThan(2)
    expect(resources[0]!.metrics['gc_count']).toBeGreaterThan(0)
    expect(resources[0]!.metrics['cpu_time_ms']).toBeGreaterThan(0)
  })
})

describe('where there is no agent', () => {
  test('a Node process that was started without one is a finding', async () => {
    const program = node(`setInterval(() => {}, 1000); process.send('ready')`)
    await program.message()
    const sampling = await startSampling({
      subjects: [{ subject: 'server', pid: program.pid }],
      interval_ms: 50,
      agents: await channel(),
    })
    const { resources, findings } = await sampling.stop()
    expect(findings).toContainEqual({ code: 'agent_not_attached', facts: { reason: expect.stringContaining('NODE_OPTIONS') } })
    expect(resources[0]!.metrics['memory_mb']).toBeGreaterThan(10)
    expect(resources[0]!.metrics['heap_mb']).toBeUndefined()
    expect(resources[0]!.unavailable['heap']).toContain('has an agent')
  })

  test('an agent that could not start says why', async () => {
    const opened = await channel()
    // No socket can be made where a folder of its name stands.
    const text = `require('node:fs').mkdirSync(process.env.VITEST_PERF_AGENT + '/' + process.pid + '.sock')
      process.send('ready'); setInterval(() => {}, 1000)`
    const program = node(text, agentEnvironment(opened, sourceFlag))
    await program.message()
    await until(() => readdirSync(opened.address).includes(`${program.pid}.failed`))
    const sampling = await startSampling({ subjects: [{ subject: 'server', pid: program.pid }], interval_ms: 50, agents: opened })
    const { findings } = await sampling.stop()
    const reason = readFileSync(join(opened.address, `${program.pid}.failed`), 'utf8')
    expect(findings).toContainEqual({ code: 'agent_not_attached', facts: { reason } })
  })
})

describe('the agent', () => {
  test('neither keeps a program alive nor prints nor changes its exit code', async () => {
    const cwd = await folder({ 'program.cjs': `setTimeout(() => { process.exitCode = 3 }, 300)` })
    const program = command(process.execPath, ['program.cjs'], {
      cwd,
      env: environment(agentEnvironment(await channel(), sourceFlag)),
      stdout: true,
      stderr: true,
    })
    let output = ''
    for (const stream of [program.child.stdout!, program.child.stderr!]) stream.on('data', (text: Buffer) => (output += text.toString()))
    await until(() => program.child.exitCode !== null)
    expect(program.child.exitCode).toBe(3)
    expect(output).toBe('')
  })

  test('does not trouble a program whose channel is gone', async () => {
    const opened = await openAgentChannel()
    await opened.close()
    const program = node(
      `setTimeout(() => { process.disconnect() }, 200); process.on('message', () => {})`,
      agentEnvironment(opened, sourceFlag),
    )
    await until(() => program.child.exitCode !== null)
    expect(program.child.exitCode).toBe(0)
  })

  test('is preloaded by a script that every Node from 18 on can read', () => {
    const text = readFileSync(join(import.meta.dirname, '../../src/sampling/agent/preload.cts'), 'utf8')
    expect(() => new Script(text)).not.toThrow()
  })

  test('keeps the options a server had', () => {
    const { NODE_OPTIONS } = agentEnvironment({ address: '/tmp/channel', close: async () => {} }, '--max-old-space-size=512')
    expect(NODE_OPTIONS).toMatch(/^--max-old-space-size=512 --require "/)
  })
})
