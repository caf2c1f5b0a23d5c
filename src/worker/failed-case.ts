import { PerfError } from '../model/error.ts'
import type { CaseError, FailedCase } from '../model/measured.ts'
import type { RunningServer } from '../model/server.ts'
import type { CaseIdentity } from '../model/spec.ts'

const shownLines = 20

/** A case that failed: its error, and what the server said last. It has no numbers. */
export function failedCase(identity: CaseIdentity, error: unknown, server: RunningServer | undefined): FailedCase {
  const output = error instanceof PerfError && error.output ? [] : (server?.output().slice(-shownLines) ?? [])
  const errors: CaseError[] = [caseError(error)]
  if (output.length > 0) errors.push({ message: `last output of the server:\n${output.join('\n')}` })
  return { state: 'failed', identity, findings: [], errors }
}

export function caseError(error: unknown): CaseError {
  if (!(error instanceof Error)) return { message: String(error) }
  return {
    message: error.message,
    ...(error.stack ? { stack: error.stack } : {}),
    ...(error instanceof PerfError ? { code: error.code } : {}),
  }
}
