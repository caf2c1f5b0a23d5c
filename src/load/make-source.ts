import type { RequestSpec } from '../model/spec.ts'
import { requestName } from './encode-request.ts'
import type { EncodedRequest } from './exchange.ts'
import { FunctionSource } from './function-source.ts'
import type { LoadJob } from './job.ts'
import type { RelayedSource } from './relayed-source.ts'
import type { RequestContexts } from './request-contexts.ts'
import { FixedSource } from './request-source.ts'
import type { RequestSource } from './request-source.ts'

export type Encode = (spec: RequestSpec, name?: string) => EncodedRequest

/** The requests of a case: fixed, or made by a function here or, through `relayed`, where it was written. */
export function makeSource({ requests, seed }: LoadJob, contexts: RequestContexts, encode: Encode, relayed: RelayedSource): RequestSource {
  if ('source' in requests) return new FunctionSource(requests.source, contexts, encode, relayed)
  const mixed = requests.length > 1
  const encoded = requests.map((spec) => encode(spec, mixed ? requestName(spec) : ''))
  return new FixedSource(encoded, requests, seed)
}
