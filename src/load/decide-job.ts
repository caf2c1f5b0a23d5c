import { PerfError } from '../model/error.ts'
import { loadDefaults } from '../model/load-defaults.ts'
import type { HttpSpec, RequestSpec } from '../model/spec.ts'
import { encodeRequest } from './encode-request.ts'
import type { LoadJob } from './job.ts'
import { shapeOf } from './load-shape.ts'
import { OptionCheck } from './option-check.ts'
import { planTransport } from './plan-transport.ts'
import { stopsOf } from './stops.ts'
import type { Target } from './target.ts'

const longestTimeoutMs = 3_600_000

/**
 * Turns a case with closures into data for the generator.
 *
 * @throws PerfError OPTION_INVALID or TARGET_INVALID
 */
export function decideJob(spec: HttpSpec, target: Target): LoadJob {
  const check = new OptionCheck(spec.name)
  const shape = shapeOf(spec)
  const timeoutMs = check.milliseconds('requestTimeout', spec.requestTimeout ?? loadDefaults.requestTimeout)
  if (timeoutMs <= 0 || timeoutMs > longestTimeoutMs)
    throw check.wrong('requestTimeout', spec.requestTimeout, 'more than 0 and at most 1 h')
  if (spec.check !== undefined && typeof spec.check !== 'function') throw check.wrong('check', spec.check, 'a function of the answer')
  const pool = spec.pool ?? {}
  check.names('pool', pool, ['sockets', 'keepAlive'])
  return {
    name: spec.name,
    origin: spec.origin,
    ca: spec.ca,
    requests: requests(spec, target, check),
    check: spec.check && { source: String(spec.check) },
    shape,
    transport: planTransport(spec, shape, target),
    durationMs: shape.model === 'open' ? shape.stages.reduce((sum, stage) => sum + stage.durationMs, 0) : spec.durationMs,
    warmupMs: spec.warmupMs,
    timeoutMs,
    sockets: pool.sockets === undefined ? undefined : check.whole('pool.sockets', pool.sockets),
    keepAlive: check.flag('pool.keepAlive', pool.keepAlive ?? true),
    seed: check.whole('seed', spec.seed ?? loadDefaults.seed, 0),
    stops: stopsOf(spec, shape, check),
  }
}

/** Every fixed request is encoded once here, so that a mistake is found before a process is started. */
function requests(spec: HttpSpec, target: Target, check: OptionCheck): LoadJob['requests'] {
  const { request } = spec
  if (typeof request === 'function') return { source: String(request) }
  const list: readonly RequestSpec[] = Array.isArray(request) ? (request as readonly RequestSpec[]) : [request as RequestSpec]
  if (list.length === 0) throw new PerfError('TARGET_INVALID', `The case "${spec.name}" has no request.`)
  for (const [index, one] of list.entries()) {
    encodeRequest(one, target, { connection: 'keep-alive', of: spec.name })
    check.positive(`requests[${index}].weight`, one.weight ?? 1)
  }
  return list.map((one) => ({
    ...one,
    ...(one.body === undefined || typeof one.body === 'string' || one.body instanceof Uint8Array ? {} : { body: json(one.body) }),
  }))
}

function json(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body)) as unknown
}
