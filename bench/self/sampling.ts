import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { Pool } from 'undici'
import { agentEnvironment, openAgentChannel } from '../../src/sampling/agent/channel.ts'
import type { AgentChannel } from '../../src/sampling/agent/channel.ts'
import { endSampling, startSampling } from '../../src/sampling/start.ts'
import { hodgesLehmann } from '../../src/stats/hodges-lehmann.ts'
import { signedRankBounds } from '../../src/stats/signed-rank.ts'
import { serverProgram, treeProgram } from './sampling-programs.ts'

/** What the targets are about, in percent. */
export interface SamplingCosts {
  /** Of one core, at 100 ms with 20 processes. Target: 0.5 */
  readonly own_cpu_percent: number
  /** Requests per second lost to sampling from outside. Target: 1 */
  readonly influence: Cost
  /** CPU time per request that the agent and its being asked ten times a second add. Target: 1 */
  readonly agent: Cost
  /** The same against a server without one. */
  readonly agent_against_none: Cost
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

/** What a stretch of load came to. */
interface Stretch {
  readonly answers: number
  /** CPU time of the server for each of them. */
  readonly cpu_us: number
}

/** CPU time of a server since it started, in microseconds. */
async function cpuOf(server: ChildProcess): Promise<number> {
  const told = once(server, 'message')
  server.send('cpu')
  return ((await told) as [number])[0]
}

/** Answers in a stretch of time over four connections. */
async function load(server: ChildProcess, port: number, milliseconds: number): Promise<Stretch> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 4 })
  const before = await cpuOf(server)
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
  const cpu_us = ((await cpuOf(server)) - before) / answers
  await pool.close()
  return { answers, cpu_us }
}

/** What being watched costs, in percent: the Hodges-Lehmann estimate over turns, with an interval of 95 %. */
export interface Cost {
  readonly percent: number
  readonly low: number
  readonly high: number
}

function costOf(percents: readonly number[]): Cost {
  const { low, high } = signedRankBounds(percents, 0.025) ?? { low: Number.NaN, high: Number.NaN }
  return { percent: hodgesLehmann(percents), low, high }
}

/**
 * Turns in the order A B B A, so that a drift of the machine falls on both. Each side is loaded for a short time only: what disturbs one of
 * them mostly disturbs the other too.
 */
async function compare(
  turns: number,
  plain: () => Promise<Stretch>,
  watched: () => Promise<Stretch>,
): Promise<{ throughput: Cost; cpu: Cost }> {
  const throughput: number[] = []
  const cpu: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const first = await (turn % 2 === 0 ? plain() : watched())
    const second = await (turn % 2 === 0 ? watched() : plain())
    const [without, along] = turn % 2 === 0 ? [first, second] : [second, first]
    throughput.push((1 - along.answers / without.answers) * 100)
    cpu.push((along.cpu_us / without.cpu_us - 1) * 100)
  }
  return { throughput: costOf(throughput), cpu: costOf(cpu) }
}

async function sampledLoad(server: ChildProcess, port: number, milliseconds: number, agents?: AgentChannel): Promise<Stretch> {
  const sampling = await startSampling({
    subjects: [{ subject: 'server', pid: server.pid ?? 0 }],
    interval_ms: 100,
    ...(agents ? { agents } : {}),
  })
  const stretch = await load(server, port, milliseconds)
  const { resources, findings } = await sampling.stop()
  if (agents && resources[0]?.metrics['heap_mb'] === undefined) throw new Error(`no agent: ${JSON.stringify(findings)}`)
  return stretch
}

/** What sampling from outside takes from the throughput of a server. */
export async function influence(turns = 60, milliseconds = 300): Promise<Cost> {
  const server = start(serverProgram)
  const [port] = (await once(server, 'message')) as [number]
  await sampledLoad(server, port, 2000)
  const { throughput } = await compare(
    turns,
    () => load(server, port, milliseconds),
    () => sampledLoad(server, port, milliseconds),
  )
  await stop(server)
  return throughput
}

/**
 * What the agent takes from a server while it is asked ten times a second: CPU time per request, which is what a server that uses up its
 * core loses in throughput, and does not move with what else the machine does as throughput does. Both sides are the same process, since two
 * processes of the same code differ by more than an agent costs; unasked it does nothing but hear of new connections.
 */
export async function agentCost(turns = 40, milliseconds = 500): Promise<Cost> {
  const agents = await openAgentChannel()
  const server = start(serverProgram, agentEnvironment(agents))
  const [port] = (await once(server, 'message')) as [number]
  await sampledLoad(server, port, 2000, agents)
  const { cpu } = await compare(
    turns,
    () => sampledLoad(server, port, milliseconds),
    () => sampledLoad(server, port, milliseconds, agents),
  )
  await stop(server)
  await agents.close()
  return cpu
}

/**
 * The same against a server that never heard of an agent, as the sum of loading it and of being asked. Each pair of servers is fresh and loaded in turns; since two processes of the
 * same code differ by more than an agent costs, a pair is one value, and the interval is wide.
 */
export async function agentAgainstNone(pairs = 8, turns = 8, milliseconds = 300): Promise<Cost> {
  const agents = await openAgentChannel()
  const costs: number[] = []
  for (let pair = 0; pair < pairs; pair++) {
    const [bare, watched] = [start(serverProgram), start(serverProgram, agentEnvironment(agents))]
    const ports = await Promise.all([bare, watched].map(async (server) => ((await once(server, 'message')) as [number])[0]))
    const [barePort = 0, watchedPort = 0] = ports
    await sampledLoad(bare, barePort, 1000)
    await sampledLoad(watched, watchedPort, 1000, agents)
    const { cpu } = await compare(
      turns,
      () => sampledLoad(bare, barePort, milliseconds),
      () => sampledLoad(watched, watchedPort, milliseconds, agents),
    )
    costs.push(cpu.percent)
    await Promise.all([stop(bare), stop(watched)])
  }
  await agents.close()
  return costOf(costs)
}

export async function samplingCosts(): Promise<SamplingCosts> {
  try {
    return {
      own_cpu_percent: await ownCost(),
      influence: await influence(),
      agent: await agentCost(),
      agent_against_none: await agentAgainstNone(),
    }
  } finally {
    await endSampling()
  }
}

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(await samplingCosts(), undefined, 2))
