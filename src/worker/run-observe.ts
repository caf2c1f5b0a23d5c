import { setImmediate, setTimeout as wait } from 'node:timers/promises'
import { stopReason } from '../load/generator-process.ts'
import { now } from '../measure/clock.ts'
import type { CaseSubject, DeclaredCase } from '../model/declared.ts'
import { PerfError } from '../model/error.ts'
import { finding } from '../model/finding.ts'
import type { Milliseconds } from '../model/units.ts'
import type { CaseTools, Outcome } from './outcome.ts'

type ObserveSubject = Extract<CaseSubject, { kind: 'observe' }>
type Work = (context: unknown) => unknown

/**
 * Watches for the length of the window; `during` is called again and again until it ends, and what it returns is awaited. Stopped by the signal it
 * resolves with what was seen up to then, as loads do.
 */
export async function runObserve(declared: DeclaredCase, subject: ObserveSubject, context: unknown, tools: CaseTools): Promise<Outcome[]> {
  const { timeMs, warmupMs } = declared.options
  if (timeMs <= 0) throw new PerfError('OPTION_INVALID', `bench.observe("${declared.name}") needs a duration above 0.`)
  const during = subject.during as Work | undefined
  const work = (end: Milliseconds) => (during ? again(() => during(context), end, tools.signal) : idle(end, tools.signal))
  if (warmupMs > 0) {
    tools.phase('warm-up')
    await untilAborted(work(now() + warmupMs), tools.signal)
    tools.signal.throwIfAborted()
  }
  tools.phase('measure')
  const start = now()
  await untilAborted(work(start + timeMs), tools.signal)
  const elapsed_ms = now() - start
  const findings = tools.signal.aborted ? [finding('aborted_early', { reason: stopReason(tools.signal) })] : []
  return [{ measurement: { type: 'observation', elapsed_ms }, findings }]
}

async function idle(end: Milliseconds, signal: AbortSignal): Promise<void> {
  await wait(Math.max(0, end - now()), undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

async function again(call: () => unknown, end: Milliseconds, signal: AbortSignal): Promise<void> {
  while (now() < end && !signal.aborted) {
    await call()
    // A synchronous body must not starve the messages of the sampling process. A timer would hold it to a thousand calls a second.
    await setImmediate()
  }
}

/** The work, or its first part: what does not come back must not take along what was seen before the signal. */
async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>()
  const abort = (): void => aborted.resolve()
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
