import type { FunctionSpec } from '../model/spec.ts'
import { orAborted } from './abort.ts'
import type { OnPhase } from './function-phase.ts'
import { tearDown } from './prepared-case.ts'

/**
 * The work on these cases, stopped by the first signal among them, and their teardown in the end. After a stop the teardown
 * is begun and not waited for: it may hang where the body hangs. An error of the work wins over one of the teardown.
 */
export async function guarded<T>(specs: readonly FunctionSpec[], onPhase: OnPhase, work: () => Promise<T>): Promise<T> {
  const signals = specs.flatMap(({ signal }) => signal ?? [])
  const signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0]
  const tearDownAll = async (): Promise<void> => {
    if (specs.some(({ teardown }) => teardown)) onPhase('teardown')
    for (const spec of specs) await tearDown(spec)
  }
  let result: T
  try {
    result = await orAborted(specs.map(({ name }) => name).join(', '), signal, work)
  } catch (error) {
    const ended = tearDownAll().catch(() => undefined)
    if (!signal?.aborted) await ended
    throw error
  }
  await tearDownAll()
  return result
}
