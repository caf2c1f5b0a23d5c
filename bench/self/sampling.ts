import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { Pool } from 'undici'
import { agentEnvironment, openAgentChannel } from '../../src/sampling/agent/channel.ts'
import type { AgentChannel } from '../../src/sampling/agent/channel.ts'
import { endSampling, startSampling } from '../../src/sampling/start.ts'
import { serverProgram, treeProgram } from './sampling-programs.ts'

/** What the targets are about, in percent. */
export interface SamplingCosts {
  /** Of one core, at 100 ms with 20 processes. Target: 0.5 */
  readonly own_cpu_percent: number
  /** Requests per second lost to sampling from outside. Target: 1 */
  readonly influence_percent: number
  /** Requests per second lost to the agent and its being asked ten times a second. Target: 1 */
  readonly agent_percent: number
}

function start(program: string, environment: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ['-e', program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...environment },
  })
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.disconnect()
  await exited
}

/** Share of one core that sampling a tree of `processes` takes, once it is warm. */
export async function ownCost(processes = 20, seconds = 10): Promise<number> {
  const tree = start(treeProgram(processes - 1))
  await once(tree, 'message')
  await setTimeout(2000)
  const subjects = [{ subject: 'server' as const, pid: tree.pid ?? 0 }]
  // The first session compiles the sampling process' own code.
  const warm = await startSampling({ subjects, interval_ms: 10 })
  await setTimeout(2000)
  await warm.stop()
  const sampling = await startSampling({ subjects, interval_ms: 100 })
  await setTimeout(seconds * 1000)
  const { resources } = await sampling.stop()
  await stop(tree)
  if (resources[0]?.processes !== processes) throw new Error(`saw ${resources[0]?.processes} of ${processes} processes`)
  return resources[0].own_cpu_percent
}

/** Answers in a stretch of time over four connections. */
async function throughput(port: number, milliseconds: number): Promise<number> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 4 })
  const end = performance.now() + milliseconds
  let answers = 0
  async function user(): Promise<void> {
    while (performance.now() < end) {
      const { body } = await pool.request({ path: '/', method: 'GET' })
      await body.dump()
      answers++
    }
  }
  await Promise.all([user(), user(), user(), user()])
  await pool.close()
  return answers
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Median loss of throughput, percent, over turns in the order A B B A, so that a drift of the machine falls on both. */
async function loss(turns: number, plain: () => Promise<number>, watched: () => Promise<number>): Promise<number> {
  const losses: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    let without: number
    let along: number
    if (turn % 2 === 0) {
      without = await plain()
      along = await watched()
    } else {
      along = await watched()
      without = await plain()
    }
    losses.push((1 - along / without) * 100)
  }
  return median(losses)
}

async function sampledThroughput(server: ChildProcess, port: number, milliseconds: number, agents?: AgentChannel): Promise<number> {
  const sampling = await startSampling({
    subjects: [{ subject: 'server', pid: server.pid ?? 0 }],
    interval_ms: 100,
    ...(agents ? { agents } : {}),
  })
  const answers = await throughput(port, milliseconds)
  const { resources, findings } = await sampling.stop()
  if (agents && resources[0]?.metrics['heap_mb'] === undefined) throw new Error(`no agent: ${JSON.stringify(findings)}`)
  return answers
}

/** What sampling from outside takes from a server. */
export async function influence(turns = 20, milliseconds = 500): Promise<number> {
  const server = start(serverProgram)
  const [port] = (await once(server, 'message')) as [number]
  await sampledThroughput(server, port, 2000)
  const lost = await loss(
    turns,
    () => throughput(port, milliseconds),
    () => sampledThroughput(server, port, milliseconds),
  )
  await stop(server)
  return lost
}

/**
 * What the agent takes from a server while it is asked. Both sides are the same process, since two processes of the same code differ by
 * more than an agent costs; unasked it does nothing but hear of new connections.
 */
export async function agentCost(turns = 40, milliseconds = 500): Promise<number> {
  const agents = await openAgentChannel()
  const server = start(serverProgram, agentEnvironment(agents))
  const [port] = (await once(server, 'message')) as [number]
  await sampledThroughput(server, port, 2000, agents)
  const lost = await loss(
    turns,
    () => sampledThroughput(server, port, milliseconds),
    () => sampledThroughput(server, port, milliseconds, agents),
  )
  await stop(server)
  await agents.close()
  return lost
}

export async function samplingCosts(): Promise<SamplingCosts> {
  try {
    return { own_cpu_percent: await ownCost(), influence_percent: await influence(), agent_percent: await agentCost() }
  } finally {
    await endSampling()
  }
}

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(await samplingCosts(), undefined, 2))
