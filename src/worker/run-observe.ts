import { setTimeout as wait } from 'node:timers/promises'
import type { CaseSubject, DeclaredCase } from '../model/declared.ts'
import { PerfError } from '../model/error.ts'
import type { CaseTools, Outcome } from './outcome.ts'

type ObserveSubject = Extract<CaseSubject, { kind: 'observe' }>

/** Watches for the length of the window; `during` is called again and again until it ends, and what it returns is awaited. */
export async function runObserve(declared: DeclaredCase, subject: ObserveSubject, context: unknown, tools: CaseTools): Promise<Outcome[]> {
  const windowMs = declared.options.timeMs
  if (windowMs <= 0) throw new PerfError('OPTION_INVALID', `bench.observe("${declared.name}") needs a duration above 0.`)
  const during = subject.during as ((context: unknown) => unknown) | undefined
  tools.phase('measure')
  const start = performance.now()
  if (during) {
    while (performance.now() - start < windowMs && !tools.signal.aborted) {
      await during(context)
      // A synchronous body must not starve the messages of the sampling process.
      await wait(0)
    }
  } else {
    await wait(windowMs, undefined, { signal: tools.signal })
  }
  return [{ measurement: { type: 'observation', elapsed_ms: performance.now() - start }, findings: [] }]
}
