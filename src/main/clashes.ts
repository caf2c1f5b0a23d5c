import { PerfError, placeText } from '../model/error.ts'
import type { CaseError, FailedCase, Measured } from '../model/measured.ts'

/** Ids are unique in a run: every further case with a taken id fails, and the error names both places. */
export function failClashes<Case extends Measured>(cases: readonly Case[]): (Case | FailedCase)[] {
  const firstOf = new Map<string, Case>()
  return cases.map((measured): Case | FailedCase => {
    const { identity } = measured
    const first = firstOf.get(identity.id)
    if (!first) {
      firstOf.set(identity.id, measured)
      return measured
    }
    const id = `${identity.id}:${identity.line || firstOf.size}`
    const errors: CaseError[] = [{ message: clash(measured, first).message, code: 'CASE_ID_CLASH' }]
    return { state: 'failed', identity: { ...identity, id }, findings: [], errors }
  })
}

function clash(one: Measured, other: Measured): PerfError {
  const { id } = one.identity
  return new PerfError('CASE_ID_CLASH', `Two cases have the id "${id}": ${placeText(other.identity)} and ${placeText(one.identity)}.`)
}
