import { PerfError } from '../model/error.ts'
import type { HttpSpec, RequestSpec } from '../model/spec.ts'
import { toMilliseconds } from '../model/units.ts'
import type { Duration } from '../model/units.ts'
import { encodeRequest } from './encode-request.ts'
import type { ClosedShape, LoadJob, OpenShape, Stage, UsersShape } from './job.ts'
import { planTransport } from './plan-transport.ts'
import type { Target } from './target.ts'

const defaults = { connections: 10, users: 1, pipelining: 1, maxInFlight: 1000, requestTimeout: '10s', seed: 1 } as const
const longestTimeoutMs = 3_600_000

/**
 * Turns a case with closures into data for the generator.
 *
 * @throws PerfError OPTION_INVALID or TARGET_INVALID
 */
export function decideJob(spec: HttpSpec, target: Target): LoadJob {
  const shape = shapeOf(spec)
  const timeoutMs = milliseconds('requestTimeout', spec.requestTimeout ?? defaults.requestTimeout)
  if (timeoutMs <= 0 || timeoutMs > longestTimeoutMs) throw invalid('requestTimeout', spec.requestTimeout, 'more than 0 and at most 1 h')
  return {
    name: spec.name,
    origin: spec.origin,
    ca: spec.ca,
    requests: requests(spec, target),
    check: spec.check && { source: String(spec.check) },
    shape,
    transport: planTransport(spec, shape, target),
    durationMs: shape.model === 'open' ? shape.stages.reduce((sum, stage) => sum + stage.durationMs, 0) : spec.durationMs,
    warmupMs: spec.warmupMs,
    timeoutMs,
    sockets: spec.pool?.sockets === undefined ? undefined : whole('pool.sockets', spec.pool.sockets),
    keepAlive: spec.pool?.keepAlive ?? true,
    seed: spec.seed ?? defaults.seed,
    abortOnFailPercent: spec.abort_on_fail,
  }
}

/** Milliseconds of an option. @throws PerfError OPTION_INVALID */
export function milliseconds(option: string, value: Duration): number {
  const ms = toMilliseconds(value)
  if (ms === undefined) throw invalid(option, value, 'a duration such as 250, "250ms" or "5s"')
  return ms
}

/** One of the three load models. @throws PerfError OPTION_INVALID where options of two are given */
function shapeOf(spec: HttpSpec): LoadJob['shape'] {
  const given = {
    'connections (closed loop)': spec.connections ?? spec.amount ?? spec.pipelining,
    'a rate (open loop)': spec.rate ?? spec.stages,
    'users and a session': spec.users ?? spec.session,
  }
  const models = Object.entries(given).flatMap(([model, option]) => (option === undefined ? [] : [model]))
  if (models.length > 1) throw new PerfError('OPTION_INVALID', `The case "${spec.name}" has ${models.join(' and ')}; a load has one model.`)
  if (spec.rate !== undefined || spec.stages !== undefined) return openShape(spec)
  return spec.users !== undefined || spec.session !== undefined ? usersShape(spec) : closedShape(spec)
}

function usersShape(spec: HttpSpec): UsersShape {
  return {
    model: 'users',
    users: whole('users', spec.users ?? defaults.users),
    rampUpMs: milliseconds('rampUp', spec.rampUp ?? 0),
    thinkMs: milliseconds('thinkTime', spec.thinkTime ?? 0),
  }
}

function closedShape(spec: HttpSpec): ClosedShape {
  return {
    model: 'closed',
    connections: whole('connections', spec.connections ?? defaults.connections),
    pipelining: whole('pipelining', spec.pipelining ?? defaults.pipelining),
    amount: spec.amount === undefined ? undefined : whole('amount', spec.amount),
  }
}

function openShape(spec: HttpSpec): OpenShape {
  const from = spec.rate ?? 0
  let before = positive('rate', spec.rate ?? spec.stages?.[0]?.rate ?? 0)
  if (spec.stages?.length === 0) throw invalid('stages', spec.stages, 'at least one stage')
  const stages: Stage[] = (spec.stages ?? [{ rate: from, duration: spec.durationMs }]).map(({ rate, duration }, index) => {
    const fromRate = index === 0 && spec.rate === undefined ? 0 : before
    before = rate
    if (!(rate >= 0) || !Number.isFinite(rate)) throw invalid(`stages[${index}].rate`, rate, 'a number of requests per second')
    return { fromRate, toRate: rate, durationMs: milliseconds(`stages[${index}].duration`, duration) }
  })
  return {
    model: 'open',
    stages,
    arrivals: spec.arrivals ?? 'constant',
    maxInFlight: whole('maxInFlight', spec.maxInFlight ?? defaults.maxInFlight),
  }
}

/** Every fixed request is encoded once here, so that a mistake is found before a process is started. */
function requests(spec: HttpSpec, target: Target): LoadJob['requests'] {
  const { request } = spec
  if (typeof request === 'function') return { source: String(request) }
  const list: readonly RequestSpec[] = Array.isArray(request) ? (request as readonly RequestSpec[]) : [request as RequestSpec]
  if (list.length === 0) throw new PerfError('TARGET_INVALID', `The case "${spec.name}" has no request.`)
  for (const [index, one] of list.entries()) {
    encodeRequest(one, target, 'keep-alive')
    positive(`requests[${index}].weight`, one.weight ?? 1)
  }
  return list.map((one) => ({
    ...one,
    ...(one.body === undefined || typeof one.body === 'string' || one.body instanceof Uint8Array ? {} : { body: json(one.body) }),
  }))
}

function json(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body)) as unknown
}

function whole(option: string, value: number): number {
  if (!Number.isInteger(value) || value < 1) throw invalid(option, value, 'a whole number of 1 or more')
  return value
}

function positive(option: string, value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) throw invalid(option, value, 'a number greater than 0')
  return value
}

function invalid(option: string, value: unknown, allowed: string): PerfError {
  return new PerfError('OPTION_INVALID', `${option} is ${JSON.stringify(value)}; it must be ${allowed}.`)
}
