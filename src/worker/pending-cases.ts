import { setTimeout } from 'node:timers/promises'
import type { Milliseconds } from '../model/units.ts'

/** So long a case that was cut short may take to hand over what it had. */
const patience_ms: Milliseconds = 3000

const pending = new Set<Promise<unknown>>()

/** Remembers a case until it is over. Vitest gives a test up the moment it is cancelled, and does not wait for what its body still does. */
export function pendingUntilOver<Result>(run: Promise<Result>): Promise<Result> {
  const over = Promise.allSettled([run])
  pending.add(over)
  void over.finally(() => pending.delete(over))
  return run
}

/** Waits for the cases that are still at work when their file ends. */
export async function pendingCasesOver(): Promise<void> {
  if (pending.size > 0) await Promise.race([Promise.all(pending), setTimeout(patience_ms, undefined, { ref: false })])
}
