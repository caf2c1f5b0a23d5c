import { loadDefaults } from '../model/load-defaults.ts'
import type { HttpSpec } from '../model/spec.ts'
import { requestName } from './encode-request.ts'
import { withoutUrlSecrets } from '../model/secrets.ts'
import type { Target } from './target.ts'

/** What is printed before a load leaves this machine. */
export function remoteNotice(spec: HttpSpec, target: Target): string {
  const { request } = spec
  const what = typeof request === 'function' ? 'requests of a function' : [request].flat().map(requestName).join(', ')
  const most = spec.amount === undefined ? `for ${spec.durationMs} ms` : `${spec.amount} times`
  const load = spec.session
    ? `sessions of ${spec.users ?? loadDefaults.users} users for ${spec.durationMs} ms`
    : `${what} ${spec.stages ? 'in stages' : spec.rate === undefined ? `on ${spec.connections ?? loadDefaults.connections} connections ${most}` : `at ${spec.rate}/s ${most}`}`
  return `vitest-perf: "${spec.name}" sends ${withoutUrlSecrets(load)} to ${target.origin}, which is not this machine (allowRemote is set)`
}
