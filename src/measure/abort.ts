import { PerfError } from '../model/error.ts'

/** The work, or a rejection with CASE_TIMEOUT as soon as the signal aborts: a body that never resolves cannot hold its case. */
export async function orAborted<T>(name: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (!signal) return work()
  if (signal.aborted) throw timedOut(name, signal)
  const settled = Promise.withResolvers<never>()
  const abort = (): void => settled.reject(timedOut(name, signal))
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work(), settled.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function timedOut(name: string, signal: AbortSignal): PerfError {
  const { reason } = signal
  if (reason instanceof PerfError) return reason
  const why = reason instanceof Error ? reason.message : String(reason)
  return new PerfError('CASE_TIMEOUT', `"${name}" was stopped before it finished: ${why}`, { cause: reason })
}
