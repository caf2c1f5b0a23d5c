import type { TestCase } from 'vitest/node'
import type { Measured } from '../model/measured.ts'
import type { CaseArtifact } from '../model/vitest-augmentation.ts'

/**
 * Main side of the seam. Keeps what the last attempt of each test of one run sent.
 */
export class ReceivedCases {
  readonly #byTest = new Map<string, { attempt: number; cases: Measured[] }>()

  receive(test: TestCase, artifact: { readonly type: string }): void {
    if (!isCaseArtifact(artifact)) return
    const { attempt } = artifact
    const kept = this.#byTest.get(test.id)
    if (kept && kept.attempt === attempt) kept.cases.push(...artifact.cases)
    else this.#byTest.set(test.id, { attempt, cases: [...artifact.cases] })
  }

  of(testId: string): readonly Measured[] {
    return this.#byTest.get(testId)?.cases ?? []
  }
}

function isCaseArtifact(artifact: { readonly type: string }): artifact is CaseArtifact {
  return artifact.type === 'vitest-perf:case'
}
