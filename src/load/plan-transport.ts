import { PerfError } from '../model/error.ts'
import type { HttpSpec } from '../model/spec.ts'
import type { LoadJob, TransportPlan } from './job.ts'
import { OptionCheck } from './option-check.ts'
import type { Target } from './target.ts'

/** @throws PerfError OPTION_INVALID where autocannon is asked for and cannot send such a load */
export function planTransport(spec: HttpSpec, shape: LoadJob['shape'], target: Target): TransportPlan {
  const asked =
    spec.transport === undefined ? undefined : new OptionCheck(spec.name).oneOf('transport', spec.transport, ['autocannon', 'direct'])
  if (asked === 'direct') return { use: 'direct' }
  const reason = obstacle(spec, shape, target)
  if (reason === undefined) return { use: 'autocannon', asked: asked !== undefined }
  if (asked) throw new PerfError('OPTION_INVALID', `The case "${spec.name}" asks for the transport "autocannon": ${reason}.`)
  return shape.model === 'closed' ? { use: 'direct', reason } : { use: 'direct' }
}

function obstacle({ pool }: HttpSpec, shape: LoadJob['shape'], target: Target): string | undefined {
  if (shape.model === 'open') return 'it sends closed loops, and this load has planned times'
  if (shape.model === 'users') return 'it sends closed loops, and this load has users'
  if (target.tls) return 'it does not verify certificates, and the target is https'
  const pooled = pool?.sockets !== undefined || pool?.keepAlive !== undefined
  return pooled ? 'it has no pool, and the case has pool options' : undefined
}
