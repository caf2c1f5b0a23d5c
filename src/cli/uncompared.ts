import type { Compared, Summarised } from '../model/run.ts'

/** The cases as they were before they were compared. */
export function uncompared(cases: readonly Compared[]): Summarised[] {
  return cases.map((one) => {
    const { comparison, ...before } = one
    return comparison ? before : one
  })
}
