import { now } from '../measure/clock.ts'
import { endSampling, startSampling } from '../sampling/start.ts'
import type { Sampled } from '../sampling/messages.ts'
import type { RunningServer } from '../model/server.ts'
import type { Milliseconds } from '../model/units.ts'
import { againstProcess } from './against-process.ts'
import { agentChannel, closeAgentChannel } from './agent-channel.ts'
import { covariatesAround } from './covariates-around.ts'
import type { CaseTools, Watch } from './outcome.ts'
import { serversOfFile } from './servers-of-file.ts'
import { workerConfig } from './worker-config.ts'

/** Taken when this module loads, as `now` is: fake timers may stand in its place later. */
const systemNow = Date.now

interface Wanted {
  readonly server: RunningServer | undefined
  readonly intervalMs: Milliseconds
  readonly signal: AbortSignal
  /** Follow the heap that survives forced collections: for watching, not for latencies. */
  readonly retainedHeap: boolean
}

/** Runs a case while its processes are sampled: this worker, the server under test, and the load generator once there is one. */
export async function sampled<Result>(wanted: Wanted, run: (tools: CaseTools) => Promise<Result>): Promise<Sampled & { result: Result }> {
  const { server, intervalMs, signal, retainedHeap } = wanted
  if (againstProcess()) {
    const { result, covariates } = await covariatesAround(() => run({ phase() {}, watch() {}, apart() {}, signal }))
    return { result, covariates, phases: [], resources: [], findings: [] }
  }
  const ours = server && server.pid > 0
  const sampling = await startSampling({
    subjects: [{ subject: 'worker', pid: process.pid }, ...(ours ? [{ subject: 'server' as const, pid: server.pid }] : [])],
    apart: serversOfFile()?.processesBeside(server) ?? [],
    interval_ms: intervalMs,
    samplers: workerConfig().samplers,
    retained_heap: retainedHeap,
    ...(ours ? { agents: (await agentChannel()).channel } : {}),
  })
  let stopped = false
  try {
    const result = await run({
      phase: (name) => sampling.phase(name, signal.aborted),
      watch: (subject, pid) => sampling.add(subject, pid),
      apart: (pid) => sampling.apart(pid),
      signal,
    })
    stopped = true
    return { result, ...(await sampling.stop(signal.aborted)) }
  } finally {
    if (!stopped) await sampling.stop(signal.aborted)
  }
}

/** Samples anew for each run it is given. */
export function watching(wanted: Wanted): Watch {
  return async (run) => {
    const started_at = systemNow()
    const start = now()
    const { result, ...rest } = await sampled(wanted, run)
    return { result, watched: { ...rest, started_at, duration_ms: now() - start } }
  }
}

/** Ends what sampling keeps warm between the cases of a file. */
export async function endSamplingOfFile(): Promise<void> {
  await endSampling()
  await closeAgentChannel()
}
