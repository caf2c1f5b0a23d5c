import { isMainThread } from 'node:worker_threads'
import { recordArtifact, type TestContext } from 'vitest'
import type { Measured } from '../model/measured.ts'
import type { Milliseconds } from '../model/units.ts'
import type { Plain } from './plain.ts'

// The compiler proves that what crosses is plain data: no Date, Map, class or function.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
const crosses: Same<Plain<Measured>, Measured> = true

/** Worker side of the seam: the only place that sends. */
export async function sendCases(task: TestContext['task'], cases: readonly Measured[]): Promise<void> {
  const attempt = (task.result?.retryCount ?? 0) + (task.result?.repeatCount ?? 0)
  if (crosses && cases.length > 0) await recordArtifact(task, { type: 'vitest-perf:case', attempt, cases })
}

/** Tells the main process that a case begins: should its body never let go of this process, somebody outside must end it. */
export async function announceCase(task: TestContext['task'], timeout_ms: Milliseconds): Promise<void> {
  await recordArtifact(task, { type: 'vitest-perf:begin', pid: isMainThread ? process.pid : null, timeout_ms })
}
