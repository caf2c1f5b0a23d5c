import { finding } from '../model/finding.ts'
import type { Check as CheckFunction, HttpSpec, RequestSpec } from '../model/spec.ts'
import { meanRate } from './arrivals.ts'
import { checkableBytes } from './check.ts'
import { ClosedLoop } from './closed-loop.ts'
import { conduct } from './conduct.ts'
import type { Conduct, LoadResult, Stopper } from './conduct.ts'
import { DirectCheck } from './direct-check.ts'
import { EarlyStop } from './early-stop.ts'
import { encodeRequest } from './encode-request.ts'
import type { ExchangeSink } from './exchange.ts'
import type { LoadJob } from './job.ts'
import type { LoadLoop } from './load-loop.ts'
import { LoadRun } from './load-run.ts'
import { LocalCheck } from './local-check.ts'
import { makeSource } from './make-source.ts'
import type { Encode } from './make-source.ts'
import { OpenLoop } from './open-loop.ts'
import { Pool } from './pool.ts'
import type { Connections } from './pool.ts'
import { Redactor } from '../model/redactor.ts'
import type { CheckQuestion } from './relayed-check.ts'
import { RelayedCheck } from './relayed-check.ts'
import type { RequestOrder } from './relayed-source.ts'
import { RelayedSource } from './relayed-source.ts'
import { RequestContexts } from './request-contexts.ts'
import type { RequestSource } from './request-source.ts'
import { sessionJourney } from './session.ts'
import { settleTransport } from './settle-transport.ts'
import { sourceJourney } from './source-journey.ts'
import { stagePhases } from './stage-phases.ts'
import { readTarget } from './target.ts'
import { UserLoop } from './user-loop.ts'
import { UserPools } from './user-pools.ts'
import { firstUnmeetable } from './unmeetable.ts'
import type { OpenWire } from './wire.ts'

/** What the sending process wants from the process of the test file, and tells it. */
export interface Channel {
  readonly ask: (question: CheckQuestion) => void
  readonly order: (order: RequestOrder) => void
  readonly onPhase: (name: string) => void
  readonly onProgress: Conduct['onProgress']
  /** Set where the sending process is the one of the test file: its functions can be called as they are. */
  readonly here?: { readonly session: NonNullable<HttpSpec['session']>; readonly check: CheckFunction | undefined }
}

export interface AssembledLoad {
  run(stopper: (stopper: Stopper) => void): Promise<LoadResult>
  verdict(key: string, refusal: string | null): void
  requests(user: number, specs: readonly RequestSpec[]): void
}

const verdictsMs = 2000
/** A closed loop opens what its requesters need; an open one could want a thousand at once. */
const openingAtOnce = 64

/** Puts the parts of one load together: target, requests, check, connections, loop. */
export function assemble(job: LoadJob, channel: Channel): AssembledLoad {
  const { shape } = job
  const target = readTarget(job.origin, job.ca)
  const redactor = new Redactor()
  if (target.authorization) redactor.learn({ authorization: target.authorization })
  const encode: Encode = (spec, name = '') => {
    redactor.learn(spec.headers)
    return encodeRequest(spec, target, { connection: job.keepAlive ? 'keep-alive' : 'close', name, of: job.name })
  }
  const contexts = new RequestContexts(job.seed)
  const relayed = new RelayedSource(channel.order, encode, (user) => contexts.position(user))
  const source = makeSource(job, contexts, encode, relayed)
  const bodyBytes = checkableBytes(mostInFlight(job))
  const asked = new RelayedCheck(bodyBytes, channel.ask)
  const here = channel.here && new DirectCheck(channel.here.check, bodyBytes)
  const check = here ?? (job.check && new LocalCheck(job.check.source, asked))
  const connect =
    (openWire: OpenWire) =>
    (sink: ExchangeSink): Connections => {
      const pipelining = shape.model === 'closed' ? shape.pipelining : 1
      const sockets = job.sockets ?? mostInFlight(job) / pipelining
      const opening = shape.model === 'open' ? openingAtOnce : sockets
      const limits = { sockets, opening, pipelining, keepAlive: job.keepAlive, timeoutMs: job.timeoutMs }
      const shared = shape.model !== 'users' || job.sockets !== undefined
      return shared ? new Pool(target, limits, sink, openWire) : new UserPools(shape.users, target, limits, sink)
    }
  return {
    verdict: (key, refusal) => asked.verdict(key, refusal),
    requests: (user, specs) => relayed.deliver(user, specs),
    async run(stopper) {
      const early = new EarlyStop(stopper)
      const { openWire, sent, findings } = await settleTransport(job)
      const run = new LoadRun(connect(openWire), check, redactor, job.durationMs)
      const { loop, thinkShare } = loopOf(job, run, source, channel, encode)
      const how: Conduct = {
        model: shape.model,
        durationMs: job.durationMs,
        warmupMs: job.warmupMs,
        hopeless: (soFar) => firstUnmeetable(job.stops, soFar),
        wantedRate: shape.model === 'open' ? meanRate(shape.stages) : undefined,
        thinkShare,
        starved: () => source.starved,
        settleChecks: () => asked.settled(verdictsMs),
        onPhase: channel.onPhase,
        onProgress: channel.onProgress,
      }
      const conducted = await conduct(run, loop, how, (stopper) => early.passOn(stopper))
      const measurement = { ...conducted.measurement, ...sent }
      const result = { measurement, phases: stagePhases(conducted.phases, job), findings: [...conducted.findings, ...findings] }
      const { checked, responses } = asked.seen
      if (checked === responses) return result
      return { ...result, findings: [...result.findings, finding('checks_sampled', { checked, responses })] }
    },
  }
}

function mostInFlight({ shape }: LoadJob): number {
  switch (shape.model) {
    case 'closed':
      return shape.connections * shape.pipelining
    case 'open':
      return shape.maxInFlight
    case 'users':
      return shape.users
  }
}

function loopOf(
  job: LoadJob,
  run: LoadRun,
  source: RequestSource,
  channel: Channel,
  encode: Encode,
): { loop: LoadLoop; thinkShare: () => number } {
  const { shape } = job
  switch (shape.model) {
    case 'closed':
      return { loop: new ClosedLoop(run, source, shape), thinkShare: () => 0 }
    case 'open':
      return { loop: new OpenLoop(run, source, shape, job.seed), thinkShare: () => 0 }
    case 'users': {
      const journey = channel.here ? sessionJourney(channel.here.session, job, encode) : sourceJourney(source)
      const loop = new UserLoop(run, shape, journey)
      return { loop, thinkShare: () => loop.thinkShare }
    }
  }
}
