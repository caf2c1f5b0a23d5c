import { finding } from '../model/finding.ts'
import type { RequestSpec } from '../model/spec.ts'
import { checkableBytes } from './check.ts'
import { ClosedLoop } from './closed-loop.ts'
import { conduct } from './conduct.ts'
import type { Conduct, LoadResult, Stopper } from './conduct.ts'
import { encodeRequest, requestName } from './encode-request.ts'
import type { EncodedRequest } from './exchange.ts'
import { FunctionSource } from './function-source.ts'
import type { LoadJob } from './job.ts'
import type { LoadLoop } from './load-loop.ts'
import { LoadRun } from './load-run.ts'
import { LocalCheck } from './local-check.ts'
import { meanRate } from './arrivals.ts'
import { OpenLoop } from './open-loop.ts'
import { Redactor } from './redact.ts'
import type { CheckQuestion } from './relayed-check.ts'
import { RelayedCheck } from './relayed-check.ts'
import type { RequestOrder } from './relayed-source.ts'
import { RelayedSource } from './relayed-source.ts'
import { RequestContexts } from './request-contexts.ts'
import { FixedSource } from './request-source.ts'
import type { RequestSource } from './request-source.ts'
import { readTarget } from './target.ts'

/** What the generator wants from the process of the test file, and tells it. */
export interface Channel {
  readonly ask: (question: CheckQuestion) => void
  readonly order: (order: RequestOrder) => void
  readonly onPhase: (name: string) => void
  readonly onProgress: Conduct['onProgress']
}

export interface AssembledLoad {
  run(stopper: (stopper: Stopper) => void): Promise<LoadResult>
  verdict(key: string, refusal: string | null): void
  requests(user: number, specs: readonly RequestSpec[]): void
}

const verdictsMs = 2000
/** A closed loop opens what its requesters need; an open one could want a thousand at once. */
const openingAtOnce = 64

/** Puts the parts of one load together: target, requests, check, loop. */
export function assemble(job: LoadJob, channel: Channel): AssembledLoad {
  const { shape } = job
  const target = readTarget(job.origin, job.ca)
  const redactor = new Redactor()
  if (target.authorization) redactor.learn({ authorization: target.authorization })
  const encode = (spec: RequestSpec, name = ''): EncodedRequest => {
    redactor.learn(spec.headers)
    return encodeRequest(spec, target, job.keepAlive ? 'keep-alive' : 'close', name)
  }
  const contexts = new RequestContexts(job.seed)
  const relayed = new RelayedSource(
    channel.order,
    (spec) => encode(spec),
    (user) => contexts.position(user),
  )
  const source = requestSource(job, contexts, encode, relayed)
  const inFlight = shape.model === 'closed' ? shape.connections * shape.pipelining : shape.maxInFlight
  const asked = new RelayedCheck(checkableBytes(inFlight), channel.ask)
  const check = job.check && new LocalCheck(job.check.source, asked)
  const pipelining = shape.model === 'closed' ? shape.pipelining : 1
  const opening = shape.model === 'closed' ? job.sockets : openingAtOnce
  const limits = { sockets: job.sockets, opening, pipelining, keepAlive: job.keepAlive, timeoutMs: job.timeoutMs }
  const run = new LoadRun(target, limits, check, redactor, job.durationMs)
  const loop: LoadLoop = shape.model === 'closed' ? new ClosedLoop(run, source, shape) : new OpenLoop(run, source, shape, job.seed)
  return {
    verdict: (key, refusal) => asked.verdict(key, refusal),
    requests: (user, specs) => relayed.deliver(user, specs),
    async run(stopper) {
      const how: Conduct = {
        model: shape.model,
        durationMs: job.durationMs,
        warmupMs: job.warmupMs,
        abortOnFailPercent: job.abortOnFailPercent,
        wantedRate: shape.model === 'open' ? meanRate(shape.stages) : undefined,
        thinking: 'not thinking',
        starved: () => source.starved,
        settleChecks: () => asked.settled(verdictsMs),
        onPhase: channel.onPhase,
        onProgress: channel.onProgress,
      }
      const result = await conduct(run, loop, how, stopper)
      const { checked, responses } = asked.seen
      if (checked === responses) return result
      return { ...result, findings: [...result.findings, finding('checks_sampled', { checked, responses })] }
    },
  }
}

function requestSource(
  job: LoadJob,
  contexts: RequestContexts,
  encode: (spec: RequestSpec, name?: string) => EncodedRequest,
  relayed: RelayedSource,
): RequestSource {
  const { requests } = job
  if ('source' in requests) return new FunctionSource(requests.source, contexts, encode, relayed)
  const mixed = requests.length > 1
  return new FixedSource(
    requests.map((spec) => encode(spec, mixed ? requestName(spec) : '')),
    requests,
    job.seed,
  )
}
