import { PerfError } from '../model/error.ts'
import type { Finding } from '../model/finding.ts'
import type { LoadTimes } from '../model/measured.ts'
import type { Phase } from '../model/resources.ts'
import type { HttpSpec } from '../model/spec.ts'
import { answerChecks } from './answer-checks.ts'
import { decideJob } from './decide-job.ts'
import { runGenerator } from './generator-process.ts'
import type { LoadJob } from './job.ts'
import { makeRequests } from './make-requests.ts'
import { runHere } from './run-here.ts'
import type { Target } from './target.ts'
import { remoteNotice } from './remote-notice.ts'
import { readTarget } from './target.ts'

export interface LoadEvents {
  /** The process that sends: this one where users run sessions. */
  onGenerator?(pid: number): void
  onPhase?(name: string): void
  onProgress?(progress: { readonly elapsed_ms: number; readonly requests: number }): void
}

/**
 * Puts an HTTP server under load and measures what comes back. Stopped by `spec.signal` it resolves with what was measured up to then.
 *
 * @throws PerfError LOAD_REMOTE for a host other than this machine without `allowRemote`; TARGET_INVALID and OPTION_INVALID for a case that
 *   makes no sense; LOAD_FAILED where the generator ended before its result
 */
export async function driveLoad(
  spec: HttpSpec,
  events: LoadEvents = {},
): Promise<{ measurement: LoadTimes; phases: readonly Phase[]; findings: readonly Finding[] }> {
  const { job } = admitted(spec)
  const host = {
    check: answerChecks(spec.check),
    requests: makeRequests(spec.request, job.seed),
    onGenerator: (pid: number) => events.onGenerator?.(pid),
    onPhase: (name: string) => events.onPhase?.(name),
    onProgress: (progress: { readonly elapsed_ms: number; readonly requests: number }) => events.onProgress?.(progress),
  }
  return spec.session ? runHere(job, spec.session, spec, host) : runGenerator(job, host, spec.signal)
}

/** The load as plain data, once it may leave for its target. Throws as {@link driveLoad} does. */
export function admitted(spec: HttpSpec): { target: Target; job: LoadJob } {
  const target = readTarget(spec.origin, spec.ca)
  const job = decideJob(spec, target)
  admit(spec, target)
  return { target, job }
}

function admit(spec: HttpSpec, target: Target): void {
  if (target.loopback) return
  if (!spec.allowRemote) throw new PerfError('LOAD_REMOTE', `The case "${spec.name}" aims at ${target.origin}, which is not this machine.`)
  process.stderr.write(`${remoteNotice(spec, target)}\n`)
}
