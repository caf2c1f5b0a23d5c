import { isSecretHeader } from '../model/secrets.ts'
import type { RequestSpec } from '../model/spec.ts'
import type { ArtilleryLoad } from './artillery-load.ts'
import { refused } from './expressible.ts'
import { phasesOf, type ArtilleryPhase } from './phases.ts'
import { SecretVariables } from './secret-variables.ts'

interface ArtilleryRequest {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly followRedirect: false
  readonly gzip: false
}

export interface ArtilleryScript {
  readonly config: {
    readonly target: string
    readonly phases: readonly ArtilleryPhase[]
    readonly http: { readonly timeout: number; readonly pool?: number }
  }
  readonly scenarios: readonly { readonly weight: number; readonly flow: readonly Readonly<Record<string, ArtilleryRequest>>[] }[]
}

/**
 * The load as a script of Artillery 2: each request of the mix is a scenario of one request. `environment` has the secrets, which the script names only.
 *
 * @throws PerfError OPTION_INVALID for what Artillery cannot express
 */
export function artilleryScript(load: ArtilleryLoad): { script: ArtilleryScript; environment: Readonly<Record<string, string>> } {
  const secrets = new SecretVariables()
  const scenarios = load.requests.map((request) => ({
    weight: weightOf(load, request),
    flow: [{ [(request.method ?? 'GET').toLowerCase()]: requestOf(load, request, secrets) }],
  }))
  if (!load.keepAlive && load.sockets !== undefined) throw refused(load.name, 'pool.sockets without keepAlive', 'leave one of them out')
  const pool = load.keepAlive ? { pool: load.sockets ?? load.maxInFlight } : {}
  const config = { target: load.origin, phases: phasesOf(load), http: { timeout: load.timeoutMs / 1000, ...pool } }
  if (load.distributed.platform === 'lambda' && Object.keys(secrets.environment).length > 0) {
    throw refused(load.name, 'secrets in headers or paths for Lambda', "its Lambda workers get no environment; use 'fargate' or 'aci'")
  }
  return { script: { config, scenarios }, environment: secrets.environment }
}

/** It draws from a list of 100 entries for each unit of weight. */
function weightOf({ name }: ArtilleryLoad, { weight = 1 }: RequestSpec): number {
  const entries = weight * 100
  if (Math.abs(entries - Math.round(entries)) > 1e-9 || weight > 10_000) {
    throw refused(name, `a weight of ${weight}`, 'weights have at most two decimals and are at most 10000')
  }
  return weight
}

function requestOf({ name, authorization }: ArtilleryLoad, request: RequestSpec, secrets: SecretVariables): ArtilleryRequest {
  const { method = 'GET', path } = request
  if (request.body instanceof Uint8Array) throw refused(name, 'a body of bytes', 'give a text or what can be written as JSON')
  if (request.body !== undefined && (method === 'GET' || method === 'HEAD'))
    throw refused(name, `a ${method} with a body`, 'its client sends none')
  const isJson = request.body !== undefined && typeof request.body !== 'string'
  const body = typeof request.body === 'string' ? request.body : isJson ? JSON.stringify(request.body) : undefined
  const headers: Record<string, string> = { ...request.headers }
  const has = (header: string): boolean => Object.keys(headers).some((one) => one.toLowerCase() === header)
  if (authorization !== undefined && !has('authorization')) headers['authorization'] = authorization
  if (isJson && !has('content-type')) headers['content-type'] = 'application/json'
  if ([path, body ?? '', ...Object.values(headers)].some((text) => text.includes('{{'))) {
    throw refused(name, 'the text {{ in a request', 'it begins a template there')
  }
  const sent = Object.entries(headers).map(
    ([header, value]) => [header, isSecretHeader(header, value) ? secrets.hide(value) : value] as const,
  )
  return {
    url: secrets.hideInPath(path),
    ...(sent.length === 0 ? {} : { headers: Object.fromEntries(sent) }),
    ...(body === undefined ? {} : { body }),
    // As our own generator: an answer is an answer, and nobody asked to compress it.
    followRedirect: false,
    gzip: false,
  }
}
