import type { HttpOptions } from '../model/declared.ts'
import type { Endpoint } from '../model/benchmark-config.ts'
import type { CheckedResponse, RequestSpec } from '../model/spec.ts'

/** An endpoint of the config, ready for `bench.http(name, request, options)`. */
export interface DeclaredEndpoint {
  readonly name: string
  readonly request: RequestSpec
  readonly options: HttpOptions
}

export function declaredEndpoint({ name, expect, connections, rate, duration, ...request }: Endpoint): DeclaredEndpoint {
  return {
    name,
    request,
    options: {
      ...(connections === undefined ? {} : { connections }),
      ...(rate === undefined ? {} : { rate }),
      ...(duration === undefined ? {} : { duration }),
      ...(expect === undefined ? {} : { check: (response: CheckedResponse) => isAsExpected(response, expect) }),
    },
  }
}

function isAsExpected(response: CheckedResponse, { status, contains, json }: NonNullable<Endpoint['expect']>): boolean {
  if (status !== undefined && response.status !== status) return false
  if (contains !== undefined && !response.text().includes(contains)) return false
  if (json === undefined) return true
  const body: unknown = response.json()
  return typeof body === 'object' && body !== null && Object.entries(json).every(([key, value]) => Reflect.get(body, key) === value)
}
