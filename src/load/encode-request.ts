import { PerfError } from '../model/error.ts'
import { withoutUrlSecrets } from '../model/secrets.ts'
import type { RequestSpec } from '../model/spec.ts'
import type { EncodedRequest } from './exchange.ts'
import type { Target } from './target.ts'

const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
const token = /^[!#$%&'*+.^_`|~\w-]+$/
const printable = /^[\t\x20-\x7e\x80-\xff]*$/

class Malformed extends Error {}

export interface Encoding {
  readonly connection: 'keep-alive' | 'close'
  /** What it is timed under. @default no name */
  readonly name?: string
  /** The case that a mistake is told of. */
  readonly of: string
}

/** Writes a request once, so that sending it costs no more than one write. @throws PerfError TARGET_INVALID */
export function encodeRequest(spec: RequestSpec, target: Target, how: Encoding): EncodedRequest {
  try {
    return written(spec, target, how)
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    throw new PerfError('TARGET_INVALID', `A request of "${how.of}" is not well formed: ${error.message}`, { cause: error.cause })
  }
}

function written(spec: RequestSpec, target: Target, { connection, name = '' }: Encoding): EncodedRequest {
  const method = spec.method ?? 'GET'
  if (!methods.has(method)) throw new Malformed(`the method ${JSON.stringify(method)} is not known.`)
  const head = [`${method} ${requestTarget(spec.path)} HTTP/1.1`]
  const body = bodyBytes(spec.body)
  const own = new Set(Object.keys(spec.headers ?? {}).map((key) => key.toLowerCase()))
  if (!own.has('host')) head.push(`Host: ${target.authority}`)
  head.push(`Connection: ${connection}`)
  if (target.authorization && !own.has('authorization')) head.push(`Authorization: ${target.authorization}`)
  if (body && !own.has('content-type') && isJson(spec.body)) head.push('Content-Type: application/json')
  if (body || method === 'POST' || method === 'PUT' || method === 'PATCH') head.push(`Content-Length: ${body?.length ?? 0}`)
  for (const [key, value] of Object.entries(spec.headers ?? {})) {
    if (!token.test(key)) throw new Malformed(`the header name ${JSON.stringify(key)} is not allowed.`)
    // The value is not shown: it may be a credential.
    if (!printable.test(value)) throw new Malformed(`the value of the header ${JSON.stringify(key)} has a character that is not allowed.`)
    if (/^(?:connection|content-length|transfer-encoding)$/i.test(key)) continue
    head.push(`${key}: ${value}`)
  }
  const lines = Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1')
  return { bytes: body ? Buffer.concat([lines, body]) : lines, name, answersHead: method === 'HEAD' }
}

/** The name a request of a mix is timed under. */
export function requestName(spec: RequestSpec): string {
  return `${spec.method ?? 'GET'} ${withoutUrlSecrets(spec.path)}`
}

function requestTarget(path: unknown): string {
  if (typeof path !== 'string' || !path.startsWith('/'))
    throw new Malformed(`the path ${JSON.stringify(typeof path === 'string' ? withoutUrlSecrets(path) : path)} does not start with "/".`)
  return path.replace(/#.*$/s, '').replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed()))
}

function isJson(body: unknown): boolean {
  return typeof body !== 'string' && !(body instanceof Uint8Array)
}

function bodyBytes(body: unknown): Buffer | undefined {
  if (body === undefined) return undefined
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return Buffer.from(body)
  try {
    const json = JSON.stringify(body) as string | undefined
    if (json === undefined) throw new TypeError(`a ${typeof body} has no JSON`)
    return Buffer.from(json)
  } catch (cause) {
    throw new Malformed('the body cannot be written as JSON.', { cause })
  }
}
