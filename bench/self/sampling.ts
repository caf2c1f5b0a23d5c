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
import { busyProgram, serverProgram, treeProgram } from './sampling-programs.ts'

/** What the targets are about, in percent. */
export interface SamplingCosts {
  /** Of one core, at 100 ms with 20 processes. Target: 0.5 */
  readonly own_cpu_percent: number
  /** CPU time that a busy Node process loses to its agent while it is asked ten times a second. Target: 1 */
  readonly agent_cpu: Cost
  /** Requests per second lost to sampling from outside. Target: 1, or what the machine lets one see */
  readonly influence: Cost
  /** Requests per second lost to the agent of a server, against one that has none. Target: the same */
  readonly agent: Cost
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
async function load(port: number, milliseconds: number): Promise<number> {
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
async function compare(turns: number, plain: () => Promise<number>, watched: () => Promise<number>): Promise<Cost> {
  const losses: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const first = await (turn % 2 === 0 ? plain() : watched())
    const second = await (turn % 2 === 0 ? watched() : plain())
    const [without, along] = turn % 2 === 0 ? [first, second] : [second, first]
    losses.push((1 - along / without) * 100)
  }
  return costOf(losses)
}

async function sampledLoad(server: ChildProcess, port: number, milliseconds: number, agents?: AgentChannel): Promise<number> {
  const sampling = await startSampling({
    subjects: [{ subject: 'server', pid: server.pid ?? 0 }],
    interval_ms: 100,
    ...(agents ? { agents } : {}),
  })
  const answers = await load(port, milliseconds)
  const { resources, findings } = await sampling.stop()
  if (agents && resources[0]?.metrics['heap_mb'] === undefined) throw new Error(`no agent: ${JSON.stringify(findings)}`)
  return answers
}

/** What sampling from outside takes from the throughput of a server. */
export async function influence(turns = 60, milliseconds = 300): Promise<Cost> {
  const server = start(serverProgram)
  const [port] = (await once(server, 'message')) as [number]
  await sampledLoad(server, port, 2000)
  const lost = await compare(
    turns,
    () => load(port, milliseconds),
    () => sampledLoad(server, port, milliseconds),
  )
  await stop(server)
  return lost
}

/**
 * What the agent takes from a program that is never idle while it is asked ten times a second: CPU time for the same work. There is no client and no network, which make the throughput of a
 * server differ by several percent from turn to turn.
 */
export async function agentCpu(turns = 60, milliseconds = 500): Promise<Cost> {
  const agents = await openAgentChannel()
  const program = start(busyProgram, agentEnvironment(agents))
  await once(program, 'message')
  const tell = async (): Promise<[turns: number, cpu: number]> => {
    const told = once(program, 'message')
    program.send('tell')
    return ((await told) as [[number, number]])[0]
  }
  const workPerCpu = async (asked: boolean): Promise<number> => {
    const sampling = await startSampling({
      subjects: [{ subject: 'server', pid: program.pid ?? 0 }],
      interval_ms: 100,
      ...(asked ? { agents } : {}),
    })
    const before = await tell()
    await setTimeout(milliseconds)
    const after = await tell()
    const { resources } = await sampling.stop()
    if (asked && !(Number(resources[0]?.metrics['gc_count']) > 0)) throw new Error('the agent told of no collection')
    return (after[0] - before[0]) / (after[1] - before[1])
  }
  await workPerCpu(true)
  const cost = await compare(
    turns,
    () => workPerCpu(false),
    () => workPerCpu(true),
  )
  await stop(program)
  await agents.close()
  return cost
}

/**
 * What an agent takes from the throughput of a server, against one that has none, loading it included. Each pair of servers is fresh and loaded in turns; since two processes of the
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
    const lost = await compare(
      turns,
      () => sampledLoad(bare, barePort, milliseconds),
      () => sampledLoad(watched, watchedPort, milliseconds, agents),
    )
    costs.push(lost.percent)
    await Promise.all([stop(bare), stop(watched)])
  }
  await agents.close()
  return costOf(costs)
}

export async function samplingCosts(): Promise<SamplingCosts> {
  try {
    return {
      own_cpu_percent: await ownCost(),
      agent_cpu: await agentCpu(),
      influence: await influence(),
      agent: await agentAgainstNone(),
    }
  } finally {
    await endSampling()
  }
}

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(await samplingCosts(), undefined, 2))
