import { readDistributed, refuseInexpressible } from '../artillery/expressible.ts'
import { runArtillery } from '../artillery/run-artillery.ts'
import { admitted } from '../load/drive.ts'
import type { CaseSubject, DeclaredCase } from '../model/declared.ts'
import { PerfError } from '../model/error.ts'
import type { RunningServer } from '../model/server.ts'
import type { CaseTools, Outcome } from './outcome.ts'
import { workerConfig } from './worker-config.ts'

type HttpSubject = Extract<CaseSubject, { kind: 'http' }>

/** Artillery loads the server, from here or from its workers in a cloud. */
export async function runDistributed(
  declared: DeclaredCase,
  subject: HttpSubject,
  server: RunningServer,
  tools: CaseTools,
): Promise<Outcome[]> {
  const { name, options } = declared
  const { request, load } = subject
  const distributed = readDistributed(name, subject.distributed ?? {})
  refuseInexpressible(name, request, load)
  const spec = { ...load, name, origin: server.url, request, durationMs: options.timeMs, warmupMs: 0, signal: tools.signal }
  const { target, job } = admitted(spec)
  if (distributed.platform !== 'local' && target.loopback) {
    throw new PerfError(
      'OPTION_INVALID',
      `"${name}" loads ${target.origin} from ${distributed.platform}, whose workers cannot reach this machine.`,
    )
  }
  const { shape, requests, timeoutMs, sockets, keepAlive } = job
  if (shape.model !== 'open' || !Array.isArray(requests)) throw new TypeError('an open loop of fixed requests')
  tools.phase('launch')
  const { stages, arrivals, maxInFlight } = shape
  const outcome = await runArtillery(
    {
      name,
      origin: target.origin,
      authorization: target.authorization,
      requests,
      stages,
      arrivals,
      maxInFlight,
      timeoutMs,
      sockets,
      keepAlive,
      distributed,
    },
    {
      root: workerConfig().root,
      signal: tools.signal,
      onProcess: (pid) => tools.watch('generator', pid),
      onPhase: (name) => tools.phase(name),
    },
  )
  return [outcome]
}
